using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Removes an instance of a resource (Delete, DSP0226 clause 7.5). It writes nothing. Errors have the id
/// WsManError and end the command.
/// </summary>
[Cmdlet(
    VerbsCommon.Remove,
    "WSManInstance",
    DefaultParameterSetName = "ComputerName",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low,
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096721")]
public sealed class RemoveWSManInstanceCommand : ChangingWSManCommand
{
    /// <inheritdoc/>
    [Parameter(ParameterSetName = "URI")]
    [ValidateNotNullOrEmpty]
    public override Uri? ConnectionURI { get; set; }

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
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [KeepOrder]
    public Hashtable? SelectorSet { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "ComputerName")]
    [Alias("ssl")]
    public override SwitchParameter UseSSL { get; set; }

    /// <inheritdoc/>
    private protected override object? ErrorTarget => StatedComputer;

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ShouldProcess(TargetText(SelectorSet)))
        {
            _ = Send(() => NewRequest(SelectorSet) with { Operation = "Delete" });
        }
    }
}
