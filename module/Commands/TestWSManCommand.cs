using System.Management.Automation;
using System.Xml;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Asks a computer's service who it is (Identify, DSP0226 clause 11) over a connection of its own, never
/// over a session. Writes the IdentifyResponse element. Errors have the id WsManError; the next computer
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
            RequireOneIdentity();
        }
    }

    // The default is no statement, so that a thumbprint alone is enough.
    private protected override AuthenticationMechanism StatedAuthentication =>
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
    public string? ApplicationName { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ConnectTarget target = new(ComputerName, Port, ApplicationName, UseSSL, ConnectionUri: null);
        IdentifyDocument answer;
        try
        {
            ConnectRequest request = target.Request(Identity, option: null) with { Trace = Trace };
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
        WriteObject(AnswerXml.Root(answer.Xml ?? ""));
    }
}
