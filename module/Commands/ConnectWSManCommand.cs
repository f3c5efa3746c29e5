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
    public string? ApplicationName { get; set; }

    /// <summary>The computer; "." and nothing mean the local one.</summary>
    [Parameter(ParameterSetName = "ComputerName", Position = 0)]
    [Alias("cn")]
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

    /// <summary>The TCP port; the client setting of the scheme unless given.</summary>
    [Parameter]
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
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
    protected override void BeginProcessing()
    {
        ConnectTarget target = new(ComputerName, Port, ApplicationName, UseSSL, ConnectionURI);
        if (target.UriObjection is { } objection)
        {
            Fail(objection.Message, objection.Target);
        }

        object? blamed = ConnectionURI is null ? ComputerName : target.SessionName;
        RequireToStandElsewhere(target.SessionName, blamed);
        try
        {
            ConnectRequest request = target.Request(Identity, SessionOption) with { Trace = Trace };
            Write(Client.Connect(request));
        }
        catch (WSManException e)
        {
            Fail(e, blamed);
        }
    }

    private void Write(Connected session)
    {
        WriteReport(session.Replaced);
        WriteTrace(session.Trace);
        WriteLine(session.ToString());
        if (PassThru)
        {
            string path = WSManPath.QualifiedPath(session.ComputerName);
            WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);
        }
    }
}
