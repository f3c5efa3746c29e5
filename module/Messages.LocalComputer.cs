namespace Microsoft.WSMan.Management;

/// <content>What the cmdlets say that Windows has for the computer itself.</content>
internal static partial class Messages
{
    public const string CredSSPCaption = "CredSSP authentication";

    public const string DelegateComputerForServer =
        "-DelegateComputer cannot be given with -Role Server: it names the computers that a client may give "
        + "credentials to. Give -Role Client, or leave -DelegateComputer out.";

    public const string ClientWithoutDelegateComputer =
        "-Role Client needs -DelegateComputer: the computers that may be given your password, such as server01 or "
        + "*.example.com.";

    // Scripts compare the texts of Get-WSManCredSSP and Set-WSManQuickConfig, so these are the words of Windows.
    public const string NoFreshCredentials = "The machine is not configured to allow delegating fresh credentials.";

    public const string ReceivesCredentials =
        "This computer is configured to receive credentials from a remote client computer.";

    public const string ReceivesNoCredentials =
        "This computer is not configured to receive credentials from a remote client computer.";

    public const string ServiceIsReady = "WinRM is already set up to receive requests on this computer.";

    public const string ManagementIsReady = "WinRM is already set up for remote management on this computer.";

    public const string ManagementUpdated = "WinRM has been updated for remote management.";

    public const string NoServiceToConfigure =
        "This computer has no WinRM service, and no session is open under the name localhost; of a connected "
        + "computer, WSMan:\\server01\\Service\\Auth\\CredSSP shows whether it receives credentials.";

    public const string NoServiceHere =
        "The WinRM service of this computer was asked. Where there is none, the only configuration of this computer is "
        + "that of a client, winrm/config/client; -ComputerName names another computer.";

    public const string QuickConfigCaption = "WinRM quick configuration";

    public const string DescribeDisableCredSSP =
        "Turn CredSSP off in the client settings, and take every computer off AllowFreshCredentials.";

    public const string AskCredSSPOfService =
        "With CredSSP, the WinRM service that is connected as localhost gets the user names and passwords of the "
        + "clients that use it. Whoever rules its computer can then act as these users everywhere. Turn it on?";

    // Windows puts no blank before the list.
    public static string FreshCredentialsFor(string computers) =>
        $"The machine is configured to allow delegating fresh credentials to the following target(s):{computers}";

    public static string CredSSPIsOff(string computers) =>
        $"{NoFreshCredentials} CredSSP is turned off in your client settings (Auth\\CredSSP); when it is turned on, "
        + $"your password may be given to these computers: {computers}";

    // Words of Windows as well.
    public static string ListenerCreated(string transport) =>
        $"Created a WinRM listener on {transport}://* to accept WS-Man requests to any IP on this machine.";

    public static string ListenerEnabled(string transport) => $"Enabled the WinRM listener on {transport}://*.";

    public static string MechanismEnabled(string mechanism) =>
        $"Enabled {mechanism} authentication of the WinRM service.";

    public static string ChangedBefore(string changes) => $"Before that, this was changed: {changes}";

    public static string QuickConfigHeld(string path) =>
        $"The WinRM service cannot be set up, because a policy sets {path}. Nothing was changed; change the policy.";

    public static string AskQuickConfig(string transport) =>
        "This sets up the WinRM service that is connected as localhost, so that its computer can be managed from "
        + $"everywhere: it makes a listener for {transport} on every address, if there is none, and turns on Kerberos "
        + "and Negotiate authentication. Do it?";

    public static string DescribeQuickConfig(string transport) =>
        $"Set up the WinRM service that is connected as localhost, with a listener for {transport}.";

    public static string DescribeEnableCredSSP(string computers) =>
        $"Turn CredSSP on in the client settings, and add to AllowFreshCredentials: {computers}";

    public static string AskCredSSP(string computers) =>
        "A connection with CredSSP gives your password itself to the computer, and not only a proof that you know "
        + "it. Whoever rules the computer can then act as you everywhere, and keep the password. "
        + $"Allow this for {computers}?";

    public static string NoServiceForCredSSP(bool on) =>
        $"CredSSP cannot be turned {(on ? "on" : "off")} for the WinRM service of this computer, because it has none, "
        + "and no session is open under the name localhost; for that of a computer with Windows use: "
        + $"Connect-WSMan server01; Set-Item WSMan:\\server01\\Service\\Auth\\CredSSP -Value {(on ? "$true" : "$false")}";

    public static string NoQuickConfig(bool ssl, bool publicToo) =>
        "This computer has no WinRM service that could be set up, and no session is open under the name localhost. On "
        + "a computer with Windows run "
        + (ssl ? "winrm quickconfig -transport:https" : $"Enable-PSRemoting{Public(publicToo)} or winrm quickconfig")
        + "; where its WinRM answers already, a listener is made from here with: Connect-WSMan server01; "
        + $"New-Item WSMan:\\server01\\Listener -Address * -Transport {(ssl ? "HTTPS" : "HTTP")}";

    private static string Public(bool too) => too ? " -SkipNetworkProfileCheck" : "";
}
