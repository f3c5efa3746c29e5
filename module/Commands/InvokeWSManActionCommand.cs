using System.Collections;
using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Calls a method of a resource (a custom action, DSP0226 clause 9) with the parameters of -ValueSet or the
/// document of -FilePath. It writes the answer, whose ReturnValue says how it went. Errors have the id
/// WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "WSManAction",
    DefaultParameterSetName = "URI",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096843")]
[OutputType(typeof(XmlElement))]
public sealed class InvokeWSManActionCommand : ChangingWSManCommand
{
    /// <summary>The method: a name, or the URI of an action.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public string Action { get; set; } = "";

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    [Alias("CURI", "CU")]
    public override Uri? ConnectionURI { get; set; }

    /// <summary>An XML file with the whole document. -ValueSet comes first.</summary>
    [Parameter]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public string? FilePath { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("os")]
    [KeepOrder]
    public override Hashtable? OptionSet { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("ruri")]
    [ArgumentCompleter(typeof(ResourceUriCompleter))]
    public override Uri? ResourceURI { get; set; }

    /// <summary>The selectors of the instance; none for a static method.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [KeepOrder]
    public Hashtable? SelectorSet { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "ComputerName")]
    public override SwitchParameter UseSSL { get; set; }

    /// <summary>The parameters of the method. $null is written as a value that is not there (xsi:nil).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [KeepOrder]
    public Hashtable? ValueSet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ShouldProcess(TargetText(SelectorSet), Action))
        {
            WriteAnswer(Send(Request, () => ReadBody(ValueSet, FilePath)));
        }
    }

    private ResourceRequest Request() => NewRequest(SelectorSet).WithValues(ValueSet) with
    {
        Operation = "Invoke",
        Action = Action,
    };
}
