using System.Diagnostics;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// Runs the console in a process of its own, for what must not happen in the process that all tests
/// share: removing the drive or the module, exit codes, the session named localhost, default ports.
/// </summary>
internal sealed class ConsoleProcess : IDisposable
{
    /// <summary>A script text that gives the right credential, without the password in it.</summary>
    public static readonly string Credential = CredentialOf(EndpointProcess.UserName);

    // Tests that were started with nohup have children that ignore SIGHUP as well; GNU's env knows a remedy.
    private static readonly string[] s_heard = OperatingSystem.IsLinux() ? ["--default-signal=HUP"] : [];

    private readonly ScratchFolder _folder = new();

    public ConsoleProcess()
    {
        Directory.CreateDirectory(WorkingFolder);
        ClientSettings.Write(Configuration, TestProcess.AuthorityFile);
    }

    /// <summary>A console whose client settings have the ports of the service as default ports.</summary>
    public ConsoleProcess(EndpointProcess service)
        : this(service.Http, service.Https)
    {
    }

    /// <summary>A console with these default ports.</summary>
    public ConsoleProcess(int http, int https)
    {
        Directory.CreateDirectory(WorkingFolder);
        ClientSettings.Write(Configuration, TestProcess.AuthorityFile, (http, https));
    }

    /// <summary>What is run: the console over the engine, unless another PowerShell is named.</summary>
    public string Program { get; set; } = Locations.Console;

    /// <summary>What runs the program, its name and arguments after these; nothing unless it is set.</summary>
    public IReadOnlyList<string> Launcher { get; set; } = [];

    /// <summary>Variables that are added to its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    /// <summary>XDG_CONFIG_HOME of the console.</summary>
    public string Configuration => _folder.File("configuration");

    /// <summary>The folder it starts in.</summary>
    public string WorkingFolder => _folder.File("work");

    /// <summary>The same under another name.</summary>
    public static string CredentialOf(string user) =>
        $"([pscredential]::new('{user}', [Net.NetworkCredential]::new('', $env:WSMAN_TEST_PASSWORD).SecurePassword))";

    /// <summary>Runs one command text, as <c>pwsh -Command</c> does.</summary>
    public ConsoleResult Command(string command) => Run(["-Command", command], "");

    /// <summary>Runs a script file.</summary>
    public ConsoleResult Script(string text, params string[] arguments)
    {
        string file = _folder.File("script.ps1");
        File.WriteAllText(file, text);
        return Run(["-File", file, .. arguments], "");
    }

    /// <summary>Types lines at the prompt.</summary>
    public ConsoleResult Lines(params string[] lines) => Run([], string.Concat(lines.Select(l => l + "\n")));

    /// <summary>Runs the console with these arguments and this standard input.</summary>
    public ConsoleResult Run(IEnumerable<string> arguments, string input)
    {
        using RunningConsole running = new(Start(arguments));
        running.Type(input);
        return running.End();
    }

    /// <summary>Begins to run one command text, for a caller that has to do with the process meanwhile.</summary>
    public RunningConsole Begin(string command) => new(Start(["-Command", command]));

    private ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        string[] program = [.. Launcher, Program, "-NoLogo", "-NoProfile"];
        ProcessStartInfo start = new("/usr/bin/env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = WorkingFolder,
        };
        start.Environment["XDG_CONFIG_HOME"] = Configuration;
        start.Environment["WSMAN_TEST_PASSWORD"] = EndpointProcess.Password;
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        foreach (string argument in (string[])[.. s_heard, .. program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>What a console wrote and how it ended.</summary>
internal sealed record ConsoleResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output that are not empty, without trailing blanks.</summary>
    public IReadOnlyList<string> Lines { get; } =
        [.. Output.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0)];

    /// <summary>The result, of a console that must end with 0 and without a word on standard error.</summary>
    public ConsoleResult Succeeded()
    {
        Assert.True(ExitCode == 0 && Error.Length == 0, $"It ended with {ExitCode}: {Output}{Error}");
        return this;
    }
}
