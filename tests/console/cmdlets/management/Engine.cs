using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// The engine's internal entry points that take a CmdletProviderContext; the only file that reaches into it.
/// </summary>
/// <remarks>
/// The public intrinsics collect before they return, cannot be stopped, turn every error into a terminating one and
/// hide dynamic parameters. These are the overloads that the original cmdlets call. A context is an object here,
/// because its type cannot be named outside the engine; the runtime binds each signature at its first call, and an
/// engine exception arrives as it was thrown.
/// </remarks>
internal static class Engine
{
    private const string Context =
        "System.Management.Automation.CmdletProviderContext, System.Management.Automation";

    private const string Session =
        "System.Management.Automation.SessionStateInternal, System.Management.Automation";

    private const string Globber = "System.Management.Automation.LocationGlobber, System.Management.Automation";

    private const UnsafeAccessorKind Method = UnsafeAccessorKind.Method;

    // The context: how a provider writes to, asks and stops on behalf of one cmdlet.

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Context)]
    internal static extern object NewContext(Cmdlet command);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    [return: UnsafeAccessorType(Context)]
    internal static extern object NewContext(PSCmdlet command, PSCredential? credential);

    [UnsafeAccessor(Method, Name = "set_Force")]
    internal static extern void SetForce([UnsafeAccessorType(Context)] object context, SwitchParameter value);

    [UnsafeAccessor(Method, Name = "set_PassThru")]
    internal static extern void SetPassThru([UnsafeAccessorType(Context)] object context, bool value);

    [UnsafeAccessor(Method, Name = "set_SuppressWildcardExpansion")]
    internal static extern void SetLiteral([UnsafeAccessorType(Context)] object context, bool value);

    [UnsafeAccessor(Method, Name = "set_DynamicParameters")]
    internal static extern void SetDynamic([UnsafeAccessorType(Context)] object context, object? value);

    [UnsafeAccessor(Method, Name = "SetFilters")]
    internal static extern void SetFilters(
        [UnsafeAccessorType(Context)] object context,
        Collection<string> include, Collection<string> exclude, string? filter);

    [UnsafeAccessor(Method, Name = "StopProcessing")]
    internal static extern void Stop([UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "ThrowFirstErrorOrDoNothing")]
    internal static extern void ThrowFirstError([UnsafeAccessorType(Context)] object context);

    // Items.

    [UnsafeAccessor(Method, Name = "Get")]
    internal static extern void GetItem(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetItemDynamicParameters")]
    internal static extern object? GetItemParameters(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Set")]
    internal static extern void SetItem(
        ItemCmdletProviderIntrinsics items, string path, object? value, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "SetItemDynamicParameters")]
    internal static extern object? SetItemParameters(
        ItemCmdletProviderIntrinsics items, string path, object? value, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Clear")]
    internal static extern void ClearItem(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "ClearItemDynamicParameters")]
    internal static extern object? ClearItemParameters(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "New")]
    internal static extern void NewItem(
        ItemCmdletProviderIntrinsics items, string path, string? name, string? type, object? content,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "NewItemDynamicParameters")]
    internal static extern object? NewItemParameters(
        ItemCmdletProviderIntrinsics items, string path, string? type, object? content,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "RemoveItemDynamicParameters")]
    internal static extern object? RemoveItemParameters(
        ItemCmdletProviderIntrinsics items, string path, bool recurse, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Exists")]
    internal static extern bool Exists(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "ItemExistsDynamicParameters")]
    internal static extern object? ExistsParameters(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "IsContainer")]
    internal static extern bool IsContainer(
        ItemCmdletProviderIntrinsics items, string path, [UnsafeAccessorType(Context)] object context);

    // Children.

    [UnsafeAccessor(Method, Name = "Get")]
    internal static extern void GetChildItems(
        ChildItemCmdletProviderIntrinsics children, string path, bool recurse, uint depth,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetChildItemsDynamicParameters")]
    internal static extern object? GetChildItemsParameters(
        ChildItemCmdletProviderIntrinsics children, string path, bool recurse,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetNames")]
    internal static extern void GetChildNames(
        ChildItemCmdletProviderIntrinsics children, string path, ReturnContainers containers, bool recurse, uint depth,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetChildNamesDynamicParameters")]
    internal static extern object? GetChildNamesParameters(
        ChildItemCmdletProviderIntrinsics children, string path, [UnsafeAccessorType(Context)] object context);

    // Paths and the location.

    [UnsafeAccessor(Method, Name = "SetLocation")]
    internal static extern PathInfo SetLocation(
        PathIntrinsics paths, string path, [UnsafeAccessorType(Context)] object context, bool literalPath);

    [UnsafeAccessor(Method, Name = "IsCurrentLocationOrAncestor")]
    internal static extern bool IsCurrentLocationOrAncestor(
        PathIntrinsics paths, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "GetResolvedPSPathFromPSPath")]
    internal static extern Collection<PathInfo> Resolve(
        PathIntrinsics paths, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Combine")]
    internal static extern string Combine(
        PathIntrinsics paths, string parent, string child, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "IsValid")]
    internal static extern bool IsValid(
        PathIntrinsics paths, string path, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    internal static extern PathInfo NewPathInfo(
        PSDriveInfo drive, ProviderInfo provider, string path, SessionState session);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "GetDriveQualifiedPath")]
    internal static extern string QualifyByDrive(
        [UnsafeAccessorType(Globber)] object? globber, string path, PSDriveInfo drive);

    // Drives.

    [UnsafeAccessor(Method, Name = "New")]
    internal static extern void NewDrive(
        DriveManagementIntrinsics drives, PSDriveInfo drive, string? scope,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "NewDriveDynamicParameters")]
    internal static extern object? NewDriveParameters(
        DriveManagementIntrinsics drives, string? provider, [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "Remove")]
    internal static extern void RemoveDrive(
        DriveManagementIntrinsics drives, string name, bool force, string? scope,
        [UnsafeAccessorType(Context)] object context);

    // What has no public door at all: a path that is resolved already is removed without resolving it again.

    [UnsafeAccessor(Method, Name = "get_Internal")]
    [return: UnsafeAccessorType(Session)]
    internal static extern object GetInternal(SessionState state);

    [UnsafeAccessor(Method, Name = "HasChildItems")]
    internal static extern bool HasChildItems(
        [UnsafeAccessorType(Session)] object session, string provider, string path,
        [UnsafeAccessorType(Context)] object context);

    [UnsafeAccessor(Method, Name = "RemoveItem")]
    internal static extern void RemoveItem(
        [UnsafeAccessorType(Session)] object session, string provider, string path, bool recurse,
        [UnsafeAccessorType(Context)] object context);

    // Exceptions whose error ids only these constructors set.

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    internal static extern ItemNotFoundException NewItemNotFound(string path, string errorId, string text);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    internal static extern DriveNotFoundException NewDriveNotFound(string name, string errorId, string text);
}
