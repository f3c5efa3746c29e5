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
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096933")]
[OutputType(typeof(XmlElement))]
public sealed class NewWSManInstanceCommand : ChangingWSManCommand
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    [Alias("CURI", "CU")]
    public override Uri? ConnectionURI { get; set; }

    /// <summary>A file with the whole document, for when there is no -ValueSet.</summary>
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
    private protected override object? ErrorTarget => GivenComputer;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess(Subject(SelectorSet)))
        {
            WriteAnswer(Ask(Request, () => Body(ValueSet, FilePath)));
        }
    }

    private ResourceRequest Request() => NewRequest(SelectorSet).WithValues(ValueSet) with
    {
        Operation = "Create",
    };
}
