using System.Globalization;

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

        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = new EnglishCulture();
        using Shell shell = new(line);
        return shell.Run();
    }

    /// <summary>
    /// The culture without a name, which is the only one there is without ICU, telling that it speaks English:
    /// the engine breaks lines between words for languages it knows alone.
    /// </summary>
    private sealed class EnglishCulture() : CultureInfo("")
    {
        public override string TwoLetterISOLanguageName => "en";
    }
}
