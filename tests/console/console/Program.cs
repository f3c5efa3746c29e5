namespace WSManConsole;

/// <summary>A plain PowerShell console over the engine, for machines without pwsh.</summary>
internal static class Program
{
    private const int BadCommandLine = 64;

    private static int Main(string[] args)
    {
        CommandLine line = CommandLine.Parse(args);
        if (line.Error is not null)
        {
            Console.Error.WriteLine(line.Error);
            Console.Error.WriteLine(CommandLine.Usage);
            return BadCommandLine;
        }

        if (line.Help)
        {
            Console.WriteLine(CommandLine.Usage);
            return 0;
        }

        using Shell shell = new(line);
        return shell.Run();
    }
}
