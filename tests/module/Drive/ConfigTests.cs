using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Drive;

/// <summary>
/// Tests of what is below a computer. Scripts find <c>$h</c>, the path of a computer of the class, connected.
/// The configuration belongs to the service of the class, so a case puts back what it changes, or asks for
/// nothing that another one changes.
/// </summary>
public abstract class ConfigTests : ComputerTests
{
    protected const string Assembly = "Microsoft.WSMan.Management";

    /// <summary>All settings below a path, {0}, with their values.</summary>
    protected const string SettingsBelow =
        "(Get-ChildItem {0} -Recurse | Where-Object {{ !$_.PSIsContainer }} | "
        + "ForEach-Object {{ \"$($_.PSPath)=$($_.Value)\" }})";

    protected const string Plugin = "$h\\Plugin\\microsoft.powershell";

    protected ConfigTests(EndpointFixture computers)
        : base(computers)
    {
        Connect(Computers.One);
        Session.SetVariable("h", $"WSMan:\\{Computers.One}");
    }

    /// <summary>The provider's path of the computer, as it is emitted.</summary>
    protected string Home => $"{Assembly}\\WSMan::WSMan/{Computers.One}";

    /// <summary>Runs a script that must not fail, and gives the number of requests that it made.</summary>
    internal int Requests(string script, params object[] arguments)
    {
        int before = Computers.Service.Counts().Requests;
        Session.Run(script, arguments).Succeeded();
        return Computers.Service.Counts().Requests - before;
    }

    /// <summary>Makes $g the path of a computer whose service errs in the way of a path.</summary>
    internal void ConnectErring(string application)
    {
        Session.Run("Connect-WSMan $args[0] @wsman -ApplicationName $args[1]", Computers.Two, $"{application}/wsman")
            .Succeeded();
        Session.SetVariable("g", $"WSMan:\\{Computers.Two}");
    }

    /// <summary>The value of an item.</summary>
    internal object? Value(string path) =>
        Session.Run($"(Get-Item \"{path}\").Value").Succeeded().Output.SingleOrDefault()?.BaseObject;

    /// <summary>Asserts the error that the provider reports: the engine makes its id of the exception's type.</summary>
    internal static void AssertRefused(ErrorRecord error, string command, params string[] words) => Expect.Is(
        error,
        $"System.InvalidOperationException,Microsoft.PowerShell.Commands.{command}Command",
        ErrorCategory.NotSpecified,
        null,
        words);

    /// <summary>The name of a command in the ids of its errors: SetItem.</summary>
    internal static string ClassOf(string script) =>
        script[..script.IndexOf(' ', StringComparison.Ordinal)].Replace("-", "", StringComparison.Ordinal);

    /// <summary>Asserts the error of the engine for what is not there.</summary>
    internal static void AssertNotFound(ErrorRecord error, string command)
    {
        Assert.Equal($"PathNotFound,Microsoft.PowerShell.Commands.{command}Command", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }
}
