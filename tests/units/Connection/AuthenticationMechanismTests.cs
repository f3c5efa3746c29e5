using System.Text.RegularExpressions;

namespace Microsoft.WSMan.Management.Units.Connection;

public sealed partial class AuthenticationMechanismTests
{
    // None and Default are no mechanisms: with the one nothing is proved, and the other becomes one of these.
    private static readonly string[] s_noMechanisms =
        [nameof(AuthenticationMechanism.Default), nameof(AuthenticationMechanism.None)];

    [Fact]
    public void TheCoreKnowsTheSameMechanisms()
    {
        string table = Samples.RepositoryFile("native/transport", "mechanisms.def");
        IEnumerable<string> names = Row().Matches(table).Select(row => row.Groups[1].Value).Concat(s_noMechanisms);

        Assert.Equal(
            Enum.GetNames<AuthenticationMechanism>().Order(StringComparer.Ordinal),
            names.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("""^WSMAN_MECHANISM\(\w+, "(\w+)",""", RegexOptions.Multiline)]
    private static partial Regex Row();
}
