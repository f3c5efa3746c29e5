namespace Microsoft.WSMan.Management;

/// <summary>
/// A WS-Management operation that failed. The message is a sentence for a person; what a script acts on is
/// in the properties. No credential is ever part of it.
/// </summary>
public sealed class WSManException : InvalidOperationException
{
    /// <summary>Makes an exception with no more than a message.</summary>
    public WSManException(WSManErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What kind of failure it is.</summary>
    public WSManErrorCode Code { get; }

    /// <summary>The number that Windows reports for the same failure; 0 where it has none.</summary>
    public uint WSManCode { get; init; }

    /// <summary>The server's SOAP fault as XML (SOAP 1.2, part 1, 5.4); empty where it sent none.</summary>
    public string FaultXml { get; init; } = "";
}
