namespace Microsoft.WSMan.Management;

/// <summary>
/// The texts of this assembly, each made of whole sentences. All others come from the native library.
/// </summary>
internal static partial class Messages
{
    public const string LocalhostNotConnected =
        "The local computer cannot be disconnected: no session was opened under the name localhost. "
        + "Name another connected computer; Get-ChildItem WSMan:\\ lists them.";

    public const string InvalidConnectionUri =
        "The connection URI does not have the form http://server:port/application or https://server:port/application.";

    public static string NotAComputerName(string name) =>
        $"\"{name}\" is not the name of a computer: its letters outside ASCII have no form for DNS (RFC 5891).";

    public static string PartOfLabel(string pattern) =>
        $"\"{pattern}\" has a * beside letters outside ASCII, which stand for their form in DNS (RFC 5891) and have "
        + "none in parts. Write a * as a whole part between dots, as in *.m\u00FCnchen.example.";

    public const string UriWithUserInfo =
        "The connection URI has a user name or a password in it, which is not supported. Give them with -Credential.";

    public const string WrongDriveRoot =
        "A drive of the WSMan provider has the root WSMan. Leave -Root empty, or give WSMan.";

    public const string NobodyAnswers =
        "The command asks before it does this, and nobody can answer: the input of this PowerShell has ended. -Force "
        + "stands for a yes.";

    public const string SetItemNotSupported = "This item has no value that can be set.";

    public const string NewItemNotSupported =
        "An item cannot be made here. Below WSMan:\\ it is a connection to a computer; below a computer there can be "
        + "new listeners, client certificate mappings and plugins, and parts of plugins.";

    public const string RemoveItemNotSupported =
        "This item cannot be removed. Connected computers, listeners, client certificate mappings and plugins can be, "
        + "and of a plugin its resources, their security, and initialization parameters.";

    public const string ProxyCredentialWithoutProxy =
        "A credential for a proxy was given, and ProxyAccessType says that none is to be used (0x8033819D). "
        + "Leave one of them out of New-WSManSessionOption.";

    public static string NoSuchCertificate(string thumbprint) =>
        $"There is no certificate with the thumbprint {thumbprint} in the store CurrentUser\\My (0x80338082). "
        + "Import it there with its private key, or name a file in the client setting ClientCertificateFile and use "
        + "-Authentication ClientCertificate.";

    public static string CertificateStoreNotRead(string reason) =>
        $"The certificates of the store CurrentUser\\My cannot be read: {reason} "
        + "Name a file in the client setting ClientCertificateFile and use -Authentication ClientCertificate.";

    public static string CertificateWithoutKey(string subject) =>
        $"The certificate {subject} in the store CurrentUser\\My has no private key. Import it again with its key.";

    public static string PrivateKeyNotExportable(string subject) =>
        $"The private key of the certificate {subject} cannot be exported from its store, and TLS needs it here. "
        + "Import it again as exportable, or put it into a file that the client setting ClientCertificateFile names.";

    public const string ProxyNeedsCredential =
        "ProxyAuthentication Basic or Digest needs a user name and password: give -ProxyCredential too.";

    public const string ProxyNeedsAuthentication =
        "ProxyCredential needs to know how it is used: give -ProxyAuthentication too.";

    public static string NotConnected(string computer) =>
        $"There is no connection to {computer}. "
        + "Check the computer name; Get-ChildItem WSMan:\\ lists those that are connected.";

    public static string InvalidPattern(string pattern) =>
        $"\"{pattern}\" is not a valid pattern: [ and ] belong together, and enclose letters or ranges of them.";

    public const string ReleaseGoesOn =
        "The enumeration is released behind this command, once the answer that is on its way has been read.";

    public static string Ending(string computer) => $"Ending the session with {computer}";

    public static string Ending(int sessions) => $"Ending sessions ({sessions})";

    public const string EndingAll = "Ending all sessions";

    public static string EndingOld(string computer) => $"Replacing the session with {computer}";

    public static string EndingSince(int seconds) => $"{seconds} s so far";

    public static string NotConnectedNow(string computer, string reason) =>
        $"{computer} is not connected any more. The command made a connection of its own, which failed: {reason}";

    public static string ConnectAgain(string computer) =>
        $"Connect it again with Connect-WSMan {computer}, or give the command what the connection needs.";

    public static string LocationInUse(string path, string command) =>
        $"The command cannot be used while the location {path} or one below it is in use. "
        + $"Leave it with '{command}' and try again.";

    public static string LocationOnStack(string path, string command, string leave) =>
        $"The command cannot be used while Push-Location keeps the location {path} or one below it. "
        + $"Take it off with '{command}', leave it with '{leave}' and try again.";

    public static string NoSuchPort(int port) => $"There is no port {port}: ports go from 1 to {ushort.MaxValue}.";

    public static string ExclusiveParameters(string one, string other) =>
        $"{one} cannot be given together with {other}: only one of them can say who connects.";

    public const string NoXmlCharacter =
        "The value has a character in it that XML cannot hold, such as a control character.";

    public const string DialectWithoutFilter =
        "-Dialect says in which language a filter is written, and there is no filter. Give -Filter too.";

    public static string SecretNotAllowed(string name) =>
        $"The value of {name} is a secret, and what addresses a resource, or is an option, cannot be one. "
        + "Give it as text if the server is to have it.";

    public static string CredentialNotAllowed(string name) =>
        $"The value of {name} is a credential, which is two values. Give its UserName and its Password, a "
        + "SecureString, each under the name that the resource has for it.";

    public static string NoXmlForm(string name, string type) =>
        $"The value of {name} is of the type {type}, which has no form in XML. "
        + "Give a text, a number, a date, an array of these, or an XML element.";

    public static string HalfSurrogatePair(string name) =>
        $"The value of {name} has half of a surrogate pair in it, which is no character.";

    public static string SelectorIsNull(string name) =>
        $"The selector {name} is $null. Give it a value, or leave it out.";

    public static string SelectorIsArray(string name) =>
        $"The selector {name} has several values, and a selector has one.";

    public static string NotAFileSystemPath(string path) => $"{path} is not a path of the file system.";

    public static string NoSuchFile(string file) => $"There is no file {file}.";

    public static string FileIsFolder(string file) => $"{file} is a folder. Give the path of an XML file.";

    public static string FileUnreadable(string file, string reason) => $"The file {file} cannot be read: {reason}";

    public static string FileTooLarge(string file, int megabytes) =>
        $"The file {file} has more than {megabytes} MB, which is more than a request can hold.";

    public const string NothingInFile = "It is empty, or no file but a pipe or a device.";

    public const string TooManyLinks = "Too many links lead to it.";

    public static string FileIsNotXml(string file, string reason) =>
        $"The file {file} does not hold an XML document without a DOCTYPE: {reason}";

    public static string AnswerIsNotXml(string reason) => $"The answer cannot be read as XML: {reason}";

    public static string ItemCountMismatch(int there, int announced) =>
        $"A page of the enumeration holds {there} items, and {announced} were counted in it.";

    public const string PasswordCannotBeCleared =
        "RunAsPassword cannot be cleared by itself. Clear RunAsUser: the password goes with the user.";

    public const string PasswordWithoutUser =
        "RunAsPassword cannot be set while there is no RunAsUser. Set RunAsUser to a PSCredential, which has both.";

    public static string NotACredential(string name) =>
        $"The value of {name} must be a System.Management.Automation.PSCredential.";

    public static string NotASecureString(string name) =>
        $"The value of {name} must be a System.Security.SecureString.";

    public static string EmptyConfiguration(string uri, string computer) =>
        $"{computer} answered the request for {uri} with nothing.";

    public static string SettingNotAnswered(string setting, string uri, string computer) =>
        $"{computer} listed {setting} among the settings of {uri}, and left it out when it was asked for them again.";

    public static string PathTooLong(string computer, int length, int longest) =>
        $"{computer} has given a name so long that what is under it would have paths of more than {length} characters. "
        + $"It is not listed: it would be where the name and those above it have {longest} characters at most.";

    public const string MadeAllTheSame = "The item was made all the same; only reading it failed.";

    public static string NoConfiguration(string computer, string reason) =>
        $"{computer} is connected, but its service has no WinRM configuration that could be shown here: only "
        + $"Windows has one. Use Get-WSManInstance with a resource URI of this service instead. ({reason})";

    public const string Stopped = "The command was stopped.";

    public const string SecurityCaption = "WinRM security";

    public const string ChangeCaption = "WinRM configuration";

    public const string ContainerHasNoValue = "This is a container, which has no value. Set what is in it.";

    public const string ReadOnlyValue =
        "This value cannot be changed: it is what the item is known by, or it is computed.";

    public const string RestartLocalService =
        "The change takes effect when the WinRM service that is connected as localhost is restarted; on the computer "
        + "where it runs: Restart-Service WinRM.";

    public static string DescribeSet(string path, string value) => $"Set the item {path} to the value {value}.";

    public static string DescribeClear(string path) => $"Clear the value of the item {path}.";

    public static string DescribeNew(string path) => $"Make an item at {path}.";

    public static string DescribeRemove(string path) => $"Remove the item {path}.";

    public static string DescribeConnect(string computer) => $"Open a session with {computer}.";

    public static string DescribeDisconnect(string computer) => $"End the session with {computer}.";

    public static string ConfirmText(string description) => $"Are you sure? {description}";

    public static string ValueIsNull(string path) => $"The value for {path} is $null. Clear-Item empties an item.";

    public static string NoSuchItem(string path) =>
        $"There is no item {path}. Get-ChildItem of the path above lists what there is.";

    public static string PartOfNoService(string path, string below) =>
        $"There is no item {path}: it would be part of a WinRM service, and this computer has none. "
        + $"Of a computer with Windows it is WSMan:\\server01\\{below}, once Connect-WSMan server01 has connected it.";

    public static string OnlyGetAndSet(string resource) =>
        $"{resource} of this computer is your own client settings, which Get-WSManInstance reads and Set-WSManInstance "
        + "changes, and nothing else can be done with them. To ask a service, name its computer.";

    public static string NoServiceToObey(string what, string resource) =>
        $"{what} have no meaning here: {resource} of this computer is your own client settings, and no service that "
        + "could obey them. Leave them out; to ask a service, name its computer.";

    public static string NoSuchClientSetting(string name, string resource, string known) =>
        $"There is no {name} in {resource} of this computer, which is your own client settings; there are "
        + $"{known}.";

    public static string GroupHasNoValue(string group, string resource) =>
        $"{group} of {resource} is a group of settings, which has no value. Set what is in it, as a resource of its "
        + $"own: winrm/config/client{(group == "Client" ? "" : $"/{group.ToLowerInvariant()}")}";

    public static string SettingIsOneText(string name) =>
        $"The value of {name} must be one text. A list is written with commas, and \"\" empties it.";

    public static string OtherDocument(string resource, string expected, string root) =>
        $"The document is not that of {resource}: its root is {root}, and has to be {expected} in a namespace of "
        + "winrm/config.";

    public static string FragmentOfFile(string resource) =>
        $"A file holds the whole of {resource}, and a fragment is a part of it. Give -ValueSet with -Fragment.";

    public static string ValueIsNotText(string path) => $"The value for {path} must be one text (System.String).";

    public static string ControlledByPolicy(string path, string source) =>
        $"{path} is set by a policy ({source}) and cannot be changed here (0x8033808A). Change the policy instead.";

    public static string ItemExists(string path) =>
        $"There is an item {path} already. Remove it first, or set its value with Set-Item.";

    public static string NotAPlugin(string file, string root, string ns) =>
        $"The file {file} does not describe a plugin: its root is {root}, and has to be PlugInConfiguration of the "
        + $"namespace {ns}.";

    public static string AskTrustedHosts(string computer) =>
        $"This changes the list of computers that the WinRM client of {computer} trusts without proof of who they "
        + "are. It may send credentials to them. Change the list?";

    public const string AskFreshCredentials =
        "This changes the list of computers that may be given your password itself when you connect with CredSSP. "
        + "Whoever rules such a computer can then act as you. Change the list?";

    public const string AskLegacyTlsHosts =
        "This changes the list of computers to which TLS may be so old or weak that whoever is in between can read and "
        + "change what is sent, passwords included. Change the list?";

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

    public static string RestartService(string computer) =>
        $"The change takes effect when the WinRM service of {computer} is restarted.";

    public static string PluginQuotaIsCapped(string computer, string quota) =>
        $"The quota of the plugin takes effect only if it is not above the quota of the computer, "
        + $"WSMan:\\{computer}\\Shell\\{quota}.";

    public static string QuotaCapsPlugins(string quota) =>
        $"Plugins with a quota above the new value of {quota} are bound by it as well.";
}
