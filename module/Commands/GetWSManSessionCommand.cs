using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Lists the open sessions of this process, broken ones and that of localhost included; none is asked anything.
/// Windows has no such cmdlet. A name without wildcards that is not connected is an error with the id WsManError,
/// after which the other names are still looked for.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WSManSession")]
[OutputType(typeof(WSManSession))]
public sealed class GetWSManSessionCommand : WSManCommand
{
    /// <summary>The names under which the computers were connected; all unless given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectedComputerCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Name)
        {
            try
            {
                WriteObject(
                    NamedSessions.Find(name).Select(session => new WSManSession(session)), enumerateCollection: true);
            }
            catch (WSManException e)
            {
                WriteError(Errors.Record(e, name));
            }
        }
    }
}
