namespace Microsoft.WSMan.Management.Tests.Metadata;

/// <summary>
/// The parameters of the cmdlets, as on Windows (plus -PassThru of Connect-WSMan).
/// </summary>
/// <remarks>
/// One line a parameter: name, type, its sets ("*" is all sets; ":0" a position; "!" mandatory; "|" taken by
/// value and "." by property name from the pipeline), aliases after "=", then the validation.
/// </remarks>
internal static class CommandTable
{
    public const string Connect = """
        ApplicationName String ComputerName NotNullOrEmpty
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String ComputerName:0 =cn
        ConnectionURI Uri URI NotNullOrEmpty
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        OptionSet Hashtable * =os NotNullOrEmpty
        PassThru SwitchParameter *
        Port Int32 * ComputerName NotNullOrEmpty 1..2147483647
        SessionOption SessionOption * =so NotNullOrEmpty
        UseSSL SwitchParameter ComputerName
        """;

    public const string Disconnect = """
        ComputerName String *:0
        """;

    public const string Test = """
        ApplicationName String ComputerName NotNullOrEmpty
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String *:0| =cn
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        Port Int32 ComputerName NotNullOrEmpty 1..2147483647
        UseSSL SwitchParameter ComputerName
        """;

    public const string NewSessionOption = """
        NoEncryption SwitchParameter *
        OperationTimeout Int32 * =OperationTimeoutMSec 0..2147483647
        ProxyAccessType ProxyAccessType * NotNullOrEmpty
        ProxyAuthentication ProxyAuthentication * NotNullOrEmpty
        ProxyCredential PSCredential * Credential NotNullOrEmpty
        SkipCACheck SwitchParameter *
        SkipCNCheck SwitchParameter *
        SkipRevocationCheck SwitchParameter *
        SPNPort Int32 * 0..2147483647
        UseUTF16 SwitchParameter *
        """;
}
