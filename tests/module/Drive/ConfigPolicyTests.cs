using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>Settings that a policy decides are shown with their source, and cannot be changed.</summary>
public sealed class ConfigPolicyTests : IDisposable
{
    private static readonly string s_computer = $"{Addresses.NextNetwork()}.1";

    private readonly EndpointProcess _service = EndpointProcess.Start(
        [s_computer], more: ["--policy", "Client/TrustedHosts=*.example", "--policy", "Service/Auth/Basic=true", "--policy", "Listener"]);

    private readonly EngineSession _session;

    public ConfigPolicyTests()
    {
        _session = new EngineSession(_service);
        _session.SetVariable("h", $"WSMan:\\{s_computer}");
        _session.Run("Connect-WSMan $args[0] @wsman", s_computer).Succeeded();
    }

    [Fact]
    public void TheSourceIsShown()
    {
        EngineResult result = _session.Run(
            "$t = Get-Item $h\\Client\\TrustedHosts; $t.Value; $t.SourceOfValue; " +
            "(Get-ChildItem $h\\Service\\Auth | Where-Object SourceOfValue).Name").Succeeded();

        Assert.Equal(["*.example", "GPO", "Basic"], result.Text);
    }

    [Theory]
    [InlineData("Set-Item $h\\Client\\TrustedHosts x -Force", "SetItem")]
    [InlineData("Clear-Item $h\\Client\\TrustedHosts -Force", "ClearItem")]
    [InlineData("Set-Item $h\\Service\\Auth\\Basic false", "SetItem")]
    [InlineData("Set-Item \"$((Get-ChildItem $h\\Listener).PSPath)\\Port\" 80 -Force", "SetItem")]
    [InlineData("Remove-Item (Get-ChildItem $h\\Listener).PSPath -Recurse", "RemoveItem")]
    public void ItCannotBeChanged(string script, string command)
    {
        ErrorRecord error = _session.Run(script).Failed();

        ConfigTests.AssertRefused(error, command, "policy", "0x8033808A");
        Exception inner = error.Exception.InnerException!;
        Assert.Equal(0x8033808A, inner.GetType().GetProperty("WSManCode")!.GetValue(inner));
        Assert.Equal(0, _service.Counts().Operations.GetValueOrDefault("Put"));
    }

    [Fact]
    public void WhatIsBesideItCanBeChanged()
    {
        EngineResult result = _session.Run(
            "Set-Item $h\\Client\\NetworkDelayms 6000; (Get-Item $h\\Client\\NetworkDelayms).Value").Succeeded();

        Assert.Equal(["6000"], result.Text);
    }

    public void Dispose()
    {
        _session.Run("Disconnect-WSMan $args[0]", s_computer);
        _session.Dispose();
        _service.Dispose();
    }
}
