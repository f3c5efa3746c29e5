using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.WSMan.Management.Interop;

/// <summary>Turns what a call returned, a code and a document, into a value or an exception.</summary>
internal static class Document
{
    /// <summary>The document of a call that succeeded.</summary>
    /// <exception cref="WSManException">The call failed, or the document is not what the header says.</exception>
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
            return value ?? throw new WSManException(WSManErrorCode.Internal, "libwsman_native ran out of memory.");
        }
        catch (JsonException e)
        {
            throw new WSManException(
                WSManErrorCode.Internal, $"libwsman_native returned a document that is not a {typeof(T).Name}.", e);
        }
    }

    /// <summary>The exception for a call that failed.</summary>
    public static WSManException Failure(WSManErrorCode code, string? document)
    {
        ErrorDocument? failure = Parse(document);
        ErrorBody? error = failure?.Error;
        return new WSManException(code, error?.Message ?? $"libwsman_native failed with {code} and said nothing more.")
        {
            WSManCode = error?.WsmanCode ?? 0,
            WSManCodeName = error?.WsmanName ?? "",
            SoapCode = error?.Fault?.SoapCode ?? "",
            SoapSubcode = error?.Fault?.SoapSubcode ?? "",
            Reason = error?.Fault?.Reason ?? "",
            FaultDetail = error?.Fault?.Detail ?? "",
            Machine = error?.Fault?.Machine ?? "",
            Provider = error?.Fault?.Provider ?? "",
            ProviderPath = error?.Fault?.ProviderPath ?? "",
            ProviderMessage = error?.Fault?.ProviderMessage ?? "",
            FaultXml = error?.FaultXml ?? "",
            Trace = failure?.Trace ?? [],
        };
    }

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
