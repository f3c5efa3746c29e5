namespace Microsoft.WSMan.Management;

/// <summary>What the user's client settings say of CredSSP: whether it may be used, and with which computers.</summary>
internal sealed class CredSSPSettings
{
    private const string AuthGroup = "Auth";
    private const string SwitchName = "CredSSP";
    private const string ListName = "AllowFreshCredentials";
    private const string Service = "wsman/";

    private readonly string[] _entries;

    private CredSSPSettings(IReadOnlyList<ClientSetting> settings)
    {
        Auth = settings.Single(s => s.Name == AuthGroup).Settings;
        string list = settings.Single(s => s.Name == ListName).Value!;
        _entries = list.Split(',', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What may be used at all, as winrm/config/client/auth has it.</summary>
    public IReadOnlyList<ClientSetting> Auth { get; }

    /// <summary>Whether CredSSP may be used.</summary>
    public bool IsOn => Auth.Single(s => s.Name == SwitchName).Value == "true";

    /// <summary>The entries "wsman/computer", which say who may be given the password.</summary>
    public IEnumerable<string> Computers => _entries.Where(IsOfWSMan);

    /// <exception cref="WSManException">The file is broken.</exception>
    public static CredSSPSettings Read() => new(WSManClient.ClientSettings());

    /// <summary>Adds these computers to the list, and turns CredSSP on.</summary>
    /// <remarks>In this order: what fails half-way leaves CredSSP as it was.</remarks>
    /// <exception cref="WSManException">A name is none, or the file is broken or cannot be written.</exception>
    public static CredSSPSettings Allow(IEnumerable<string> computers)
    {
        WSManClient.SetClientSetting(ListName, string.Join(',', computers.Select(c => Service + c)), append: true);
        return new(ThenSet($"{AuthGroup}/{SwitchName}", "true", Messages.ListedOnly));
    }

    /// <summary>Turns CredSSP off, and takes every computer off the list.</summary>
    /// <remarks>In this order: what fails half-way leaves CredSSP off.</remarks>
    /// <exception cref="WSManException">The file is broken or cannot be written.</exception>
    public static void Forbid()
    {
        CredSSPSettings now = new(WSManClient.SetClientSetting($"{AuthGroup}/{SwitchName}", "false"));
        if (now.Computers.Any())
        {
            ThenSet(ListName, string.Join(',', now._entries.Where(e => !IsOfWSMan(e))), Messages.SwitchedOffOnly);
        }
    }

    // The second of two changes. If it fails, the user has to know of the first.
    private static IReadOnlyList<ClientSetting> ThenSet(string name, string value, string done)
    {
        try
        {
            return WSManClient.SetClientSetting(name, value);
        }
        catch (WSManException e)
        {
            throw new WSManException(e.Code, $"{e.Message} {done}", e);
        }
    }

    private static bool IsOfWSMan(string entry) => entry.StartsWith(Service, StringComparison.OrdinalIgnoreCase);
}
