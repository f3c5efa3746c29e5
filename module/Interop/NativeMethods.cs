using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// The imports of native/include/wsman/wsman.h, with the names and the order of that header. Its comments
/// hold; nothing is added here. <see cref="NativeLibraryResolver"/> loads the library before the first call.
/// </summary>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "wsman_native";

    /// <summary>WSMAN_ABI_VERSION of the header that this file was written from.</summary>
    internal const uint AbiVersion = 8;

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial uint wsman_abi_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_registry_new(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        out RegistryHandle registry,
        string? settingsPath);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void wsman_registry_free(nint registry);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_connect(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        RegistryHandle registry,
        ulong operationId,
        string request,
        NativeCredentials* credentials);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_identify(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        out BytesHandle answer,
        RegistryHandle registry,
        ulong operationId,
        string request,
        NativeCredentials* credentials);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_list(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document, RegistryHandle registry);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_state(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document, RegistryHandle registry, ulong sessionId);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_request(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        out BytesHandle answer,
        RegistryHandle registry,
        ulong operationId,
        string request,
        NativeInput* input);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_enumerate_open(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        out BytesHandle page,
        RegistryHandle registry,
        ulong operationId,
        string request,
        NativeCredentials* credentials);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_enumerate_next(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        out BytesHandle page,
        RegistryHandle registry,
        ulong operationId,
        ulong enumerationId);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_enumerate_close(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        RegistryHandle registry,
        ulong operationId,
        ulong enumerationId,
        uint timeoutMilliseconds);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_disconnect(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        RegistryHandle registry,
        ulong operationId,
        string computer,
        uint timeoutMilliseconds);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_close(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        RegistryHandle registry,
        ulong operationId,
        ulong* sessionIds,
        nuint sessionCount,
        uint timeoutMilliseconds);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_close_all(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document,
        RegistryHandle registry,
        ulong operationId,
        uint timeoutMilliseconds);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_settings_get(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document, RegistryHandle registry);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial WSManErrorCode wsman_settings_set(
        [MarshalUsing(typeof(CallerOwnedUtf8))] out string? document, RegistryHandle registry, string request);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void wsman_cancel(RegistryHandle registry, ulong operationId);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void wsman_string_free(byte* document);

    [LibraryImport(Library)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    internal static partial void wsman_bytes_free(nint bytes);
}
