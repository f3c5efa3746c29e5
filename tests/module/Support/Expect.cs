using System.Management.Automation;

namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>Asserts an error as a user sees it: id, category, target and text.</summary>
internal static class Expect
{
    private const string Namespace = "Microsoft.WSMan.Management.";

    /// <summary>The error that the cmdlets of the module report.</summary>
    /// <param name="error">The error.</param>
    /// <param name="command">The cmdlet's class name without "Command".</param>
    /// <param name="target">The computer name, as the user gave it.</param>
    /// <param name="words">Texts that the message holds, letter case aside.</param>
    public static void WSManError(ErrorRecord error, string command, object? target, params string[] words)
    {
        Assert.Equal($"WsManError,{Namespace}{command}Command", error.FullyQualifiedErrorId);
        Assert.IsAssignableFrom<InvalidOperationException>(error.Exception);
        Is(error, error.FullyQualifiedErrorId, ErrorCategory.InvalidOperation, target, words);
    }

    /// <summary>Any error.</summary>
    public static void Is(
        ErrorRecord error, string id, ErrorCategory category, object? target, params string[] words)
    {
        Assert.Equal(id, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(target?.ToString(), error.TargetObject?.ToString());
        foreach (string word in words)
        {
            Assert.Contains(word, error.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        NoSecret(error.ToString());
    }

    /// <summary>The password of the tests is not in a text that somebody may see.</summary>
    public static void NoSecret(string text) =>
        Assert.DoesNotContain(EndpointProcess.Password, text, StringComparison.Ordinal);
}
