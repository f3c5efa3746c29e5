using System.Diagnostics;
using System.Text;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>A console that runs, for tests of how it ends.</summary>
internal sealed class RunningConsole : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly StringBuilder _output = new();

    public RunningConsole(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Writes to its standard input, and leaves that open.</summary>
    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Returns when it has written this line.</summary>
    public void WaitFor(string line)
    {
        string? read;
        do
        {
            Task<string?> next = _process.StandardOutput.ReadLineAsync();
            read = next.Wait(Bounds.Patience) ? next.Result : null;
            if (read is null)
            {
                _process.Kill(entireProcessTree: true);
                Assert.Fail($"The console did not write '{line}' but: {_output}{_error.Result}");
            }

            _output.Append(read).Append('\n');
        }
        while (read != line);
    }

    /// <summary>Sends a signal, such as TERM.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit(Bounds.Patience);
    }

    /// <summary>Ends its input and waits for its own end.</summary>
    public ConsoleResult End()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Bounds.Patience))
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"The console did not end. It wrote: {_output}{output.Result}{_error.Result}");
        }

        return new ConsoleResult(_process.ExitCode, _output.Append(output.Result).ToString(), _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
