using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>
/// Marshals a document that the library hands over: it is copied into a string, then given back to
/// <c>wsman_string_free</c>. The name says who frees it, so that no call site does.
/// </summary>
[CustomMarshaller(typeof(string), MarshalMode.ManagedToUnmanagedOut, typeof(CallerOwnedUtf8))]
internal static unsafe class CallerOwnedUtf8
{
    public static string? ConvertToManaged(byte* document) => Marshal.PtrToStringUTF8((nint)document);

    public static void Free(byte* document) => NativeMethods.wsman_string_free(document);
}
