namespace Microsoft.WSMan.Management.Units.Provider;

public sealed class WSManPathTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("WSMan", "")]
    [InlineData("wsMAN\\", "")]
    [InlineData("WSMan/server01", "server01")]
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
    [InlineData("wsman/Server01//client/", "WSMan:\\Server01\\client")]
    public void ItIsWrittenAsAUserWould(string path, string written) =>
        Assert.Equal(written, WSManPath.Parse(path).ToString());

    [Theory]
    [InlineData("server01\\Client", "server01", true)]
    [InlineData("server01", "server01", true)]
    [InlineData("SERVER01\\client\\Auth", "server01\\CLIENT", true)]
    [InlineData("[::1]\\Client", "::1", true)]
    [InlineData("fe80::1%ETH0\\Client", "fe80::1%eth0", true)]
    [InlineData("server01", "server01\\Client", false)]
    [InlineData("server10\\Client", "server1", false)]
    [InlineData("server01\\Client2", "server01\\Client", false)]
    [InlineData("server01", "", false)]
    [InlineData("", "", false)]
    public void WhatIsBelowIsToldBySegments(string path, string other, bool below) =>
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
        string[] names = [.. Samples.Texts(parts, 2000, 6).Where(name => name.Length > 0)];
        foreach (string[] pair in names.Chunk(2))
        {
            string path = WSManPath.Of("server01", pair.Select(PathName.Escape));

            WSManPath parsed = WSManPath.Parse(path);

            Assert.Equal("server01", parsed.Computer);
            Assert.Equal(pair, parsed.Segments.Skip(1).Select(PathName.Unescape));
            Assert.Equal(path, parsed.Segments.Skip(1).Aggregate(WSManPath.Of("server01"), WSManPath.Below));
        }
    }

    [Fact]
    public void AQualifiedPathNamesTheProvider() => Assert.Equal(
        $"Microsoft.WSMan.Management\\WSMan::WSMan{Path.DirectorySeparatorChar}server01",
        WSManPath.QualifiedPath("server01"));

    [Fact]
    public void AVeryLongPathIsCutLikeAnyOther()
    {
        WSManPath path = WSManPath.Parse(string.Concat(Enumerable.Repeat("a/../b\\", 20_000)));

        Assert.Equal(20_000, path.Segments.Count);
        Assert.All(path.Segments, segment => Assert.Equal("b", segment));
    }
}
