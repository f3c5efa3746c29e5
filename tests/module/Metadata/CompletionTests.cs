using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Metadata;

/// <summary>The names that the Tab key offers for Disconnect-WSMan.</summary>
public sealed class CompletionTests(EndpointFixture computers) : ComputerTests(computers)
{
    [Fact]
    public void ConnectedNamesAreOffered()
    {
        Connect(Computers.Ten, Computers.Two);

        string[] offered = Complete("Disconnect-WSMan ");

        Assert.Equal([Computers.Ten, Computers.Two], offered.Where(Computers.Has));
    }

    [Fact]
    public void OnlyThoseThatBeginWithWhatIsTyped()
    {
        Connect(Computers.One, Computers.Ten, Computers.Two);

        Assert.Equal([Computers.One, Computers.Ten], Complete($"Disconnect-WSMan -ComputerName {Computers.One}"));
    }

    [Fact]
    public void ANameThatIsDisconnectedIsNoLongerOffered()
    {
        Connect(Computers.One);
        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        Assert.DoesNotContain(Computers.One, Complete("Disconnect-WSMan "));
    }

    private string[] Complete(string line) =>
        [.. Session.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null)" +
            ".CompletionMatches.CompletionText",
            line).Succeeded().Text];
}
