using System.Text;

namespace Microsoft.WSMan.Management.Tests.Instances;

/// <summary>Remote shells by the instance cmdlets: made, used, listed and reaped.</summary>
public sealed class ShellTests(EndpointFixture computers) : ComputerTests(computers)
{
    // The EPR of a new shell names it in a selector.
    private const string Make =
        "$created = New-WSManInstance shell/cmd @{} -ComputerName $args[0];" +
        "$id = $created.ReferenceParameters.SelectorSet.Selector.'#text';";

    [Fact]
    public void AShellIsMadeListedAndRemoved()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run(
            Make + "@(Get-WSManInstance shell -Enumerate -ComputerName $args[0]).ShellId -contains $id;" +
            "Remove-WSManInstance shell/cmd @{ShellId=$id} -ComputerName $args[0];" +
            "@(Get-WSManInstance shell -Enumerate -ComputerName $args[0]).Count",
            Computers.One).Succeeded();

        Assert.Equal(["True", "0"], result.Text);
        Assert.Equal(0, Computers.Service.Counts().Shells);
    }

    [Fact]
    public void ACommandRunsAndItsOutputComes()
    {
        Connect(Computers.One);

        EngineResult result = Session.Run(
            Make +
            "$command = Invoke-WSManAction shell/cmd Command @{ShellId=$id} -ComputerName $args[0] " +
            "-ValueSet @{Command='echo';Arguments='hello'}; $commandId = $command.CommandId;" +
            "$answer = Invoke-WSManAction shell/cmd Receive @{ShellId=$id} -ComputerName $args[0] " +
            "-ValueSet @{CommandId=$commandId;DesiredStream='stdout stderr'};" +
            "$answer.Stream.'#text';" +
            "$null = Invoke-WSManAction shell/cmd Signal @{ShellId=$id} -ComputerName $args[0] " +
            "-ValueSet @{CommandId=$commandId;Code='terminate'};" +
            "Remove-WSManInstance shell/cmd @{ShellId=$id} -ComputerName $args[0]",
            Computers.One).Succeeded();

        string output = string.Concat(
            result.Text.Where(t => t.Length > 0).Select(t => Encoding.UTF8.GetString(Convert.FromBase64String(t))));
        Assert.Contains("hello", output, StringComparison.Ordinal);
        Assert.Equal(0, Computers.Service.Counts().Shells);
        Assert.Equal(0, Computers.Service.Counts().Commands);
    }
}
