namespace Microsoft.WSMan.Management.Units.Provider;

public sealed class WSManPathTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("WSMan", "")]
    [InlineData("WSMan\\", "")]
    [InlineData("wsman", "wsman")]
    [InlineData("wsMAN\\Client", "wsMAN|Client")]
    [InlineData("WSMan/server01", "server01")]
    [InlineData("WSMan/server01\\Client/Auth", "server01|Client|Auth")]
    [InlineData("Server01\\Client", "Server01|Client")]
    [InlineData("\\\\server01//Client\\/Auth\\", "server01|Client|Auth")]
    [InlineData("WSMan\\wsman", "wsman")]
    [InlineData("WSMan\\WSMan\\Client", "WSMan|Client")]
    [InlineData("WSMan2\\Client", "WSMan2|Client")]
    [InlineData("WSMan\\server01\\.\\Client\\..\\Shell", "server01|Shell")]
    [InlineData("WSMan\\..\\..\\server01", "server01")]
    [InlineData("WSMan\\server01\\..", "")]
    [InlineData("WSMan\\server01\\...", "server01|...")]
    [InlineData("WSMan\\server01\\Plugin\\%2E%2E\\a%2Fb", "server01|Plugin|%2E%2E|a%2Fb")]
    [InlineData("WSMan\\server01\\Plugin\\%2e%2e\\a%0ab\nc", "server01|Plugin|%2E%2E|a%0Ab%0Ac")]
    [InlineData("WSMan\\[fe80::1%eth0]\\Größe 😀", "[fe80::1%eth0]|Größe 😀")]
    public void APathIsCutBelowTheRoot(string? path, string segments) =>
        Assert.Equal(segments, string.Join('|', WSManPath.Parse(path).Segments));

    [Theory]
    [InlineData(null, "")]
    [InlineData("WSMan", "WSMan")]
    [InlineData("wsman\\Client", "wsman|Client")]
    [InlineData("server01/./Client", "server01|Client")]
    public void ALocationOfADriveHasNoRootBeforeIt(string? location, string segments) =>
        Assert.Equal(segments, string.Join('|', WSManPath.BelowRoot(location).Segments));

    [Theory]
    [InlineData(null, "")]
    [InlineData("\\", "")]
    [InlineData("server01/Client\\.\\Auth\\", "server01\\Client\\Auth")]
    [InlineData("..\\server01/Client\\..", "server01")]
    [InlineData("server01/*/Auth\\[KN]?`*", "server01\\*\\Auth\\[KN]?`*")]
    [InlineData("WSMan", "wsman")]
    [InlineData("WSMan/Client", "wsman\\Client")]
    [InlineData("wsMAN\\Client", "wsMAN\\Client")]
    [InlineData("server01/WSMan", "server01\\WSMan")]
    public void APathBelowTheRootOfADriveBeginsWithAComputer(string? relative, string path)
    {
        Assert.Equal(path, WSManPath.FromRoot(relative));
        Assert.Equal(path, WSManPath.FromRoot(path));
    }

    [Theory]
    [InlineData(null, "", "")]
    [InlineData("", "", "")]
    [InlineData("\\/", "", "")]
    [InlineData("WSMan", "", "WSMan")]
    [InlineData("WSMan\\server01", "WSMan", "server01")]
    [InlineData("server01", "", "server01")]
    [InlineData("server01/Client\\Auth\\", "server01/Client", "Auth")]
    [InlineData("server01\\Client/..", "server01\\Client", "..")]
    [InlineData("server01\\\\Client", "server01", "Client")]
    [InlineData("\\server01", "\\", "server01")]
    [InlineData("/server01/Client", "/server01", "Client")]
    public void APathIsItsParentAndItsLastNameAsTheyAreWritten(string? path, string parent, string name)
    {
        Assert.Equal(parent, WSManPath.Parent(path));
        Assert.Equal(name, WSManPath.LastName(path));
    }

    [Theory]
    [InlineData("server01", "Client", '\\', "server01\\Client")]
    [InlineData("server01", "Client\\Auth/", '/', "server01/Client/Auth")]
    [InlineData("server01/Client", "Auth", '\\', "server01/Client/Auth")]
    [InlineData("WSMan:\\", "server01/Client", '/', "WSMan:\\server01\\Client")]
    [InlineData("Microsoft.WSMan.Management\\WSMan::server01", "Client", '/', "Microsoft.WSMan.Management\\WSMan::server01\\Client")]
    [InlineData("server01/", "\\Client", '\\', "server01/Client")]
    [InlineData("..", "", '/', "../")]
    [InlineData("..", null, '\\', "..\\")]
    public void AChildHasTheSeparatorOfItsParent(string parent, string? child, char separator, string path) =>
        Assert.Equal(path, WSManPath.Combine(parent, child, separator));

    [Theory]
    [InlineData("server01/Client\\", "", "server01/Client")]
    [InlineData("server01\\Client\\..\\Shell", "SERVER01", "Shell")]
    [InlineData("server01\\Shell", "server01\\Client\\Auth", "../../Shell")]
    [InlineData("server02", "server01", "../server02")]
    [InlineData("server10\\Client", "server1", "../server10/Client")]
    [InlineData("FE80::1%eth0\\Client", "fe80::1%eth0", "Client")]
    [InlineData("fe80::1%ETH0\\Client", "fe80::1%eth0", "../fe80::1%ETH0/Client")]
    [InlineData("server01\\Client", "server01\\Client", "../Client")]
    [InlineData("server01", "server01\\Client\\Auth", "../../../server01")]
    [InlineData("", "server01\\Client", "../..")]
    [InlineData("", "", "")]
    [InlineData("WSMan\\server01", "WSMan", "server01")]
    public void APathIsWrittenFromAnotherOne(string path, string from, string relative) =>
        Assert.Equal(relative, WSManPath.Parse(path).RelativeTo(WSManPath.Parse(from), '/'));

    [Theory]
    [InlineData("", null, true, false)]
    [InlineData("SERVER01", "server01", false, true)]
    [InlineData(".", null, true, false)]
    [InlineData("[FE80::1%eth0]\\Client", "fe80::1%eth0", false, false)]
    [InlineData("LocalHost\\Client\\Auth", "localhost", false, false)]
    public void TheFirstSegmentIsTheComputer(string path, string? computer, bool root, bool itself)
    {
        WSManPath parsed = WSManPath.Parse(path);

        Assert.Equal((computer, root, itself), (parsed.Computer, parsed.IsRoot, parsed.IsComputer));
    }

    [Fact]
    public void NoPathIsTheRoot()
    {
        Assert.True(default(WSManPath).IsRoot);
        Assert.Equal("WSMan:\\", default(WSManPath).ToString());
    }

    [Theory]
    [InlineData("WSMan", "WSMan:\\")]
    [InlineData("WSMan/Server01//client/", "WSMan:\\Server01\\client")]
    [InlineData("WSMan\\wsman", "WSMan:\\wsman")]
    public void ItIsWrittenAsAUserWould(string path, string written) =>
        Assert.Equal(written, WSManPath.Parse(path).ToString());

    [Theory]
    [InlineData("server01\\Client", "server01", true)]
    [InlineData("server01", "server01", true)]
    [InlineData("SERVER01\\client\\Auth", "server01\\CLIENT", true)]
    [InlineData("[::1]\\Client", "::1", true)]
    [InlineData("FE80::1%eth0\\Client", "fe80::1%eth0", true)]
    [InlineData("fe80::1%ETH0\\Client", "fe80::1%eth0", false)]
    [InlineData("server01", "server01\\Client", false)]
    [InlineData("server10\\Client", "server1", false)]
    [InlineData("server01\\Client2", "server01\\Client", false)]
    [InlineData("server01", "", false)]
    [InlineData("", "", false)]
    public void PathsAreComparedBySegments(string path, string other, bool below) =>
        Assert.Equal(below, WSManPath.Parse(path).IsAtOrBelow(WSManPath.Parse(other)));

    [Fact]
    public void SegmentsAreComparedWithoutCase()
    {
        WSManPath path = WSManPath.Parse("server01\\Client\\TrustedHosts");

        Assert.True(path.Is("CLIENT", "trustedhosts"));
        Assert.False(path.Is("Client"));
        Assert.False(path.Is("Client", "TrustedHosts", "x"));
        Assert.False(default(WSManPath).Is());
        Assert.True(path.IsAt(1, "client"));
        Assert.False(path.IsAt(2, "client"));
        Assert.False(path.IsAt(3, ""));
        Assert.True(path.IsBelow("client"));
        Assert.False(path.IsBelow("Service"));
        Assert.False(WSManPath.Parse("server01\\Client").IsBelow("Client"));
    }

    [Fact]
    public void ThePathOfAnItemLeadsBackToIt()
    {
        string[] parts = ["WSMan", "a", "Ä", "😀", " ", ".", "%", "2E", "2F", "/", "\\", "[", "*", ":"];
        string[] names = [.. Samples.Texts(parts, 2000, 6)];
        foreach (string[] pair in names.Chunk(2))
        {
            string path = WSManPath.ProviderPath("server01", pair.Select(PathSegment.Escape));

            WSManPath parsed = WSManPath.Parse(path);

            Assert.Equal("server01", parsed.Computer);
            Assert.Equal(pair, parsed.Segments.Skip(1).Select(PathSegment.Unescape));
            Assert.Equal(path, parsed.Segments.Aggregate(WSManPath.Join));
        }
    }

    [Theory]
    [InlineData("server01")]
    [InlineData("wsman")]
    [InlineData("::1")]
    public void AComputerThatStandsAloneHasTheRootBeforeIt(string name)
    {
        string path = WSManPath.QualifiedPath(name);

        Assert.Equal($"Microsoft.WSMan.Management\\WSMan::WSMan\\{name}", path);
        Assert.Equal(name, WSManPath.Parse(WSManPath.OfComputer(name)).Computer);
    }

    [Fact]
    public void AVeryLongPathIsCutLikeAnyOther()
    {
        WSManPath path = WSManPath.Parse(string.Concat(Enumerable.Repeat("a/../b\\", 20_000)));

        Assert.Equal(20_000, path.Segments.Count);
        Assert.All(path.Segments, segment => Assert.Equal("b", segment));
    }
}
