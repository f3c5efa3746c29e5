using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Takes the items of computers for their sessions, alone or in a collection, so that an item that was kept never means
/// a later session under the same name. Everything else stays as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionOfItemAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        LanguagePrimitives.GetEnumerable(inputData) is { } many
            ? many.Cast<object?>().Select(SessionOf).ToArray()
            : SessionOf(inputData);

    private static object? SessionOf(object? item) =>
        (item is PSObject wrapped ? wrapped.BaseObject : item) is WSManConfigComputerElement { Session: { } session }
            ? session
            : item;
}
