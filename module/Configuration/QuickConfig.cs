namespace Microsoft.WSMan.Management;

/// <summary>
/// Sets a WinRM service up for remote management. A service that answers lacks no more of it than a listener of the
/// transport on every address, and Kerberos and Negotiate among what it accepts.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="transport">HTTP or HTTPS.</param>
internal sealed class QuickConfig(LocalService service, string transport)
{
    private const string EveryAddress = "*";

    private const string Enabled = "Enabled";

    private static readonly string[] s_mechanisms = ["Kerberos", "Negotiate"];

    private readonly List<string> _done = [];

    /// <summary>What was changed, in sentences; none if the service was set up already.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>The setting that a policy holds against it, so that nothing was changed; null if none does.</summary>
    public string? HeldByPolicy { get; private set; }

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="WSManException">
    /// The service cannot be read, or refuses a change; the message says what was changed before.
    /// </exception>
    public QuickConfig Run()
    {
        LeafNode[] mechanisms = [.. s_mechanisms.Select(Mechanism).Where(setting => !setting.IsTrue)];
        InstanceNode? listener = service.Listeners().FirstOrDefault(IsWanted);
        InstanceNode? disabled = listener?.Find(Enabled) is LeafNode { IsTrue: false } ? listener : null;
        HeldByPolicy = Held(mechanisms, disabled);
        if (HeldByPolicy is null)
        {
            MakeChanges(mechanisms, disabled, isListenerMissing: listener is null);
        }

        return this;
    }

    private static string? Held(LeafNode[] mechanisms, InstanceNode? listener) =>
        Array.Find(mechanisms, setting => ConfigPolicy.IsSource(setting.Source)) is { } mechanism ? PathOf(mechanism)
        : ConfigPolicy.IsSource(listener?.Source) ? PathOf(listener!)
        : null;

    private void MakeChanges(LeafNode[] mechanisms, InstanceNode? disabled, bool isListenerMissing)
    {
        try
        {
            // The listener comes last, so that nobody reaches a service which is not set up yet.
            Accept(mechanisms);
            if (isListenerMissing)
            {
                Create();
            }
            else if (disabled is not null)
            {
                Enable(disabled);
            }
        }
        catch (WSManException e) when (_done.Count > 0)
        {
            throw Errors.WithFact(e, Messages.ChangedBefore(string.Join(' ', _done)));
        }
    }

    private static string PathOf(LeafNode mechanism) =>
        LocalService.PathOf(ComputerNode.Service, SettingsNode.Auth, mechanism.Name);

    private static string PathOf(InstanceNode listener) =>
        LocalService.PathOf(ComputerNode.Listener, listener.Name, Enabled);

    private LeafNode Mechanism(string name) => service.Setting(ComputerNode.Service, SettingsNode.Auth, name);

    private bool IsWanted(InstanceNode listener) =>
        Has(listener, "Address", EveryAddress) && Has(listener, "Transport", transport);

    private static bool Has(InstanceNode listener, string key, string value) =>
        value.Equals((listener.Find(key) as LeafNode)?.Value as string, StringComparison.OrdinalIgnoreCase);

    private void Accept(LeafNode[] mechanisms)
    {
        foreach (LeafNode setting in mechanisms)
        {
            setting.Change!(new NewValue(true));
        }

        // All are in one document.
        if (mechanisms is [{ Document: { } auth }, ..])
        {
            service.Store.Put(auth);
            _done.AddRange(mechanisms.Select(setting => Messages.MechanismEnabled(setting.Name)));
        }
    }

    private void Create()
    {
        service.Store.Create(new NewListener(EveryAddress, transport).ToDocument(service.Session));
        _done.Add(Messages.ListenerCreated(transport));
    }

    private void Enable(InstanceNode listener)
    {
        // An item of an enumeration has lost its white space; a Get gives a document of its own.
        LeafNode setting = listener.Reread(service.Store, Enabled);
        setting.Change!(new NewValue(true));
        service.Store.Put(setting.Document!);
        _done.Add(Messages.ListenerEnabled(transport));
    }
}
