using Microsoft.WSMan.Management.Interop;

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

    /// <summary>The symbolic name of <see cref="WSManCode"/> in Windows' headers; or empty.</summary>
    public string WSManCodeName { get; init; } = "";

    /// <summary><see cref="WSManCode"/> as a signed number, the way scripts on Windows compare it.</summary>
    public int SignedCode => unchecked((int)WSManCode);

    /// <summary>The code of the server's fault, such as Sender (SOAP 1.2, part 1, 5.4.1); or empty.</summary>
    public string SoapCode { get; init; } = "";

    /// <summary>The subcode of the fault, such as InvalidSelectors (DSP0226, 14.6); or empty.</summary>
    public string SoapSubcode { get; init; } = "";

    /// <summary>The reason that the server gives in words; empty without a fault.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The URI of the fault's detail (w:FaultDetail; DSP0226, 14.6); empty where there is none.</summary>
    public string FaultDetail { get; init; } = "";

    /// <summary>The computer where the fault arose, as the server names it; empty where it does not.</summary>
    public string Machine { get; init; } = "";

    /// <summary>The provider on the server that failed (f:ProviderFault; MS-WSMV); empty where none is named.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The file of the provider, as the server names it; empty where it does not.</summary>
    public string ProviderPath { get; init; } = "";

    /// <summary>What the provider says itself; empty where it says nothing.</summary>
    public string ProviderMessage { get; init; } = "";

    /// <summary>The server's SOAP fault as XML (SOAP 1.2, part 1, 5.4); empty where it sent none.</summary>
    public string FaultXml { get; init; } = "";

    /// <summary>What was exchanged until the failure, for the verbose and the debug stream.</summary>
    internal IReadOnlyList<TraceLine> Trace { get; init; } = [];
}
