using System.Collections;
using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Changes an instance of a resource: it gets the instance, puts the values of -ValueSet into it and sends it
/// back (Put, DSP0226 clause 7.4), or sends the document of -FilePath. It writes the answer of the server.
/// Errors have the id WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsCommon.Set,
    "WSManInstance",
    DefaultParameterSetName = "ComputerName",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096937")]
[OutputType(typeof(XmlElement), typeof(string))]
public sealed class SetWSManInstanceCommand : ChangingWSManCommand
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    public override Uri? ConnectionURI { get; set; }

    /// <summary>The language of the fragment.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public Uri? Dialect { get; set; }

    /// <summary>An XML file with the whole document. -ValueSet comes first.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Path")]
    [ValidateNotNullOrEmpty]
    public string? FilePath { get; set; }

    /// <summary>The part of the instance to change.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    public string? Fragment { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [Alias("os")]
    [ValidateNotNullOrEmpty]
    [KeepOrder]
    public override Hashtable? OptionSet { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("ruri")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ResourceUriCompleter))]
    public override Uri? ResourceURI { get; set; }

    /// <summary>The selectors of the instance.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [KeepOrder]
    public Hashtable? SelectorSet { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "ComputerName")]
    [Alias("ssl")]
    public override SwitchParameter UseSSL { get; set; }

    /// <summary>The new values. $null is written as a value that is not there (xsi:nil).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [KeepOrder]
    public Hashtable? ValueSet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!ShouldProcess(TargetText(SelectorSet)))
        {
            return;
        }

        Answer answer = Send(Request, () => ReadBody(ValueSet, FilePath));
        if (answer.Element is not { } element)
        {
            return;
        }

        // Windows writes lines for a fragment, and the element for an instance.
        WriteObject(Fragment is null ? element : FragmentLines(element), enumerateCollection: Fragment is not null);
    }

    // Like Set-Item of the drive it gets a document and puts it back, so one waits for the other.
    private protected override Answer AskServer(ResourceRequest request, byte[]? body)
    {
        using IDisposable? exclusively = ClientResource.IsConfiguration(request.ResourceUri)
            ? ConfigLock.Acquire(SessionName, () => Stopping)
            : null;
        return base.AskServer(request, body);
    }

    private ResourceRequest Request() => NewRequest(SelectorSet).WithValues(ValueSet) with
    {
        Operation = "Set",
        Fragment = Fragment,
        Dialect = Dialect?.OriginalString,
    };

    private IEnumerable<string> FragmentLines(XmlElement answer) => answer.ChildNodes
        .OfType<XmlElement>()
        .Where(child => child.LocalName.Equals(Fragment, StringComparison.OrdinalIgnoreCase))
        .Select(child => $"{child.LocalName} = {child.InnerText}");
}
