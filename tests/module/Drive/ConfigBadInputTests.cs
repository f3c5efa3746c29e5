using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>What a user can get wrong below a computer, and what is said then.</summary>
public sealed class ConfigBadInputTests(EndpointFixture computers) : ConfigTests(computers)
{
    private const string Xml = "http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration";

    private const string NewPlugin =
        "New-Item $h\\Plugin -FileName '%windir%\\system32\\x.dll' -SDKVersion 2 -Capability Get " +
        "-XMLRenderingType text ";

    private const string Resource = "(Get-ChildItem " + Plugin + "\\Resources).PSPath";

    /// <summary>Changes, the requests that they may make, and words of the error.</summary>
    public static TheoryData<string, int, string> Changes => new()
    {
        { "Set-Item WSMan:\\ x", 0, "no value that can be set" },
        { "Set-Item $h x", 0, "no value that can be set" },
        { "Clear-Item $h", 0, "no value that can be set" },
        { "Set-Item $h\\Client x", 0, "container" },
        { "Set-Item $h\\Client\\Auth x", 0, "container" },
        { "Set-Item $h\\Client x -Concatenate", 0, "container" },
        { "Set-Item $h\\Listener x -Force", 0, "container" },
        { "Set-Item $h\\Plugin x", 0, "container" },
        { "Set-Item " + Plugin + " x", 1, "container" },
        { "Set-Item " + Plugin + "\\Quotas x", 1, "container" },
        { "Set-Item $h\\Client\\Nope 1", 1, "There is no item WSMan:\\" },
        { "Set-Item $h\\Client\\Auth\\Nope 1", 1, "There is no item WSMan:\\" },
        { "Set-Item $h\\Nope 1", 1, "There is no item WSMan:\\" },
        { "Set-Item $h\\Client\\TrustedHosts\\deeper 1", 1, "There is no item WSMan:\\" },
        { "Set-Item $h\\Plugin\\nope\\Enabled true", 1, "There is no item WSMan:\\" },
        { "Set-Item " + Plugin + "\\Nope 1", 1, "There is no item WSMan:\\" },
        { "Set-Item " + Plugin + "\\Quotas\\Nope 1", 1, "There is no item WSMan:\\" },
        { "Set-Item " + Plugin + "\\InitializationParameters\\Nope 1", 1, "There is no item WSMan:\\" },
        { "Set-Item $h\\Client\\NetworkDelayms abc", 2, "0x80338056" },
        { "Set-Item $h\\Client\\NetworkDelayms 1", 2, "0x80338056" },
        { "Set-Item $h\\Client\\AllowUnencrypted maybe", 2, "0x80338056" },
        { "Set-Item $h\\Service\\AllowRemoteAccess false", 2, "0x8033813F" },
        { "Set-Item $h\\Shell\\MaxShellRunTime 1", 2, "0x803381AE" },
        { "Set-Item $h\\Service\\Auth\\CbtHardeningLevel Loose", 2, "0x803381B8" },
        { "Set-Item $h\\Client\\TrustedHosts 'a b,' -Force", 2, "0x8033809F" },
        { "Set-Item $h\\Client\\TrustedHosts @('a','b') -Force", 0, "System.String" },
        { "Set-Item $h\\Client\\TrustedHosts 5 -Force", 0, "System.String" },
        { "Set-Item $h\\Service\\RootSDDL 5 -Force", 0, "System.String" },
        { "Set-Item $h\\Client\\NetworkDelayms @(1,2)", 1, "no form in XML" },
        { "Set-Item $h\\Client\\NetworkDelayms @{ a = 1 }", 1, "no form in XML" },
        { "Set-Item $h\\Client\\NetworkDelayms $credential", 1, "secret" },
        { "Set-Item $h\\Client\\URLPrefix ([char]0xD800 + 'x')", 1, "surrogate" },
        { "Set-Item " + Plugin + "\\Name other", 1, "cannot be changed" },
        { "Set-Item " + Plugin + "\\xmlns other", 1, "cannot be changed" },
        { "Set-Item " + Plugin + "\\RunAsUser tester", 1, "System.Management.Automation.PSCredential" },
        { "Set-Item " + Plugin + "\\RunAsPassword x", 1, "System.Security.SecureString" },
        { "Set-Item " + Plugin + "\\RunAsPassword $credential.Password", 1, "no RunAsUser" },
        { "Clear-Item " + Plugin + "\\RunAsPassword", 2, "Clear RunAsUser" },
        { "Set-Item " + Plugin + "\\Quotas\\IdleTimeoutms 1000", 2, "0x80338056" },
        { "Set-Item " + Plugin + "\\Filename c:\\x.dll", 2, "0x80338191" },
        { "Set-Item (Join-Path " + Resource + " ResourceUri) x", 2, "cannot be changed" },
        { "Set-Item (Join-Path " + Resource + " Capability) Get", 2, "cannot be changed" },
        { "New-Item $h\\Client -Name x", 0, "cannot be made here" },
        { "New-Item $h\\Client\\Auth\\x", 0, "cannot be made here" },
        { "New-Item " + Plugin + " -Name x", 0, "cannot be made here" },
        { "New-Item $h\\Listener -Address * -Transport HTTP -Force", 1, "0x80338033" },
        { "New-Item $h\\Listener -Address * -Transport FTP -Force", 1, "0x803380" },
        {
            "New-Item $h\\Listener -Address 'IP:9.9.9.9' -Transport HTTPS -CertificateThumbPrint ('0' * 40) -Force",
            1,
            "0x80338082"
        },
        { "New-Item $h\\ClientCertificate -Issuer xyz -Force", 1, "0x8033" },
        { "New-Item $h\\ClientCertificate -Issuer ('b' * 40) -Force", 1, "0x8033" },
        { NewPlugin + "-Plugin microsoft.powershell -Resource http://x/y", 1, "0x80338033" },
        {
            NewPlugin + "-Plugin y -Resource http://x/y -RunAsCredential ([pscredential]::new('n', $credential.Password))",
            1,
            "0x803381C3"
        },
        { "New-Item " + Plugin + "\\InitializationParameters -ParamName psversion -ParamValue 1", 1, "already" },
        {
            "New-Item " + Plugin + "\\Resources -Capability Shell "
            + "-ResourceUri http://schemas.microsoft.com/powershell/Microsoft.PowerShell",
            1,
            "already"
        },
        { "New-Item $h\\Plugin\\nope\\Resources -ResourceUri http://x/y -Capability Shell", 1, "There is no item" },
        { "New-Item " + Plugin + "\\Resources\\Resource_1\\Security -Sddl x -Force", 1, "There is no item" },
        { "Remove-Item WSMan:\\ -Recurse", 0, "cannot be removed" },
        { "Remove-Item $h\\Client -Recurse", 1, "cannot be removed" },
        { "Remove-Item " + Plugin + "\\Enabled", 3, "cannot be removed" },
        { "Remove-Item " + Plugin + "\\Quotas -Recurse", 3, "cannot be removed" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhatCannotBeDoneIsSaid(string script, int requests, string words)
    {
        int before = Computers.Service.Counts().Requests;

        ErrorRecord error = Session.Run(script).Failed();

        AssertRefused(error, ClassOf(script), words);
        int made = Computers.Service.Counts().Requests - before;
        Assert.True(requests == made, $"{made} requests instead of {requests}: {Computers.Service.Last(made)}");
    }

    [Theory]
    [InlineData("Set-Item $h\\Client\\NetworkDelayms $null", "SetItem", "$null")]
    [InlineData("Set-Item $h\\Client\\TrustedHosts $null -Force", "SetItem", "$null")]
    [InlineData("New-Item WSMan:\\nobody\\Listener -Address * -Transport HTTP", "NewItem", "no connection to nobody")]
    public void WhatIsNoArgumentIsSaid(string script, string command, string words) => Expect.Is(
        Session.Run(script).Failed(),
        $"System.ArgumentException,Microsoft.PowerShell.Commands.{command}Command",
        ErrorCategory.NotSpecified,
        null,
        words);

    [Theory]
    [InlineData("Get-Item $h\\Nope", "GetItem")]
    [InlineData("Get-Item $h\\Client\\Nope", "GetItem")]
    [InlineData("Get-ChildItem $h\\Client\\TrustedHosts\\x", "GetChildItem")]
    [InlineData("Get-ChildItem $h\\Plugin\\nope", "GetChildItem")]
    [InlineData("Get-ChildItem -LiteralPath \"$h\\Plugin\\no[pe\"", "GetChildItem")]
    [InlineData("Get-ChildItem -LiteralPath '$h\\Plugin\\*'.Replace('$h', $h)", "GetChildItem")]
    [InlineData("Get-Item $h\\Listener\\Listener_0", "GetItem")]
    [InlineData("Set-Location $h\\Client\\Nope", "SetLocation")]
    [InlineData("Remove-Item $h\\Listener\\Listener_0 -Recurse", "RemoveItem")]
    [InlineData("Remove-Item $h\\Plugin\\nope -Recurse", "RemoveItem")]
    [InlineData("Remove-Item " + Plugin + "\\InitializationParameters\\nope", "RemoveItem")]
    [InlineData("Clear-Item WSMan:\\nobody\\Client\\TrustedHosts", "ClearItem")]
    [InlineData("Get-Item WSMan:\\nobody\\Client", "GetItem")]
    [InlineData("Get-Item WSMan:\\localhost\\Service", "GetItem")]
    public void WhatIsNotThereIsNotFound(string script, string command) =>
        AssertNotFound(Session.Run(script).Failed(), command);

    [Theory]
    [InlineData("<a>", "does not hold an XML document")]
    [InlineData("", "does not hold an XML document")]
    [InlineData(
        "<!DOCTYPE x [<!ENTITY e 'e'>]><PlugInConfiguration xmlns='" + Xml + "'>&e;</PlugInConfiguration>", "DTD")]
    [InlineData("<other/>", "root is other")]
    [InlineData("<PlugInConfiguration/>", "PluginConfiguration")]
    public void AFileThatDescribesNoPluginIsNotSent(string text, string words)
    {
        using ScratchFolder folder = new();
        string file = folder.File("p.xml");
        File.WriteAllText(file, text);
        int before = Computers.Service.Counts().Requests;

        ErrorRecord error = Session.Run("New-Item $h\\Plugin -Name p -File $args[0]", file).Failed();

        AssertRefused(error, "NewItem", words, file);
        Assert.Equal(before, Computers.Service.Counts().Requests);
    }

    [Fact]
    public void AFileThatIsMissingDoesNotEndTheCommand()
    {
        EngineResult result = Session.Run("New-Item $h\\Plugin -Name p -File /nowhere/p.xml; 'went on'");

        Expect.Is(
            result.Failed(),
            "FileNotFoundException,Microsoft.PowerShell.Commands.NewItemCommand",
            ErrorCategory.InvalidOperation,
            null,
            "/nowhere/p.xml");
        Assert.Equal(["went on"], result.Text);
    }

    [Fact]
    public void AListenerThatTheServerRefusesToChangeDoesNotEndTheCommand()
    {
        EngineResult result = Session.Run(
            "Set-Item $h\\Listener\\Listener_2132651585\\Address 'IP:1.2.3.4' -Force; 'went on'");

        Expect.Is(
            result.Failed(),
            "COMException,Microsoft.PowerShell.Commands.SetItemCommand",
            ErrorCategory.InvalidOperation,
            null,
            "0x803380ED");
        Assert.Equal(["went on"], result.Text);
    }
}
