namespace Microsoft.WSMan.Management;

/// <summary>A value that the Tab key offers.</summary>
/// <param name="Text">The value as the command gets it, without quotes.</param>
/// <param name="ToolTip">What helps a person to choose it.</param>
internal sealed record Candidate(string Text, string ToolTip);
