using System.Management.Automation;

namespace WSManBenchEmpty;

/// <summary>Gives nothing. A binary module has at least one cmdlet.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
}
