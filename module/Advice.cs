using System.Globalization;
using System.Management.Automation.Language;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The advice of the native library in PowerShell's words. An error of the library names it by a key, since only this
/// assembly knows cmdlets, parameters and the drive; wsman.h lists the keys and their arguments.
/// </summary>
internal static class Advice
{
    private static readonly Dictionary<string, string> s_sentences = new(StringComparer.Ordinal)
    {
        // Connections.
        ["UseTls"] = "Use -UseSSL.",
        ["UseTlsIfSpoken"] = "If the port speaks TLS, use -UseSSL.",
        ["ConnectAgain"] = "Run Connect-WSMan again.",
        ["ConnectWithOtherCredential"] = "Run Connect-WSMan again with one that it accepts.",
        ["CheckSessionName"] =
            @"Check the computer name: it is the one given to Connect-WSMan (dir WSMan:\ lists them).",
        ["CheckComputerName"] = "Check the spelling, or give the IP address.",
        ["GiveNameAlone"] = "Give the name alone, and what is more with -Port, -ApplicationName and -UseSSL.",
        ["AddZone"] = "Write the interface behind the address, as in fe80::1%eth0.",
        ["CheckReachable"] =
            "Check the name and the port, that the WS-Management service listens there, and that no firewall "
            + "is in between.",
        ["CheckPort"] = "Check that a WS-Management service listens on that port.",
        ["CheckService"] = "Check that a WS-Management service listens there.",
        ["RaiseFileLimit"] =
            "Raise the limit (ulimit -n) before PowerShell starts, or close sessions that are not needed: "
            + "Get-WSManSession | Remove-WSManSession.",
        ["LookForBalancer"] =
            "If it happens again, look for a load balancer or proxy that gives one connection's requests to "
            + "several servers.",
        ["CheckAddress"] =
            "Check the port, the application name (-ApplicationName, usually wsman) and that the "
            + "WS-Management service runs.",
        ["CheckPortAndPath"] = "Check that the port and the application name lead to a WS-Management service.",
        ["CheckTlsPort"] = "Check that the port speaks TLS 1.2 or later; a plain http port needs no -UseSSL.",
        ["MatchCiphers"] =
            "Have one allowed that both know: in the server's settings, or in the configuration of OpenSSL here "
            + "(openssl.cnf).",
        ["CheckOutcome"] = "Whether the server carried out the request is not known; it is not sent again.",
        ["AllowMoreTime"] = "Check that the computer is up and reachable, or allow more time.",
        ["AllowMoreTimeBySetting"] =
            @"Check that the computer is up and reachable, or raise WSMan:\localhost\{0}, which is in milliseconds.",
        ["TryAgain"] = "Try again.",
        ["TryLater"] = "Try again later.",
        ["ConnectThere"] = "Redirects are never followed; connect to that place if you trust it.",
        ["WriteConnectionUri"] = "Write it as https://server01:5986/wsman.",
        ["SendLess"] = "Lower MaxEnvelopeSizekb, or send less at once.",
        ["RaiseEnvelopeSize"] =
            @"Raise the client setting WSMan:\localhost\MaxEnvelopeSizekb if such answers are expected.",
        ["ReadServerLog"] = "Look at the server's own log.",
        ["UpdateServer"] = "Look for an update of the server.",
        ["AskWithoutElement"] =
            "Look for an update of the server, or ask for the other properties only: with -Fragment, or with "
            + "-Filter and a query that names them.",

        // Client settings.
        ["TurnOnSetting"] = @"To turn it on: Set-Item WSMan:\localhost\{0} -Value $true",
        ["AllowBySetting"] = @"To allow it all the same: Set-Item WSMan:\localhost\{0} -Value $true",
        ["CorrectSettingsFile"] = "Correct it, or move it away to use the defaults.",
        ["ProtectFile"] =
            "Look through the settings, then: chmod go-w {0}. Where that changes nothing, as on a Windows drive in "
            + "WSL, let XDG_CONFIG_HOME name another folder.",
        ["OwnFile"] = "Look through the settings, then: chown $(id -un) {0}",
        ["LetOwnerRead"] = "To be allowed to: chmod u+r {0}",

        // Who connects.
        ["AddCredential"] = "Add -Credential.",
        ["AddCredentialIfSilent"] = "Some services, OMI among them, say nothing to a request without a credential: add one.",
        ["AddPassword"] = "Give one.",
        ["AddUserName"] = "Give one.",
        ["AddCredentialForCredSsp"] = "Add -Credential: what you are logged on with here cannot be handed over.",
        ["AddCredentialOrName"] = "Give the computer's name, or -Credential.",
        ["AddCredentialForTicket"] = "It does not accept your Kerberos ticket: give -Credential.",
        ["LeaveOutCredential"] = "Leave -Credential out.",
        ["LeaveOutCredentialOrNegotiate"] = "Leave -Credential out, or use -Authentication Negotiate.",
        ["LeaveOutCharacter"] = "Leave it out.",
        ["CheckCredential"] = "Check the user name and the password.",
        ["CheckLocalAccount"] =
            "If they are right and the account is one of that computer's own, it has to be a member of Administrators "
            + "or Remote Management Users there; and an administrator other than Administrator is refused unless "
            + @"LocalAccountTokenFilterPolicy is 1 there (HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System).",
        ["UseNegotiateBeyondAscii"] =
            "If letters outside ASCII are in them, use -Authentication Negotiate: Basic sends UTF-8, and some servers "
            + "read another encoding.",
        ["CheckOneConnection"] =
            "If they are right, look for a load balancer or proxy in between: the steps of {0} have to reach one server "
            + "over one connection.",
        ["CheckUserAndRealm"] = "Check the user name, and give its realm: user@REALM.",
        ["ChooseOtherPassword"] = "Change the password.",
        ["ChangePassword"] = "Change it.",
        ["ChangeKerberosPassword"] = "Change it, with kpasswd say.",
        ["AskAdministrator"] = "Ask whoever administers the account.",
        ["UseAuthentication"] = "Use -Authentication {0}.",
        ["MatchAuthentication"] = "Use -Authentication and -Credential to match.",
        ["MatchOrTurnOn"] = @"Use -Authentication to match, or turn {0} on at the server (Service\Auth).",
        ["UseOtherAuthentication"] = "Use another -Authentication if it is not set up here.",
        ["UseOtherThanDigest"] = "Use another -Authentication, or change the server's settings.",
        ["UseComputerName"] = "Give the computer's name.",
        ["LeaveOutSpnPort"] = "Leave -SPNPort out, or use -Authentication Kerberos or Negotiate.",
        ["EncryptMessages"] =
            "Leave -NoEncryption out, or use -UseSSL; the service setting AllowUnencrypted would have to be "
            + "true.",
        ["LeaveOutNoEncryption"] = "Leave -NoEncryption out.",
        ["TrustHost"] =
            @"Use -UseSSL, or trust this one: Set-Item WSMan:\localhost\Client\TrustedHosts -Value '{0}' "
            + "-Concatenate",
        ["VerifyServer"] = "Use -UseSSL, or ask who answers under that name.",
        ["CompareClocks"] =
            "If that is not it, compare the clock of the server with yours: Kerberos allows for five "
            + "minutes.",
        ["SetClocks"] = "Set them right: Kerberos allows five minutes.",
        ["RaiseHeadLimits"] =
            "A ticket of a user in many groups can be larger than a server takes: raise MaxFieldLength and "
            + "MaxRequestBytes of HTTP.sys there.",
        ["LookForTlsProxy"] = "Look for a proxy between here and there that decrypts TLS.",
        ["LookForOtherCertificate"] =
            "If that is not it, the server may use another certificate than the one that came here (channel "
            + "binding): look for a proxy between here and there that decrypts TLS.",
        ["UseTlsIfBound"] =
            "If that is not it, the computer may demand a channel binding, which there is over https alone: -UseSSL.",
        ["LookForInterceptor"] = "Look for somebody between here and there.",

        // Kerberos and NTLM.
        ["GetTicket"] = "Get one with kinit, or give -Credential.",
        ["RenewTicket"] = "Get a new one with kinit, or give -Credential.",
        ["ConfigureRealm"] = "Give the realm (user@REALM), and name its KDC in /etc/krb5.conf or in DNS.",
        ["CheckKdc"] = "Check the network, and the KDC in /etc/krb5.conf or in DNS.",
        ["CheckKdcLater"] = "Check the KDC, and try again later.",
        ["RegisterServiceName"] =
            "Connect by the name that the service is registered under, or register the service principal "
            + "name (setspn on Windows). New-WSManSessionOption -SPNPort asks for it with the port.",
        ["CorrectServiceName"] =
            "Have the service principal name corrected, or ask for the one with the port: "
            + "New-WSManSessionOption -SPNPort.",
        ["InstallKerberos"] =
            "Install it: apt install libgssapi-krb5-2 (Debian, Ubuntu), dnf install krb5-libs (Fedora, "
            + "RHEL), zypper install krb5 (SUSE), pacman -S krb5 (Arch). "
            + "Without it, Negotiate uses NTLM with the user name and the password that you give: -Credential.",

        // CredSSP.
        ["AllowCredSsp"] =
            "CredSSP hands the server your user name and password, so it has to be allowed for each "
            + "computer: Enable-WSManCredSSP -Role Client -DelegateComputer {0}",
        ["UpdateOrLowerSetting"] = "Update the server, or lower the setting.",

        // Certificates.
        ["AllowLegacyTls"] =
            "Update the server. If that cannot be, name it alone: "
            + @"Set-Item WSMan:\localhost\Client\LegacyTLSHosts -Value '{0}' -Concatenate. Whoever is in between can then read "
            + "and change what is sent, passwords included; name and authority are still checked.",
        ["ConfigureOpenSsl"] =
            "Look at its configuration, which may demand FIPS or name a module that is missing: the file that the "
            + "environment variable OPENSSL_CONF names, or openssl.cnf in the folder that openssl version -d tells.",
        ["InstallOpenSsl"] =
            "Install it: apt install libssl3 (Debian 12, Ubuntu 22.04), libssl3t64 (later ones) or libssl1.1 (Debian 10 "
            + "and 11, Ubuntu 18.04 and 20.04), dnf install openssl-libs (Fedora, RHEL), zypper install libopenssl3 "
            + "(SUSE), pacman -S openssl (Arch).",
        ["TrustAuthority"] =
            "Name its authority in the client setting TrustedCAPath, or leave the check out: Connect-WSMan "
            + "-SessionOption (New-WSManSessionOption -SkipCACheck).",
        ["TrustIssuer"] =
            "Name that authority in the client setting TrustedCAPath as well, or leave the check out: Connect-WSMan "
            + "-SessionOption (New-WSManSessionOption -SkipCACheck).",
        ["SendIssuer"] =
            "If another authority issued it, have it sent by the server along with its own, as an intermediate "
            + "certificate.",
        ["ConnectByCertifiedName"] =
            "Connect by a name that the certificate has, or leave the check out: Connect-WSMan -SessionOption "
            + "(New-WSManSessionOption -SkipCNCheck).",
        ["IssueForAddress"] =
            "Have one issued with the address as an IP address in its subject alternative names, or leave the check "
            + "out: Connect-WSMan -SessionOption (New-WSManSessionOption -SkipCNCheck).",
        ["AddCertificate"] = "Add -CertificateThumbprint, or name a file in the client setting ClientCertificateFile.",
        ["AddCertificateOrPort"] = "Use -CertificateThumbprint, or another port.",
        ["AddCertificateIfWanted"] =
            "The server asked for a client certificate, or for a handshake to ask in: if it wants one, add "
            + "-CertificateThumbprint.",
        ["CheckCertificateFile"] = "The client setting ClientCertificateFile names it.",
        ["CheckClientAuthority"] =
            "The server must trust the authority that issued it, and it must be valid for clients.",
        ["ConvertCertificateFile"] = "Convert it to PEM, certificate and key in one file.",
        ["FillCertificateFile"] = "Put it there in PEM, together with its key.",
        ["StoreKeyUnencrypted"] = "Store it without a password, in a file that you alone can read (chmod 600).",
        ["ImportWithKey"] = "Import it together with its key.",
        ["UseItsKey"] = "Use the key it was made for.",
        ["RenewCertificate"] = "Renew it.",
        ["RenewServerCertificate"] = "Have it renewed by whoever runs the server.",
        ["CheckClock"] = "Compare the clock of this computer.",
        ["IssueForServers"] =
            "Have one issued whose extended key usage has Server Authentication (1.3.6.1.5.5.7.3.1).",
        ["IssueForClients"] = "Its extended key usage must have Client Authentication (1.3.6.1.5.5.7.3.2).",
        ["MapCertificate"] =
            @"It has to be mapped to an account there (New-Item WSMan:\{0}\ClientCertificate), and "
            + @"Service\Auth\Certificate has to be true.",

        // Proxies.
        ["LeaveOutProxy"] = "Leave -ProxyAuthentication out of New-WSManSessionOption.",
        ["AddProxyCredential"] = "Give -ProxyCredential.",
        ["MoveProxyCredential"] = "It belongs into -ProxyCredential.",
        ["CheckProxyCredential"] = "Check -ProxyCredential and -ProxyAuthentication of New-WSManSessionOption.",
        ["CheckProxyRules"] = "Check that it may connect to that computer and port.",
        ["CheckProxy"] = "That is the proxy which https_proxy names.",
        ["CheckProxyKind"] = "Check that https_proxy names an HTTP proxy.",
        ["WriteProxyAddress"] = "It has to read like http://proxy.example.com:3128.",

        // Requests.
        ["CheckResource"] = "Check the resource URI and the selectors.",
        ["CheckResourceUri"] = "Check the resource URI.",
        ["CheckResourceOrUpdate"] = "Check the resource URI, and look for an update of the server.",
        ["CheckRights"] = "Check the rights of the user on that computer.",
        ["CheckAction"] = "Check the name of the action.",
        ["CheckActionSupported"] = "Check the name of the action, and that the resource supports it.",
        ["CheckSelectors"] = "Check the selectors.",
        ["CheckSelectorNames"] = "Check the names of the selectors, and that what they name is still there.",
        ["CheckSelectorValues"] = "Check the values of the selectors.",
        ["GiveAllSelectors"] = "Give all selectors that the resource needs.",
        ["ChooseOtherSelectors"] = "Choose other selectors, or change what is there.",
        ["CheckFragment"] = "Check the fragment; names in it are compared with case.",
        ["LeaveOutFragment"] = "Leave out the fragment, or use XPath.",
        ["CheckSpelling"] = "Check the spelling, upper and lower case included.",
        ["GiveAllValues"] = "Give all their values as an array.",
        ["SetInnerElements"] = "Set those, or give the new content as XML.",
        ["GiveSecretAsElement"] = "Give it as the value of an element.",
        ["QuoteValue"] = "Put a value that has {0} in it in quotes.",
        ["AskForLess"] = "If the answer is what is too large, ask for less at once.",
        ["AskForLessOrRaiseLimit"] = "Ask for less at once, or raise MaxEnvelopeSizekb.",
        ["TryLonger"] = "Try again, or with a longer operation timeout.",
        ["CloseWhatIsOpen"] = "Close shells or enumerations that are not needed, or raise the quota.",
        ["CloseShells"] = "Close shells that are not needed, or raise MaxShellsPerUser on that computer.",
        ["CloseEnumerations"] = "Close enumerations that are not needed, or raise MaxConcurrentOperationsPerUser.",

        // Enumerations.
        ["WaitForLastPage"] = "Wait until the enumeration's last page is there.",
        ["EnumerateAgain"] = "Enumerate again.",
        ["EnumerateSooner"] = "Enumerate again; the server keeps a context for a limited time.",
        ["EnumerateOtherwise"] = "Look for an update of the server, or enumerate in another way.",
        ["AddFilter"] = "Give -Filter, or leave out -Dialect.",
        ["UseKnownDialect"] = "Use wql, selector, association, or a URI.",
        ["UseOtherDialect"] = "Use another dialect for the filter.",
        ["CheckQuery"] = "Check the query and the class that it names.",
        ["LeaveOutPolymorphism"] = "Leave out -Shallow and -BasePropertiesOnly, or the filter.",
        ["WriteAssociation"] = "Write it like {{object=Win32_Service?Name=winrm;resultclassname=Win32_Service}}.",
    };

    /// <summary>The keys that have a sentence.</summary>
    public static IEnumerable<string> Keys => s_sentences.Keys;

    /// <summary>The sentence of a key; null where there is none, or an argument is missing.</summary>
    public static string? Sentence(string? key, IReadOnlyList<string>? arguments)
    {
        if (key is null || !s_sentences.TryGetValue(key, out string? sentence))
        {
            return null;
        }

        try
        {
            object[] shown = [.. (arguments ?? []).Select(argument => Shown(key, argument))];
            return string.Format(CultureInfo.InvariantCulture, sentence, shown);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Shown(string key, string argument)
    {
        if (key.EndsWith("Setting", StringComparison.Ordinal))
        {
            return InDrive(argument);
        }

        // A path is quoted for the command line.
        return argument.StartsWith('/') ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(argument)}'" : argument;
    }

    // The setting Auth/Basic of the file is Client\Auth\Basic in the drive. MaxTimeoutms stands at the root, as on Windows.
    private static string InDrive(string setting) =>
        setting == "MaxTimeoutms" ? setting : $@"Client\{setting.Replace('/', '\\')}";
}
