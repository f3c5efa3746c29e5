namespace Microsoft.WSMan.Management.Tests.Scripts;

/// <summary>The demo script: it passes when all is well, and only then.</summary>
public sealed class DemoTests
{
    private static readonly string s_folder = Locations.InRepository("tests/demo");

    [Fact]
    public void EndsWithOneLineThatSaysWhatWasDone()
    {
        ConsoleResult result = Run(s_folder, Locations.Console).Succeeded();

        Assert.StartsWith("Done: ", result.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("PS WSMan:/> dir", result.Lines);
        Assert.Contains("   WSManConfig: Microsoft.WSMan.Management\\WSMan::WSMan", result.Lines);
    }

    [Theory]
    [InlineData("@{ Type = '1 + 1'; Prints = '3' }", "1 + 1: it printed")]
    [InlineData("@{ Type = '1 + 1'; Shows = 'x' }", "1 + 1: it does not show x")]
    [InlineData("@{ Type = '1 + 1'; Hides = '2' }", "1 + 1: it shows 2")]
    [InlineData("@{ Type = '1 + 1'; Connections = 1 }", "0 connections are open instead of 1")]
    [InlineData("@{ Type = '$env:DEMO_PASSWORD' }", "it shows the password")]
    public void AStepThatComesOutOtherwiseFailsIt(string step, string sentence)
    {
        using ScratchFolder folder = new();
        File.Copy(Path.Combine(s_folder, "Invoke-Demo.ps1"), folder.File("Invoke-Demo.ps1"));
        File.WriteAllText(folder.File("demo-steps.ps1"), step);

        ConsoleResult result = Run(folder.Path, Locations.Console);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Done", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AShellThatEndsAtOnceFailsIt()
    {
        ConsoleResult result = Run(s_folder, "/bin/true");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("Done", result.Output, StringComparison.Ordinal);
    }

    private static ConsoleResult Run(string folder, string shell)
    {
        using ConsoleProcess console = new();
        return console.Run(
            [
                "-File", Path.Combine(folder, "Invoke-Demo.ps1"), "-Module", Locations.Module,
                "-Endpoint", Locations.Endpoint, "-Shell", shell,
            ],
            "");
    }
}
