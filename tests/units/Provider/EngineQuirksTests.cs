using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.WSMan.Management.Units.Provider;

public sealed class EngineQuirksTests
{
    [Fact]
    public void TestPathIsKnownByItsClassOnTheStack()
    {
        Assert.True(TestPathCommand.Ask(() => EngineQuirks.IsTestPath));
        Assert.False(RemoveItemCommand.Ask(() => EngineQuirks.IsTestPath));
        Assert.False(EngineQuirks.IsTestPath);
    }

    [Fact]
    public void NobodyHasAskedForWhatAViewNeeds()
    {
        Assert.True(TableViewGenerator.Ask(() => EngineQuirks.Asker == Asker.View));
        Assert.True(RemoveItemCommand.Ask(() => EngineQuirks.Asker == Asker.Command));
        Assert.Equal(Asker.Command, EngineQuirks.Asker);
    }

    [Fact]
    public void RemoveItemIsKnownByItsClassOnTheStack()
    {
        Assert.True(RemoveItemCommand.Ask(() => EngineQuirks.IsRemoveItem));
        Assert.False(TestPathCommand.Ask(() => EngineQuirks.IsRemoveItem));
        Assert.False(EngineQuirks.IsRemoveItem);
    }

    [Fact]
    public void RemoveItemThatResolvesWildcardsIsNotAboutToRemove() =>
        Assert.False(RemoveItemCommand.Ask(() => LocationGlobber.GetChildNamesInDir(() => EngineQuirks.IsRemoveItem)));
}
