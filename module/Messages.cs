namespace Microsoft.WSMan.Management;

/// <summary>The sentences that this assembly says itself. All others come from the native library.</summary>
internal static class Messages
{
    public const string LocalHost =
        "The local computer cannot be disconnected: no session was opened under the name localhost. "
        + "Name another connected computer; Get-ChildItem WSMan:\\ lists them.";

    public const string NotProperUri =
        "The connection URI does not have the form http://server:port/application or https://server:port/application.";

    public const string UriWithUserInfo =
        "The connection URI has a user name or a password in it, which is not supported. Give them with -Credential.";

    public const string NoSuchDriveRoot =
        "A drive of the WSMan provider has the root WSMan. Leave -Root empty, or give WSMan.";

    public const string SetItemNotSupported = "This item has no value that can be set.";

    public const string NewItemNotSupported =
        "An item cannot be made here. Below WSMan:\\ it is a connection to a computer; below a computer there can be "
        + "new listeners, client certificate mappings and plugins, and parts of plugins.";

    public const string RemoveItemNotSupported =
        "This item cannot be removed. Connected computers, listeners, client certificate mappings and plugins can be, "
        + "and of a plugin its resources, their security, and initialization parameters.";

    public const string NoProxyWithCredential =
        "A credential for a proxy was given, and ProxyAccessType says that none is to be used (0x8033819D). "
        + "Leave one of them out of New-WSManSessionOption.";

    public static string NoSuchCertificate(string thumbprint) =>
        $"There is no certificate with the thumbprint {thumbprint} in the store CurrentUser\\My (0x80338082). "
        + "Import it there with its private key, or name a file in the client setting ClientCertificateFile and use "
        + "-Authentication ClientCertificate.";

    public static string CertificateWithoutKey(string subject) =>
        $"The certificate {subject} in the store CurrentUser\\My has no private key. Import it again with its key.";

    public static string KeyCannotBeExported(string subject) =>
        $"The private key of the certificate {subject} cannot be exported from its store, and TLS needs it here. "
        + "Import it again as exportable, or put it into a file that the client setting ClientCertificateFile names.";

    public const string ProxyNeedsCredential =
        "ProxyAuthentication Basic or Digest needs a user name and password: give -ProxyCredential too.";

    public const string ProxyNeedsAuthentication =
        "ProxyCredential needs to know how it is used: give -ProxyAuthentication too.";

    public const string CredSSPCaption = "CredSSP authentication";

    public const string DelegateComputerOfServer =
        "-DelegateComputer cannot be given with -Role Server: it names the computers that a client may give "
        + "credentials to. Give -Role Client, or leave -DelegateComputer out.";

    public const string ClientWithoutDelegateComputer =
        "-Role Client needs -DelegateComputer: the computers that may be given your password, such as server01 or "
        + "*.example.com.";

    public const string NoFreshCredentials =
        "Your client settings let no computer be given your password: AllowFreshCredentials has no entry of wsman.";

    public const string NoServiceToConfigure =
        "This computer has no WinRM service whose CredSSP could be configured; of a connected computer, "
        + "WSMan:\\server01\\Service\\Auth\\CredSSP shows it.";

    public const string ListedOnly =
        "Before that, the computers were added to AllowFreshCredentials; CredSSP itself is as it was.";

    public const string SwitchedOffOnly =
        "Before that, CredSSP was turned off; AllowFreshCredentials still has its entries.";

    public static string FreshCredentialsFor(string computers) =>
        $"Your client settings let your password be given to these computers when you connect with CredSSP: {computers}";

    public static string CredSSPIsOff(string computers) =>
        "CredSSP is turned off in your client settings (Auth\\CredSSP); when it is turned on, your password may be "
        + $"given to these computers: {computers}";

    public static string AskCredSSP(string computers) =>
        "A connection with CredSSP gives your password itself to the computer, and not only a proof that you know "
        + "it. Whoever rules the computer can then act as you everywhere, and keep the password. "
        + $"Allow this for {computers}?";

    public static string NoServiceForCredSSP(bool on) =>
        $"CredSSP cannot be turned {(on ? "on" : "off")} for the WinRM service of this computer, because it has none; "
        + "for that of a computer with Windows use: Connect-WSMan server01; "
        + $"Set-Item WSMan:\\server01\\Service\\Auth\\CredSSP -Value {(on ? "$true" : "$false")}";

    public static string NoQuickConfig(bool ssl, bool publicToo) =>
        "This computer has no WinRM service that could be set up. On a computer with Windows run "
        + (ssl ? "winrm quickconfig -transport:https" : $"Enable-PSRemoting{Public(publicToo)} or winrm quickconfig")
        + "; where its WinRM answers already, a listener is made from here with: Connect-WSMan server01; "
        + $"New-Item WSMan:\\server01\\Listener -Address * -Transport {(ssl ? "HTTPS" : "HTTP")}";

    public static string NotConnected(string computer) =>
        $"There is no connection to {computer}. "
        + "Check the computer name; Get-ChildItem WSMan:\\ lists those that are connected.";

    public static string StandingThere(string path, string command) =>
        $"The command cannot be used while the location {path} or one below it is in use. "
        + $"Leave it with '{command}' and try again.";

    public static string PushedThere(string path) =>
        $"The command cannot be used while Push-Location keeps the location {path} or one below it. "
        + "Take it off with 'Pop-Location', leave it with 'Set-Location WSMan:\\' and try again.";

    public static string NoSuchPort(int port) => $"There is no port {port}: ports go from 1 to {ushort.MaxValue}.";

    public static string Ambiguous(string one, string other) =>
        $"{one} cannot be given together with {other}: only one of them can say who connects.";

    public const string DialectWithoutFilter =
        "-Dialect says in which language a filter is written, and there is no filter. Give -Filter too.";

    public static string SecretValue(string name) =>
        $"The value of {name} is a secret, and what addresses a resource, or is an option, cannot be one. "
        + "Give it as text if the server is to have it.";

    public static string CredentialValue(string name) =>
        $"The value of {name} is a credential, which is two values. Give its UserName and its Password, a "
        + "SecureString, each under the name that the resource has for it.";

    public static string NoText(string name, string type) =>
        $"The value of {name} is of the type {type}, which has no form in XML. "
        + "Give a text, a number, a date, an array of these, or an XML element.";

    public static string BrokenText(string name) =>
        $"The value of {name} has half of a surrogate pair in it, which is no character.";

    public static string SelectorIsNull(string name) =>
        $"The selector {name} is $null. Give it a value, or leave it out.";

    public static string SelectorIsArray(string name) =>
        $"The selector {name} has several values, and a selector has one.";

    public static string NotAFilePath(string path) => $"{path} is not a path of the file system.";

    public static string NoSuchFile(string file) => $"There is no file {file}.";

    public static string FileIsFolder(string file) => $"{file} is a folder. Give the path of an XML file.";

    public static string FileUnreadable(string file, string reason) => $"The file {file} cannot be read: {reason}";

    public static string FileTooLarge(string file, int megabytes) =>
        $"The file {file} has more than {megabytes} MB, which is more than a request can hold.";

    public static string FileIsNotXml(string file, string reason) =>
        $"The file {file} does not hold an XML document without a DOCTYPE: {reason}";

    public static string BrokenAnswer(string reason) => $"The answer cannot be read as XML: {reason}";

    public static string MiscountedPage(int there, int announced) =>
        $"A page of the enumeration holds {there} items, and {announced} were counted in it.";

    public const string PasswordCannotBeCleared =
        "RunAsPassword cannot be cleared by itself. Clear RunAsUser: the password goes with the user.";

    public const string PasswordWithoutUser =
        "RunAsPassword cannot be set while there is no RunAsUser. Set RunAsUser to a PSCredential, which has both.";

    public static string WrongType(string name, string type) => $"The value of {name} must be a {type}.";

    public static string EmptyConfiguration(string uri, string computer) =>
        $"{computer} answered the request for {uri} with nothing.";

    public static string NoConfiguration(string computer, string reason) =>
        $"{computer} is connected, but its service has no WinRM configuration that could be shown here: only "
        + $"Windows has one. Use Get-WSManInstance with a resource URI of this service instead. ({reason})";

    public const string Stopped = "The command was stopped.";

    public const string SecurityCaption = "WinRM security";

    public const string ChangeCaption = "WinRM configuration";

    public const string ContainerHasNoValue = "This is a container, which has no value. Set what is in it.";

    public const string ValueCannotChange =
        "This value cannot be changed: it is what the item is known by, or it is computed.";

    public const string RestartHere =
        "The change takes effect when the WinRM service is restarted: Restart-Service WinRM.";

    public static string SetThis(string path, string value) => $"Set the item {path} to the value {value}.";

    public static string ClearThis(string path) => $"Clear the value of the item {path}.";

    public static string MakeThis(string path) => $"Make an item at {path}.";

    public static string RemoveThis(string path) => $"Remove the item {path}.";

    public static string OpenSession(string computer) => $"Open a session with {computer}.";

    public static string EndSession(string computer) => $"End the session with {computer}.";

    public static string Sure(string description) => $"Are you sure? {description}";

    public static string ValueIsNull(string path) => $"The value for {path} is $null. Clear-Item empties an item.";

    public static string NoSuchItem(string path) =>
        $"There is no item {path}. Get-ChildItem of the path above lists what there is.";

    public static string NeedsText(string path) => $"The value for {path} must be one text (System.String).";

    public static string SetByPolicy(string path, string source) =>
        $"{path} is set by a policy ({source}) and cannot be changed here (0x8033808A). Change the policy instead.";

    public static string AlreadyThere(string path) =>
        $"There is an item {path} already. Remove it first, or set its value with Set-Item.";

    public static string NotAPlugin(string file, string root) =>
        $"The file {file} does not describe a plugin: its root is {root}, and has to be PlugInConfiguration of the "
        + $"namespace {ConfigResource.PluginNamespace}.";

    public static string AskTrustedHosts(string computer) =>
        $"This changes the list of computers that the WinRM client of {computer} trusts without proof of who they "
        + "are. It may send credentials to them. Change the list?";

    public const string AskFreshCredentials =
        "This changes the list of computers that may be given your password itself when you connect with CredSSP. "
        + "Whoever rules such a computer can then act as you. Change the list?";

    public static string AskRootSddl(string computer) =>
        $"This changes who may reach the WinRM service of {computer} at all, this connection included. Change it?";

    public static string AskInstance(string container, string computer) =>
        $"This changes a {container} of {computer}, and may end the connection by which it is changed. Change it?";

    public static string AskPluginSecurity(string plugin, string computer) =>
        $"This changes who may use the plugin {plugin} of {computer}. Change it?";

    public static string AskNewListener(string computer) =>
        $"A new listener lets the WinRM service of {computer} be reached over the network. Make it?";

    public static string AskNewMapping(string computer) =>
        $"A mapping lets whoever has such a certificate be the user on {computer}. Make it?";

    public static string RestartThere(string computer) =>
        $"The change takes effect when the WinRM service of {computer} is restarted.";

    public static string QuotaOfPlugin(string computer, string quota) =>
        $"The quota of the plugin takes effect only if it is not above the quota of the computer, "
        + $"WSMan:\\{computer}\\Shell\\{quota}.";

    public static string QuotaOfAll(string quota) =>
        $"Plugins with a quota above the new value of {quota} are bound by it as well.";

    private static string Public(bool too) => too ? " -SkipNetworkProfileCheck" : "";
}
