using System.Management.Automation.Runspaces;

namespace Microsoft.WSMan.Management.Units;

public sealed class WSManSessionStateTests
{
    [Theory]
    [InlineData(WSManSessionState.Opened)]
    [InlineData(WSManSessionState.Closed)]
    [InlineData(WSManSessionState.Closing)]
    [InlineData(WSManSessionState.Broken)]
    public void AStateHasTheNumberThatARunspaceHasForIt(WSManSessionState state) =>
        Assert.Equal((int)Enum.Parse<RunspaceState>($"{state}"), (int)state);
}
