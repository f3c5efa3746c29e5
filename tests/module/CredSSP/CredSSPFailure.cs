namespace Microsoft.WSMan.Management.Tests.CredSSP;

/// <summary>The one error with which a command ended, as a script sees it.</summary>
internal sealed record CredSSPFailure(IReadOnlyList<string> Lines)
{
    /// <summary>Runs the command, which must write nothing and end with a terminating error.</summary>
    public static CredSSPFailure Of(ConsoleProcess console, string command) => new(
        console.Command(
            $"$written = $null; try {{ {command} -OutVariable written | Out-Null; 'It did not end.' }} catch {{ }}; " +
            "$e = $Error[0]; $e.FullyQualifiedErrorId; \"$($e.CategoryInfo.Category)\"; \"[$($e.TargetObject)]\"; " +
            "\"$e\"; \"$written $($Error.Count)\".Trim()").Succeeded().Lines);

    public void Is(string id, string category, string target, params string[] words)
    {
        Assert.Equal([id, category, $"[{target}]"], Lines.Take(3));
        Assert.Equal("1", Lines[^1]);
        Assert.All(words, word => Assert.Contains(word, string.Join(' ', Lines.Skip(3)), StringComparison.Ordinal));
    }
}
