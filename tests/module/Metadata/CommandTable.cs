namespace Microsoft.WSMan.Management.Tests.Metadata;

/// <summary>
/// The parameters of the cmdlets, as on Windows, plus -PassThru of Connect-WSMan, and -WhatIf and -Confirm of
/// those that change something.
/// </summary>
/// <remarks>
/// One line a parameter: name, type, its sets ("*" is all sets; ":0" a position; "!" mandatory; "|" taken by
/// value and "." by property name from the pipeline), aliases after "=", then the validation.
/// </remarks>
internal static class CommandTable
{
    /// <summary>All cmdlets of the module, sorted.</summary>
    public static readonly string[] Names =
    [
        "Connect-WSMan",
        "Disable-WSManCredSSP",
        "Disconnect-WSMan",
        "Enable-WSManCredSSP",
        "Get-WSManCredSSP",
        "Get-WSManInstance",
        "Invoke-WSManAction",
        "New-WSManInstance",
        "New-WSManSessionOption",
        "Remove-WSManInstance",
        "Set-WSManInstance",
        "Set-WSManQuickConfig",
        "Test-WSMan",
    ];

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

    public const string GetInstance = """
        ApplicationName String Enumerate GetInstance
        Associations SwitchParameter Enumerate
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        BasePropertiesOnly SwitchParameter Enumerate =UBPO,Base
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String Enumerate GetInstance =CN
        ConnectionURI Uri Enumerate GetInstance =CURI,CU
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        Dialect Uri *
        Enumerate SwitchParameter Enumerate!
        Filter String Enumerate NotNullOrEmpty
        Fragment String GetInstance NotNullOrEmpty
        OptionSet Hashtable *|. =OS NotNullOrEmpty
        Port Int32 Enumerate GetInstance
        ResourceURI Uri *:0!|. =RURI
        ReturnType String Enumerate =RT NotNullOrEmpty object,epr,objectandepr
        SelectorSet Hashtable GetInstance
        SessionOption SessionOption * =SO NotNullOrEmpty
        Shallow SwitchParameter Enumerate
        UseSSL SwitchParameter Enumerate GetInstance =SSL
        """;

    public const string SetInstance = """
        ApplicationName String ComputerName NotNullOrEmpty
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String ComputerName =cn
        Confirm SwitchParameter * =cf
        ConnectionURI Uri URI NotNullOrEmpty
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        Dialect Uri * NotNullOrEmpty
        FilePath String *. =Path NotNullOrEmpty
        Fragment String ComputerName URI NotNullOrEmpty
        OptionSet Hashtable * =os NotNullOrEmpty
        Port Int32 ComputerName NotNullOrEmpty 1..2147483647
        ResourceURI Uri *:0! =ruri NotNullOrEmpty
        SelectorSet Hashtable *:1|. NotNullOrEmpty
        SessionOption SessionOption * =so NotNullOrEmpty
        UseSSL SwitchParameter ComputerName =ssl
        ValueSet Hashtable *. NotNullOrEmpty
        WhatIf SwitchParameter * =wi
        """;

    // On Windows -SelectorSet may not be empty; here it may, because a shell has no key of the client's.
    public const string NewInstance = """
        ApplicationName String ComputerName NotNullOrEmpty
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String ComputerName =cn
        Confirm SwitchParameter * =cf
        ConnectionURI Uri URI =CURI,CU NotNullOrEmpty
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        FilePath String * =Path NotNullOrEmpty
        OptionSet Hashtable * =os NotNullOrEmpty
        Port Int32 ComputerName NotNullOrEmpty 1..2147483647
        ResourceURI Uri *:0! =ruri NotNullOrEmpty
        SelectorSet Hashtable *:1!| ValidateNotNullAttribute
        SessionOption SessionOption * =so NotNullOrEmpty
        UseSSL SwitchParameter ComputerName
        ValueSet Hashtable *
        WhatIf SwitchParameter * =wi
        """;

    public const string RemoveInstance = """
        ApplicationName String ComputerName NotNullOrEmpty
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String ComputerName =cn
        Confirm SwitchParameter * =cf
        ConnectionURI Uri URI NotNullOrEmpty
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        OptionSet Hashtable * =os NotNullOrEmpty
        Port Int32 ComputerName NotNullOrEmpty 1..2147483647
        ResourceURI Uri *:0! =ruri NotNullOrEmpty
        SelectorSet Hashtable *:1!|. NotNullOrEmpty
        SessionOption SessionOption * =so NotNullOrEmpty
        UseSSL SwitchParameter ComputerName =ssl
        WhatIf SwitchParameter * =wi
        """;

    public const string InvokeAction = """
        Action String *:1! NotNullOrEmpty
        ApplicationName String ComputerName NotNullOrEmpty
        Authentication AuthenticationMechanism * =auth,am NotNullOrEmpty
        CertificateThumbprint String * NotNullOrEmpty
        ComputerName String ComputerName =cn
        Confirm SwitchParameter * =cf
        ConnectionURI Uri URI =CURI,CU NotNullOrEmpty
        Credential PSCredential *. =cred,c Credential NotNullOrEmpty
        FilePath String * =Path NotNullOrEmpty
        OptionSet Hashtable *|. =os NotNullOrEmpty
        Port Int32 ComputerName NotNullOrEmpty 1..2147483647
        ResourceURI Uri *:0!|. =ruri NotNullOrEmpty
        SelectorSet Hashtable *:2|. NotNullOrEmpty
        SessionOption SessionOption * =so NotNullOrEmpty
        UseSSL SwitchParameter ComputerName
        ValueSet Hashtable * NotNullOrEmpty
        WhatIf SwitchParameter * =wi
        """;

    public const string EnableCredSSP = """
        DelegateComputer String[] *:1 NotNullOrEmpty
        Force SwitchParameter *
        Role String *:0! Client,Server
        """;

    public const string DisableCredSSP = """
        Role String *:0! Client,Server
        """;

    public const string GetCredSSP = "";

    public const string QuickConfig = """
        Force SwitchParameter *
        SkipNetworkProfileCheck SwitchParameter *
        UseSSL SwitchParameter *
        """;
}
