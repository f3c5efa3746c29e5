namespace Microsoft.WSMan.Management.Tests.Teardown;

/// <summary>Each way in which one session ends gives back all that the server holds for it.</summary>
public sealed class SessionEndingTests(EndpointFixture computers) : HeldOpenTests(computers)
{
    public static TheoryData<string, int> Endings => new()
    {
        { "Disconnect-WSMan $name -InformationVariable told", 0 },
        { "Remove-Item WSMan:\\$name -InformationVariable told", 0 },
        { "Connect-WSMan $name @wsman -InformationVariable told", 1 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void EveryEndingGivesEverythingBackAndReportsIt(string ending, int connections)
    {
        ConnectWithShell(Computers.One);
        using OpenEnumeration one = new(Computers.Service, Computers.One);
        using OpenEnumeration two = new(Computers.Service, Computers.One);
        Assert.Equal(2, Computers.Service.Counts().Contexts);

        EngineResult result = Session.Run($"{ending}; $told.MessageData; $item.State").Succeeded();

        AssertNothingHeld(connections);
        TeardownView report = Report(result);
        Assert.Equal((2, 1, 1), report.Ended);
        Assert.Equal((0, 0, 0), report.Abandoned);
        Assert.True(report.Graceful);
        Assert.Equal(["terminate", "delete", "release", "close"], report.Steps);
        Assert.Matches(
            $"^{Computers.One} closed: 2 enumerations, 1 shell, 1 command, [0-9]+ ms$", report.Report.ToString());
        Assert.Equal("Closed", result.Output[^1].ToString());
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void VerboseHasALineForEachStepAndOneForAll()
    {
        ConnectWithShell(Computers.One);
        using OpenEnumeration open = new(Computers.Service, Computers.One);

        EngineResult result = Session.Run("Disconnect-WSMan $name -Verbose").Succeeded();

        Assert.Collection(
            result.Verbose,
            line => Assert.Matches($"^{Computers.One}: terminate: ok, [0-9.]+ ms$", line),
            line => Assert.Matches($"^{Computers.One}: delete: ok, [0-9.]+ ms$", line),
            line => Assert.Matches($"^{Computers.One}: release: ok, [0-9.]+ ms$", line),
            line => Assert.Matches($"^{Computers.One}: close: ok, [0-9.]+ ms$", line),
            line => Assert.Matches($"^{Computers.One} closed: 1 enumeration, 1 shell, 1 command, [0-9]+ ms$", line));
    }

    [Fact]
    public void AnEnumerationInAnotherRunspaceEndsWithAnErrorThatSaysSo()
    {
        Connect(Computers.One);
        using OpenEnumeration open = new(Computers.Service, Computers.One);

        Session.Run("Disconnect-WSMan $args[0]", Computers.One).Succeeded();

        Expect.WSManError(
            open.GoOn(), "GetWSManInstance", "wmicimv2/Loopback_Row", Computers.One, "closed", "Connect-WSMan");
        AssertNothingHeld();
    }

    [Fact]
    public void APageThatIsAwaitedIsGivenUpAtOnce()
    {
        Session.SetVariable("name", Computers.One);
        Session.Run("Connect-WSMan $name @wsman -ApplicationName pull/stall/wsman").Succeeded();
        using EngineSession other = new(Computers.Service);
        using var shell = other.Start(
            "Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -ComputerName $args[0]",
            Computers.One,
            out Task running);
        int pulls = Computers.Service.Counts().Operations.GetValueOrDefault("Pull");
        Assert.True(
            SpinWait.SpinUntil(
                () => Computers.Service.Counts().Operations.GetValueOrDefault("Pull") > pulls, Bounds.Patience));

        EngineResult result = Session.Run(
            "Disconnect-WSMan $name -InformationVariable told; $told.MessageData").Succeeded();

        Expect.WSManError(
            EngineSession.ErrorOf(shell, running),
            "GetWSManInstance",
            "wmicimv2/Loopback_Row",
            Computers.One,
            "closed");
        Assert.Equal(1, Report(result).Of<int>("OperationsCancelled"));
        Assert.Equal("cancel", Report(result).Steps.First());
        AssertNothingHeld();
    }

    [Fact]
    public void WhatTheUserGaveBackIsNotGivenBackAgain()
    {
        ConnectWithShell(Computers.One);
        Session.Run("Remove-WSManInstance shell/cmd @{ ShellId = $shell } -ComputerName $name").Succeeded();
        int deletes = Computers.Service.Counts().Operations["Delete"];

        EngineResult result = Session.Run(
            "Disconnect-WSMan $name -InformationVariable told; $told.MessageData").Succeeded();

        Assert.Equal((0, 0, 0), Report(result).Ended);
        Assert.Equal(["close"], Report(result).Steps);
        Assert.Equal(deletes, Computers.Service.Counts().Operations["Delete"]);
        AssertNothingHeld();
    }

    [Fact]
    public void TheShellOfAnotherToolIsLeftAndCanBeReaped()
    {
        Session.SetVariable("name", Computers.One);
        Session.Run("Connect-WSMan $name @wsman; $null = New-WSManInstance shell/cmd @{} -ComputerName $name @wsman")
            .Succeeded();

        Session.Run("Disconnect-WSMan $name").Succeeded();
        Assert.Equal(1, Computers.Service.Counts().Shells);
        Session.Run(
            "Connect-WSMan $name @wsman; Get-WSManInstance shell -Enumerate -ComputerName $name | " +
            "ForEach-Object { " +
            "Remove-WSManInstance shell -SelectorSet @{ ShellId = $_.ShellId } -ComputerName $name }; " +
            "Disconnect-WSMan $name").Succeeded();

        AssertNothingHeld();
    }

    [Theory]
    [InlineData("Connect-WSMan $name @wsman -ApplicationName html")]
    [InlineData("Connect-WSMan $name @wsman -ApplicationName close")]
    [InlineData("Connect-WSMan $name @wsman -ApplicationName status/500")]
    [InlineData("Connect-WSMan $name -UseSSL -Port $wsman.Port -Authentication Basic -Credential $wrong")]
    [InlineData("Connect-WSMan $name @wsman -ApplicationName stall -SessionOption $short")]
    [InlineData("New-Item WSMan:\\ -Name $name @wsman -ApplicationName malformed")]
    public void AConnectThatFailedHalfWayLeavesNothing(string command)
    {
        Session.SetVariable("name", Computers.Two);
        Session.SetVariable("wrong", EngineSession.Credential("not the password"));
        Session.Run("$short = New-WSManSessionOption -OperationTimeout 300").Succeeded();

        Session.Run(command).Failed();

        AssertDisconnected(Computers.Two);
        AssertNothingHeld();
    }

    [Theory]
    [InlineData("Get-WSManInstance wmicimv2/Win32_Service?Name=winrm")]
    [InlineData("Get-WSManInstance wmicimv2/Loopback_Row -Enumerate | Select-Object -First 1")]
    [InlineData("Get-WSManInstance wmicimv2/Loopback_Row -Enumerate | ForEach-Object { throw 'enough' }")]
    [InlineData("Get-WSManInstance wmicimv2/Loopback_Row -Enumerate -Filter nonsense")]
    [InlineData("Test-WSMan")]
    public void ACommandWithItsOwnConnectionLeavesNothing(string command)
    {
        string[] parts = command.Split(" | ", 2);
        string pipe = parts.Length > 1 ? $" | {parts[1]}" : "";

        Session.Run($"{parts[0]} -ComputerName $args[0] @wsman{pipe}", Computers.Two);

        Assert.True(Computers.Service.Counts().Of(Computers.Two).Accepted > 0);
        AssertNothingHeld();
    }
}
