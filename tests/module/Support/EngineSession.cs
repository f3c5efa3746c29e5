using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// One runspace of this process with the module imported, as a person's session is.
/// </summary>
/// <remarks>
/// Scripts find <c>$credential</c>, the right user and password, and <c>$wsman</c>, to be splatted:
/// Basic over https at the port of the service. Disposing it closes the runspace and no session.
/// </remarks>
internal sealed class EngineSession : IDisposable
{
    private readonly Runspace _runspace;

    /// <param name="service">The service that <c>$wsman</c> leads to; null if nothing is connected.</param>
    /// <param name="host">Who answers questions; null if nobody can.</param>
    public EngineSession(EndpointProcess? service = null, ScreenHost? host = null)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        Run("Import-Module $args[0]", Locations.Manifest).Succeeded();
        if (service is not null)
        {
            SetVariable("credential", Credential());
            Run("$wsman = @{ UseSSL = $true; Port = $args[0]; Authentication = 'Basic'; Credential = $credential }",
                service.Https).Succeeded();
        }
    }

    /// <summary>The credential of the services' one user, or one that is wrong by its password.</summary>
    public static PSCredential Credential(string? password = null) =>
        new(EndpointProcess.UserName, new NetworkCredential("", password ?? EndpointProcess.Password).SecurePassword);

    public void SetVariable(string name, object? value) =>
        _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script to its end or to the error that ends it.</summary>
    public EngineResult Run(string script, params object[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        PSDataCollection<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        // The engine puts an error that ended the script into the stream too, or does not: it depends on
        // where it was raised. Either way it is counted once.
        List<ErrorRecord> errors = [.. shell.Streams.Error];
        if (terminating is not null
            && !errors.Exists(e => e.FullyQualifiedErrorId == terminating.FullyQualifiedErrorId
                && e.ToString() == terminating.ToString()))
        {
            errors.Add(terminating);
        }

        return new EngineResult
        {
            Output = [.. output],
            Errors = errors,
            Warnings = [.. shell.Streams.Warning.Select(w => w.Message)],
            Verbose = [.. shell.Streams.Verbose.Select(v => v.Message)],
            Debug = [.. shell.Streams.Debug.Select(d => d.Message)],
            Information = [.. shell.Streams.Information],
            Terminating = terminating,
        };
    }

    /// <summary>Starts a script on a thread of its own, for a caller that stops it.</summary>
    public System.Management.Automation.PowerShell Start(string script, object argument, out Task running)
    {
        var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script).AddArgument(argument);
        running = Task.Run(() => shell.Invoke());
        return shell;
    }

    /// <summary>Waits for a script that was started, and returns its one error.</summary>
    public static ErrorRecord ErrorOf(System.Management.Automation.PowerShell shell, Task running)
    {
        Assert.True(
            running.ContinueWith(_ => { }, TaskScheduler.Default).Wait(Bounds.Patience), "The script does not end.");
        return Assert.Single(shell.Streams.Error);
    }

    public void Dispose() => _runspace.Dispose();
}
