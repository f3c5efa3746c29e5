using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>What Disconnect-WSMan does with objects that are piped to it: nothing.</summary>
public sealed class DisconnectPipelineTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string NotBound = "InputObjectNotBound,Microsoft.WSMan.Management.DisconnectWSManCommand";

    [Fact]
    public void APipedNameIsNotTaken()
    {
        Connect(Computers.One);

        ErrorRecord error = Session.Run("$args | Disconnect-WSMan", Computers.One).Failed();

        Expect.Is(error, NotBound, ErrorCategory.InvalidArgument, Computers.One, "pipeline");
        AssertConnected(Computers.One);
    }

    [Fact]
    public void ABoundNameIsDisconnectedWhateverIsPiped()
    {
        Connect(Computers.One, Computers.Two);

        ErrorRecord error = Session.Run("$args[0] | Disconnect-WSMan $args[1]", Computers.One, Computers.Two).Failed();

        Expect.Is(error, NotBound, ErrorCategory.InvalidArgument, Computers.One, "pipeline");
        AssertConnected(Computers.One);
        AssertDisconnected(Computers.Two);
    }

    [Fact]
    public void ABoundNameIsDisconnectedWhenNothingIsPiped()
    {
        Connect(Computers.One);

        Session.Run("@() | Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void WithoutANameAnEmptyPipelineDoesNothing()
    {
        Connect(Computers.One);

        Session.Run("@() | Disconnect-WSMan").Succeeded();

        AssertConnected(Computers.One);
    }

    [Fact]
    public void ForEachObjectDisconnectsWhatIsPiped()
    {
        Connect(Computers.One, Computers.Two);

        Session.Run("$args | ForEach-Object { Disconnect-WSMan $_ }", Computers.One, Computers.Two).Succeeded();

        AssertDisconnected(Computers.One);
        AssertDisconnected(Computers.Two);
    }
}
