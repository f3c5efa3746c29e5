using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Opens a session to a computer and lists it in the WSMan: drive. It proves endpoint and credentials with
/// an authenticated Identify (DSP0226, clause 11). A session that is open under the name is replaced once
/// the new one stands; a failure leaves it as it was. Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsCommunications.Connect,
    "WSMan",
    DefaultParameterSetName = "ComputerName",
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096841")]
public sealed class ConnectWSManCommand : AuthenticatingWSManCommand
{
    private string? _computerName;

    /// <summary>The application part of the URL; "wsman" unless given.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApplicationNameCompleter))]
    public string? ApplicationName { get; set; }

    /// <summary>The computer; "." and nothing mean the local one.</summary>
    [Parameter(ParameterSetName = "ComputerName", Position = 0)]
    [Alias("cn")]
    [ArgumentCompleter(typeof(ComputerCompleter))]
    public string? ComputerName
    {
        get => _computerName;
        set => _computerName = ComputerNames.FromParameter(value);
    }

    /// <summary>The whole address, such as https://server01:5986/wsman. Its host is the session's name.</summary>
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    public Uri? ConnectionURI { get; set; }

    /// <summary>Accepted as on Windows, where it has no effect either.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("os")]
    public Hashtable? OptionSet { get; set; }

    /// <summary>The TCP port; the client setting of the scheme unless given. On Windows its first letter is enough, since
    /// there is no PassThru.</summary>
    [Parameter]
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    [Alias("p")]
    public int Port { get; set; }

    /// <summary>Extended options, made by New-WSManSessionOption.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("so")]
    public SessionOption? SessionOption { get; set; }

    /// <summary>Connect over https.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>Write the computer's item of the WSMan: drive, whose State follows the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        ConnectTarget target = new(ComputerName, Port, ApplicationName, UseSSL, ConnectionURI);
        if (target.UriError is { } error)
        {
            Fail(error.Message, error.Target);
        }

        // The target is the name as it was typed; of a URI it is the session's name, by which the drive lists it.
        object? errorTarget = ConnectionURI is null ? ComputerName : target.SessionName;
        WSManPath item = WSManPath.BelowRoot(target.SessionName);
        if (LocationGuard.FindCurrent(SessionState, item) is { } conflict)
        {
            Fail(conflict, errorTarget);
        }

        try
        {
            ConnectRequest request = target.ToRequest(NewCredential(), SessionOption) with { Trace = TraceLevel };
            WriteResult(Connect(request, target.SessionName));
        }
        catch (WSManException e)
        {
            Fail(e, errorTarget);
        }
    }

    // A session of that name ends behind the connection, and that may take as long as any end.
    private ConnectResult Connect(ConnectRequest request, string name) => WSManClient.FindSession(name) is null
        ? Client.Connect(request)
        : WaitForEnd(Messages.EndingOld(name), () => Client.Connect(request));

    private void WriteResult(ConnectResult session)
    {
        WriteReport(session.Replaced);
        WriteTrace(session.Trace);
        WriteVerboseLine(session.ToString());
        if (PassThru)
        {
            // The drive makes the item, so that it is the same object that Get-Item writes.
            string path = WSManPath.QualifiedPath(session.ComputerName);
            WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
        }
    }
}
