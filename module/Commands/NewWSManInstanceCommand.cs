using System.Collections;
using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Makes an instance of a resource (Create, DSP0226 clause 7.6) from the values of -ValueSet or the document of
/// -FilePath. It writes the reference of the new instance, the ResourceCreated element. Errors have the id
/// WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsCommon.New,
    "WSManInstance",
    DefaultParameterSetName = "ComputerName",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096933")]
[OutputType(typeof(XmlElement))]
public sealed class NewWSManInstanceCommand : ChangingWSManCommand
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    [Alias("CURI", "CU")]
    public override Uri? ConnectionURI { get; set; }

    /// <summary>An XML file with the whole document. -ValueSet comes first.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    public string? FilePath { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("os")]
    [KeepOrder]
    public override Hashtable? OptionSet { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("ruri")]
    [ArgumentCompleter(typeof(ResourceUriCompleter))]
    public override Uri? ResourceURI { get; set; }

    /// <summary>The keys of the new instance. It may be empty: a shell, say, gets its key from the server.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [ValidateNotNull]
    [KeepOrder]
    public Hashtable? SelectorSet { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "ComputerName")]
    public override SwitchParameter UseSSL { get; set; }

    /// <summary>The values. $null is written as a value that is not there (xsi:nil).</summary>
    [Parameter]
    [KeepOrder]
    public Hashtable? ValueSet { get; set; }

    /// <inheritdoc/>
    private protected override object? ErrorTarget => StatedComputer;

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ShouldProcess(TargetText(SelectorSet)))
        {
            WriteAnswer(Send(Request, () => ReadBody(ValueSet, FilePath)));
        }
    }

    private ResourceRequest Request() => NewRequest(SelectorSet).WithValues(ValueSet) with
    {
        Operation = "Create",
    };
}
