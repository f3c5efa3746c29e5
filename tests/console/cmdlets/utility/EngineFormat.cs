using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// Completes the engine's output commands, which are whole but for this: a subclass has to give them their writer.
/// </summary>
/// <remarks>The field has an internal type, which an unsafe accessor cannot express; hence reflection.</remarks>
internal static class EngineFormat
{
    private const string Namespace = "Microsoft.PowerShell.Commands.Internal.Format.";
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Makes <paramref name="command"/> lay objects out in a shape, such as Table.</summary>
    internal static void SetShape(FrontEndCommandBase command, string shape)
    {
        Type shapes = Find("FormatShape");
        SetWriter(command, New("InnerFormatShapeCommand", [shapes], Enum.Parse(shapes, shape)));
    }

    /// <summary>Makes <paramref name="command"/> write what Out-Default would show to a text.</summary>
    internal static void SetText(FrontEndCommandBase command, TextWriter text, int width)
    {
        object writer = New("OutputManagerInner", []);
        object lines = New("TextWriterLineOutput", [typeof(TextWriter), typeof(int)], text, width);
        writer.GetType().GetProperty("LineOutput", Hidden)!.SetValue(writer, lines);
        SetWriter(command, writer);
    }

    private static void SetWriter(FrontEndCommandBase command, object writer) =>
        typeof(FrontEndCommandBase).GetField("implementation", Hidden)!.SetValue(command, writer);

    private static object New(string type, Type[] types, params object[] arguments) =>
        Find(type).GetConstructor(Hidden | BindingFlags.Public, types)!.Invoke(arguments);

    private static Type Find(string name) =>
        typeof(PSCmdlet).Assembly.GetType(Namespace + name, throwOnError: true)!;
}
