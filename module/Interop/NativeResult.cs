using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>Turns the two results of a call, a code and a document, into a value or an exception.</summary>
internal static class NativeResult
{
    /// <summary>ERROR_OUTOFMEMORY of Windows.</summary>
    private const uint OutOfMemory = 14;

    /// <summary>The document of a call that succeeded.</summary>
    /// <exception cref="WSManException">The call failed, or the document is unlike that of the header.</exception>
    public static T Read<T>(WSManErrorCode code, string? document, JsonTypeInfo<T> type)
        where T : class
    {
        if (code != WSManErrorCode.None)
        {
            throw Failure(code, document);
        }

        try
        {
            T? value = document is null ? null : JsonSerializer.Deserialize(document, type);
            return value ?? throw Failure(WSManErrorCode.Internal, null);
        }
        catch (JsonException e)
        {
            throw new WSManException(
                WSManErrorCode.Internal, $"libwsman_native returned a document that is not a {typeof(T).Name}.", e);
        }
    }

    /// <summary>The exception for a call that failed; a document that cannot be read leaves the code.</summary>
    public static WSManException Failure(WSManErrorCode code, string? document)
    {
        // Nothing in the error document is relied on: an error about the error would hide the first one.
        ErrorDocument? failure = Parse(document);
        ErrorBody? error = failure?.Error;
        // The library returns no document only when memory ran out (wsman.h).
        bool lackedMemory = document is null && code == WSManErrorCode.Internal;
        string sentence = error?.Message ??
            (lackedMemory ? "Memory ran out." : $"libwsman_native failed with {code} and said nothing more.");
        return new WSManException(code, sentence, AdviceIn(error))
        {
            WSManCode = error?.WsmanCode ?? (lackedMemory ? OutOfMemory : 0),
            WSManCodeName = error?.WsmanName ?? (lackedMemory ? "ERROR_OUTOFMEMORY" : ""),
            FaultKind = error?.Fault?.Kind ?? "",
            SoapCode = error?.Fault?.SoapCode ?? "",
            SoapSubcode = error?.Fault?.SoapSubcode ?? "",
            Reason = error?.Fault?.Reason ?? "",
            FaultDetail = error?.Fault?.Detail ?? "",
            Machine = error?.Fault?.Machine ?? "",
            Provider = error?.Fault?.Provider ?? "",
            ProviderPath = error?.Fault?.ProviderPath ?? "",
            ProviderMessage = error?.Fault?.ProviderMessage ?? "",
            SoapFaultXml = error?.FaultXml ?? "",
            Trace = failure?.Trace ?? [],
        };
    }

    private static string AdviceIn(ErrorBody? error) => string.Join(
        ' ', (error?.Advice ?? []).Select(advice => Advice.Sentence(advice?.Key, advice?.Arguments)).OfType<string>());

    private static ErrorDocument? Parse(string? document)
    {
        try
        {
            return document is null
                ? null
                : JsonSerializer.Deserialize(document, DocumentContext.Default.ErrorDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
