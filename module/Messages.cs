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
        "An item cannot be made here. To connect to a computer, make the item below WSMan:\\.";

    public const string RemoveItemNotSupported =
        "This item cannot be removed. Below WSMan:\\, connected computers can.";

    public const string ProxyNotOffered =
        "This version connects without a proxy. "
        + "Make the session option without -ProxyAuthentication and -ProxyCredential.";

    public const string ProxyNeedsCredential =
        "ProxyAuthentication Basic or Digest needs a user name and password: give -ProxyCredential too.";

    public const string ProxyNeedsAuthentication =
        "ProxyCredential needs to know how it is used: give -ProxyAuthentication too.";

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
}
