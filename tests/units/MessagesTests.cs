using System.Reflection;

namespace Microsoft.WSMan.Management.Units;

public sealed class MessagesTests
{
    private static readonly FieldInfo[] s_constants =
        typeof(Messages).GetFields(BindingFlags.Public | BindingFlags.Static);

    private static readonly MethodInfo[] s_methods = [.. typeof(Messages)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Where(method => method.ReturnType == typeof(string))];

    // What progress shows beside a bar is no sentence.
    private static bool IsLabel(MemberInfo member) => member.Name.StartsWith("Ending", StringComparison.Ordinal);

    [Fact]
    public void EachSaysAllThatItIsGiven()
    {
        Assert.True(s_methods.Length > 40);
        foreach (MethodInfo method in s_methods)
        {
            object[] given = [.. method.GetParameters().Select(Argument)];
            string message = (string)method.Invoke(null, given)!;

            Assert.DoesNotContain(
                given, one => one is not bool && !message.Contains($"{one}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void EachSwitchMakesADifference()
    {
        Assert.NotEqual(Messages.NoServiceForCredSSP(true), Messages.NoServiceForCredSSP(false));
        string[] configurations = [.. new[] { (true, true), (false, true), (false, false) }
            .Select(given => Messages.NoQuickConfig(given.Item1, given.Item2))];
        Assert.Equal(3, configurations.Distinct().Count());
    }

    [Fact]
    public void EachIsASentence()
    {
        IEnumerable<string> constants = s_constants
            .Where(field => !field.Name.EndsWith("Caption", StringComparison.Ordinal) && !IsLabel(field))
            .Select(field => (string)field.GetValue(null)!);
        IEnumerable<string> made = s_methods.Where(method => !IsLabel(method)).Select(method =>
            (string)method.Invoke(null, [.. method.GetParameters().Select(Argument)])!);

        string[] all = [.. constants.Concat(made)];

        Assert.All(all, one => Assert.Matches(@"^(?!.*(  |\{|\}|[.?!]{2}|\n))(-?[A-Z]|""?argument)", one));
        Assert.All(all, one => Assert.Matches(@"([.?)]|argument\d|HTTPS?|\$true|\$false)$", one));
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1234567)]
    public void NumbersAreWrittenPlain(int number) =>
        Assert.Contains($" {number} ", Messages.ItemCountMismatch(number, 2), StringComparison.Ordinal);

    private static object Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { } type when type == typeof(string) => $"argument{parameter.Position}",
        { } type when type == typeof(int) => 70001 + parameter.Position,
        _ => true,
    };
}
