using System.Diagnostics;

namespace Microsoft.WSMan.Management.Tests.Scripts;

/// <summary>The doors to the build, as far as they can be opened without building.</summary>
public sealed class BuildScriptTests
{
    private static readonly string[] s_tasks = ["demo", "shell", "test", "check", "bench"];

    [Fact]
    public void BuildPs1ListsTheTasks()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Run(["-File", Locations.InRepository("build.ps1")], "").Succeeded();

        Assert.All(s_tasks, task => Assert.Contains($"\n  {task} ", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void BuildPs1TakesNoOtherTask()
    {
        using ConsoleProcess console = new();

        ConsoleResult result = console.Run(["-File", Locations.InRepository("build.ps1"), "nonsense"], "");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nonsense", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void BuildShListsTheSameTasks()
    {
        using Process process = Process.Start(new ProcessStartInfo(Locations.InRepository("build.sh"))
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Bounds.Patience));

        Assert.Equal(0, process.ExitCode);
        Assert.All(s_tasks, task => Assert.Contains($"\n  {task} ", output.Result, StringComparison.Ordinal));
    }
}
