namespace Microsoft.WSMan.Management;

/// <summary>
/// The failure of a WS-Management operation. The message is a sentence for a person; a script acts on the
/// properties. No credential is ever part of it. The errors of the drive have it as their inner exception.
/// </summary>
public sealed class WSManException : InvalidOperationException
{
    /// <summary>Makes an exception without a fault.</summary>
    public WSManException(WSManErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Sentence = message;
    }

    /// <summary>Makes an exception whose message is a sentence with advice behind it.</summary>
    internal WSManException(WSManErrorCode code, string sentence, string advice, Exception? innerException = null)
        : base(advice.Length == 0 ? sentence : $"{sentence} {advice}", innerException)
    {
        Code = code;
        Sentence = sentence;
        Advice = advice;
    }

    /// <summary>Makes an exception of another one that says the same failure in other words.</summary>
    internal WSManException(WSManException cause, string sentence, string advice)
        : this(cause.Code, sentence, advice, cause)
    {
        WSManCode = cause.WSManCode;
        WSManCodeName = cause.WSManCodeName;
        FaultKind = cause.FaultKind;
        SoapCode = cause.SoapCode;
        SoapSubcode = cause.SoapSubcode;
        Reason = cause.Reason;
        FaultDetail = cause.FaultDetail;
        Machine = cause.Machine;
        Provider = cause.Provider;
        ProviderPath = cause.ProviderPath;
        ProviderMessage = cause.ProviderMessage;
        SoapFaultXml = cause.SoapFaultXml;
        Trace = cause.Trace;
    }

    /// <summary>The kind of failure.</summary>
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

    /// <summary>The reason of the fault in the server's words; empty without a fault.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The URI of the fault's detail (w:FaultDetail; DSP0226, 14.6); empty where there is none.</summary>
    public string FaultDetail { get; init; } = "";

    /// <summary>The computer where the fault arose, as the server names it; empty where it does not.</summary>
    public string Machine { get; init; } = "";

    /// <summary>The provider on the server that failed (f:ProviderFault; MS-WSMV); empty where none is named.</summary>
    public string Provider { get; init; } = "";

    /// <summary>The file of the provider, as the server names it; empty where it does not.</summary>
    public string ProviderPath { get; init; } = "";

    /// <summary>The text of the provider; empty where it has none.</summary>
    public string ProviderMessage { get; init; } = "";

    /// <summary>The server's SOAP fault as XML (SOAP 1.2, part 1, 5.4); empty where it sent none.</summary>
    public string SoapFaultXml { get; init; } = "";

    /// <summary>
    /// What WinRM says of the failure: the element f:WSManFault, with Code, Machine and Message. It is the server's
    /// where it sent one, and it is never empty.
    /// </summary>
    public string FaultXml => WSManFault.Of(this);

    /// <summary>The kind of the fault, as wsman.h names it; empty without a fault.</summary>
    internal string FaultKind { get; init; } = "";

    /// <summary>Whether the request failed, or was given up, for somebody who had not asked for it.</summary>
    internal bool IsImpatient { get; init; }

    /// <summary>The message without the advice.</summary>
    internal string Sentence { get; }

    /// <summary>The advice in the message; empty where there is none.</summary>
    internal string Advice { get; } = "";

    /// <summary>The exchanges until the failure, for the verbose and the debug stream.</summary>
    internal IReadOnlyList<TraceLine> Trace { get; init; } = [];
}
