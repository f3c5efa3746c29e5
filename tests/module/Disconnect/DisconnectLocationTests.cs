using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Disconnect;

/// <summary>Where one may stand while Disconnect-WSMan runs.</summary>
public sealed class DisconnectLocationTests(EndpointFixture computers) : ComputerTests(computers)
{
    /// <summary>Ways to have the drive's location inside a computer; $args[0] is its name.</summary>
    public static TheoryData<string> WaysIn => new(
        "Set-Location \"WSMan:\\$($args[0])\"",
        "Set-Location \"WSMan:/$($args[0])\"",
        "Set-Location \"wsman:\\$($args[0])\"",
        "Set-Location \"Microsoft.WSMan.Management\\WSMan::WSMan\\$($args[0])\"",
        "Set-Location \"Microsoft.WSMan.Management\\WSMan::WSMan/$($args[0])\"",
        "Set-Location WSMan:\\; Set-Location $args[0]",
        "Set-Location \"WSMan:\\$($args[0])\"; Set-Location /",
        "Push-Location \"WSMan:\\$($args[0])\"; Push-Location WSMan:\\",
        "(Get-PSDrive WSMan).CurrentLocation = \"$($args[0])/Client\"",
        "(Get-PSDrive WSMan).CurrentLocation = \"$($args[0])\\Client\\Auth\"",
        "$null = New-PSDrive Other -PSProvider WSMan -Root ''; Set-Location \"Other:\\$($args[0])\"",
        "$null = New-PSDrive Other -PSProvider WSMan -Root WSMan; Set-Location \"Other:/$($args[0])\"; Set-Location /");

    [Theory]
    [MemberData(nameof(WaysIn))]
    public void InsideTheComputerItFailsAndDisconnectsNothing(string way)
    {
        Connect(Computers.One);
        Session.Run(way, Computers.One).Succeeded();

        ErrorRecord error = Session.Run("Disconnect-WSMan $args[0]", Computers.One).Failed();

        Expect.WSManError(
            error,
            "DisconnectWSMan",
            Computers.One,
            Computers.One,
            $"Set-Location {(way.Contains("Other:", StringComparison.Ordinal) ? "Other" : "WSMan")}:\\");
        AssertConnected(Computers.One);
    }

    [Fact]
    public void AfterTheCommandOfTheErrorItWorks()
    {
        Connect(Computers.One);
        Session.Run("Set-Location \"WSMan:\\$($args[0])\"", Computers.One).Succeeded();
        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Failed();

        Session.Run("Set-Location WSMan:\\; Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void ANameThatIsTheBeginningOfTheLocationsIsAnotherComputer()
    {
        Connect(Computers.One, Computers.Ten);
        Assert.StartsWith(Computers.One, Computers.Ten, StringComparison.Ordinal);
        Session.Run("Set-Location \"WSMan:\\$($args[0])\"", Computers.Ten).Succeeded();

        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        AssertDisconnected(Computers.One);
        AssertConnected(Computers.Ten);
    }

    [Theory]
    [InlineData("Set-Location WSMan:\\")]
    [InlineData("Set-Location WSMan:/")]
    [InlineData("Set-Location Microsoft.WSMan.Management\\WSMan::WSMan")]
    [InlineData("Push-Location WSMan:\\; Set-Location /")]
    public void AtTheRootOfTheDriveItWorks(string way)
    {
        Connect(Computers.One);
        Session.Run(way).Succeeded();

        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void ALocationThatWasPoppedNoLongerCounts()
    {
        Connect(Computers.One);
        Session.Run(
            "Push-Location \"WSMan:\\$($args[0])\"; Push-Location WSMan:\\; Pop-Location; Pop-Location",
            Computers.One).Succeeded();
        Session.Run("Set-Location WSMan:\\").Succeeded();

        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void StandingElsewhereTheNameThatIsNotConnectedIsTheError()
    {
        Connect(Computers.One);
        Session.Run("Set-Location \"WSMan:\\$($args[0])\"", Computers.One).Succeeded();

        ErrorRecord error = Session.Run("Disconnect-WSMan $args[0]", Computers.Two).Failed();

        Expect.WSManError(error, "DisconnectWSMan", Computers.Two, "Check the computer name");
    }

    [Fact]
    public void ARemovedDriveIsItsOwnError()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Command(
            "Import-Module Portable.WSMan.Management; Remove-PSDrive WSMan; " +
            "try { Disconnect-WSMan server01 } " +
            "catch { $_.FullyQualifiedErrorId; $_.CategoryInfo.Category; $_.TargetObject }")
            .Succeeded();

        Assert.Equal(
            ["DriveNotFound,Microsoft.WSMan.Management.DisconnectWSManCommand", "ObjectNotFound", "WSMan"],
            result.Lines);
    }
}
