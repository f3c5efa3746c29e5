using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>Looking at the WSMan: drive.</summary>
public sealed class DriveTests(EndpointFixture computers) : ComputerTests(computers)
{
    private const string Provider = "Microsoft.WSMan.Management\\WSMan::";

    /// <summary>Spellings of the path of one connected computer; NAME is its name.</summary>
    public static TheoryData<string> Spellings => new(
        "WSMan:\\NAME",
        "WSMan:/NAME",
        "wsman:\\NAME",
        "WSMan:\\NAME\\",
        "WSMan::WSMan\\NAME",
        "WSMan::WSMan/NAME",
        "WSMan::NAME",
        Provider + "WSMan\\NAME",
        Provider + "WSMan/NAME",
        Provider + "wsman/NAME",
        Provider + "NAME");

    [Theory]
    [MemberData(nameof(Spellings))]
    public void EverySpellingOfAPathLeadsToTheComputer(string pattern)
    {
        Connect(Computers.One);
        string path = pattern.Replace("NAME", Computers.One, StringComparison.Ordinal);

        EngineResult result = Session.Run(
            "Test-Path $args[0]; Test-Path $args[0] -PathType Container; " +
            "$i = Get-Item $args[0]; $i.Name; $i.State; $i.PSPath; " +
            "Set-Location $args[0]; (Get-Location).ProviderPath -replace '\\\\', '/'", path).Succeeded();

        Assert.Equal(
            ["True", "True", Computers.One, "Opened", $"{Provider}WSMan/{Computers.One}"], result.Text.Take(5));
        Assert.EndsWith(Computers.One, result.Text.Last().TrimEnd('/'), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void EverySpellingOfAPathThatLeadsNowhereIsNotFound(string pattern)
    {
        string path = pattern.Replace("NAME", Computers.Three, StringComparison.Ordinal);
        int accepted = Computers.Service.Counts().Accepted;

        Assert.Equal(["False"], Session.Run("Test-Path $args[0]", path).Succeeded().Text);
        NotFound("Get-Item $args[0]", "GetItemCommand", path);
        NotFound("Get-ChildItem $args[0]", "GetChildItemCommand", path);
        NotFound("Set-Location $args[0]", "SetLocationCommand", path);
        Assert.Equal(accepted, Computers.Service.Counts().Accepted);
    }

    [Theory]
    [InlineData("WSMan:\\wsman")]
    [InlineData(Provider + "WSMan/wsman")]
    [InlineData(Provider + "WSMan\\wsman")]
    [InlineData("WSMan:\\my_server")]
    [InlineData("WSMan:\\MY_SERVER")]
    public void ANameLikeTheRootOrWithAnUnderscoreIsAComputerLikeAnyOther(string path)
    {
        Assert.Equal(["False"], Session.Run("Test-Path $args[0]", path).Succeeded().Text);
        NotFound("Get-Item $args[0]", "GetItemCommand", path);
    }

    [Fact]
    public void TheRootListsLocalhostFirstThenTheComputers()
    {
        Connect(Computers.Two, Computers.One);

        EngineResult result = Session.Run("Get-ChildItem WSMan:\\").Succeeded();

        PSObject[] items = [.. result.Output];
        Assert.Equal("localhost", items[0].Properties["Name"].Value);
        PSObject[] ours = [.. items.Where(i => Computers.Has((string)i.Properties["Name"].Value))];
        Assert.Equal([Computers.One, Computers.Two], ours.Select(i => (string)i.Properties["Name"].Value));
        Assert.All(ours, i =>
        {
            Assert.Equal("Microsoft.WSMan.Management.WSManConfigContainerElement#ComputerLevel", i.TypeNames[0]);
            Assert.Equal("Container", i.Properties["Type"].Value);
            Assert.Equal("Opened", i.Properties["State"].Value.ToString());
            Assert.Equal($"{Provider}WSMan", i.Properties["PSParentPath"].Value);
            Assert.Equal(true, i.Properties["PSIsContainer"].Value);
        });
    }

    [Fact]
    public void EveryPathThatIsEmittedResolves()
    {
        EngineResult result = Session.Run(
            """
            $items = @(
                Get-Item WSMan:\
                Connect-WSMan $args[0] @wsman -PassThru
                New-Item WSMan:\ -Name $args[1] @wsman
                Get-Item "WSMan:\$($args[0])"
                Get-ChildItem WSMan:\ | Where-Object Name -in ($args + 'localhost')
                Set-Location WSMan:\
                Get-Item $args[0]
                Get-Item Microsoft.WSMan.Management\WSMan::WSMan
                Get-Item WSMan:\localhost
            )
            $items.Count -ge 9
            foreach ($i in $items) {
                $same = Get-Item $i.PSPath
                if ($same.Name -ne $i.Name -or $same.PSPath -ne $i.PSPath) { "$($i.PSPath) -> $($same.PSPath)" }
                if ($i.PSParentPath -and (Get-Item $i.PSParentPath).Name -ne 'WSMan') { "above $($i.PSPath)" }
            }
            """,
            Computers.One, Computers.Two).Succeeded();

        Assert.Equal(["True"], result.Text);
    }

    [Fact]
    public void TheRootIsAnItem()
    {
        EngineResult result = Session.Run(
            "$r = Get-Item WSMan:\\; $r.Name; $r.Type; $r.PSPath; Test-Path WSMan:\\").Succeeded();

        Assert.Equal(["WSMan", "Container", $"{Provider}WSMan", "True"], result.Text);
    }

    [Fact]
    public void AnIPv6LiteralIsAName()
    {
        string name = $"::ffff:{Computers.One}";
        Session.Run("Connect-WSMan $args[0] -Port $args[1] -Authentication None", name, Computers.Service.Http)
            .Succeeded();

        EngineResult result = Session.Run(
            "Set-Location WSMan:\\; $i = Get-ChildItem WSMan:\\ | Where-Object Name -eq $args[0]; $i.State; " +
            "(Get-Item $i.PSPath).Name; Test-Path $i.PSPath; Disconnect-WSMan $args[0]; $i.State", name).Succeeded();

        Assert.Equal(["Opened", name, "True", "Closed"], result.Text);
        AssertDisconnected(Computers.One);
    }

    [Fact]
    public void WildcardsResolveInTheDrive()
    {
        Connect(Computers.One, Computers.Ten);

        EngineResult result = Session.Run(
            "Set-Location WSMan:\\; (Resolve-Path \"$($args[0])*\").Path; " +
            "(Get-Item \"$($args[0])*\").Name; Join-Path WSMan:\\ $args[0]",
            Computers.One).Succeeded();

        Assert.Equal(
            [
                $"WSMan:/{Computers.One}", $"WSMan:/{Computers.Ten}", Computers.One, Computers.Ten,
                $"WSMan:/{Computers.One}",
            ],
            result.Text.Select(t => t.Replace('\\', '/')));
    }

    [Fact]
    public void TheProviderSaysWhatItIs()
    {
        EngineResult result = Session.Run(
            "$p = Get-PSProvider WSMan; $p.Name; \"$($p.Capabilities)\"; $p.HelpFile -replace '.*/'; " +
            "$d = Get-PSDrive WSMan; $d.Name; $d.Root; \"$($d.Provider)\"").Succeeded();

        Assert.Equal(
            [
                "WSMan", "Credentials", "Microsoft.WSMan.Management.dll-Help.xml", "WSMan", "WSMan",
                "Microsoft.WSMan.Management\\WSMan",
            ],
            result.Text);
    }

    private void NotFound(string command, string className, string path)
    {
        ErrorRecord error = Session.Run(command, path).Failed();

        Assert.Equal($"PathNotFound,Microsoft.PowerShell.Commands.{className}", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }
}
