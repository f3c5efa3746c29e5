using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Asks a computer's service for its identity (Identify, DSP0226 clause 11) over a connection of its own, never
/// over a session. It writes the IdentifyResponse element. Errors have the id WsManError; the next computer
/// of the pipeline is still asked.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "WSMan", HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2097114")]
[OutputType(typeof(XmlElement))]
public sealed class TestWSManCommand : AuthenticatingWSManCommand
{
    private string? _computerName;

    private AuthenticationMechanism? _authentication;

    /// <summary>The computer; "." and nothing mean the local one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("cn")]
    [ArgumentCompleter(typeof(ComputerCompleter))]
    public string? ComputerName
    {
        get => _computerName;
        set => _computerName = ComputerNames.FromParameter(value);
    }

    /// <summary>The authentication mechanism; None unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("auth", "am")]
    public override AuthenticationMechanism Authentication
    {
        get => _authentication ?? AuthenticationMechanism.None;
        set
        {
            _authentication = value;
            RequireSingleSource();
        }
    }

    // The default None is not the user's wish, so that a thumbprint alone is enough.
    private protected override AuthenticationMechanism ExplicitAuthentication =>
        _authentication ?? AuthenticationMechanism.Default;

    /// <summary>The TCP port; the client setting of the scheme unless given.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    public int Port { get; set; }

    /// <summary>Connect over https.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    public SwitchParameter UseSSL { get; set; }

    /// <summary>The application part of the URL; "wsman" unless given.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApplicationNameCompleter))]
    public string? ApplicationName { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        ConnectTarget target = new(ComputerName, Port, ApplicationName, UseSSL, ConnectionUri: null);
        Answer answer;
        try
        {
            ConnectRequest request = target.ToRequest(NewCredential(), option: null) with { Trace = TraceLevel };
            answer = Client.Identify(request);
        }
        catch (WSManException e)
        {
            Errors.ThrowIfStopped(e);
            WriteTrace(e.Trace);
            WriteError(Errors.Record(e, ComputerName));
            return;
        }

        WriteTrace(answer.Trace);
        WriteObject(answer.Element);
    }
}
