using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>Sets and clears values: Set-Item and Clear-Item.</content>
public sealed partial class WSManConfigProvider
{
    /// <summary>A list can be added to. The container offers it too, for the Tab key.</summary>
    protected override object? SetItemDynamicParameters(string path, object value)
    {
        WSManPath item = WSManPath.Parse(path);
        return ConfigQuestions.IsList(item) || item.Is(ComputerNode.Client)
            ? new SetTrustedHostsParameters()
            : null;
    }

    /// <summary>Sets one value: the nearest resource is read, the value put into it, and all of it sent back.</summary>
    protected override void SetItem(string path, object value)
    {
        WSManPath item = WSManPath.Parse(path);
        if (ValueText.Unwrap(value) is not { } given)
        {
            throw new ArgumentException(Messages.ValueIsNull($"{item}"), nameof(value));
        }

        // The configuration knows no engine class, so a credential crosses as the user that it names.
        object neutral = given switch
        {
            PSCredential credential => new ConfigUser(credential.UserName, credential.Password),
            SwitchParameter flag => flag.IsPresent,
            _ => given,
        };
        Change(item, new NewValue(neutral) { NumberText = ValueText.TypedNumber(value) });
    }

    /// <summary>Sets a value to nothing.</summary>
    protected override void ClearItem(string path) => Change(WSManPath.Parse(path), NewValue.Cleared);

    private void Change(WSManPath item, NewValue value)
    {
        if (item.IsRoot || item.IsComputer)
        {
            Fail(Messages.SetItemNotSupported, item);
        }

        if (IsOfNoService(item))
        {
            Fail(WhereServiceIs(item), item);
        }

        string description = value.IsCleared
            ? Messages.DescribeClear($"{item}")
            : Messages.DescribeSet($"{item}", value.DisplayText(item.Segments[^1]));
        string caption = value.IsCleared ? "Clear-Item" : "Set-Item";
        if (!ShouldProcess(description, Messages.ConfirmText(description), caption))
        {
            return;
        }

        if (ConfigQuestions.NeedsText(item) && value.Value is not string)
        {
            Fail(Messages.ValueIsNotText($"{item}"), item);
        }

        if (IsConfirmed(ConfigQuestions.BeforeSet(item)) && TrySet(item, value))
        {
            foreach (string warning in ConfigQuestions.WarningsAfterSet(item))
            {
                WriteWarning(warning);
            }
        }
    }

    // Whether the value was written. A refusal of the server does not end the command if it is about a listener or a
    // mapping, as on Windows.
    private bool TrySet(WSManPath item, NewValue value)
    {
        try
        {
            // The file of the user's own settings has a lock of its own, and waits for no service.
            return ComputerNames.IsLocal(item.Computer!) && !ComputerNode.IsOfService(item.Segments[1])
                ? Set(item, value)
                : ChangeExclusively(item, () => Set(item, value));
        }
        catch (WSManException e) when (e.Code == WSManErrorCode.Fault && IsInInstance(item))
        {
            WriteTrace(e.Trace);
            WriteError(Errors.Record(Errors.AsInvalidOperation(e), "COMException", target: null));
            return false;
        }
        catch (WSManException e)
        {
            Fail(e, item);
            throw;
        }
    }

    private bool Set(WSManPath item, NewValue value)
    {
        LeafNode leaf = FindWritableLeaf(item);
        if (WithOldEntries(item, leaf, value) is not { } changed)
        {
            return false;
        }

        leaf.Change!(changed);
        if (leaf.Document is { } document)
        {
            _store.Put(document);
        }
        else
        {
            // The file was written. What was read of it is the past, as what was read of a service is after a Put.
            _store.Clear();
        }

        return true;
    }

    private static bool IsInInstance(WSManPath item) =>
        item.IsBelow(ComputerNode.Listener) || item.IsBelow(ComputerNode.ClientCertificate);

    /// <summary>The setting that a change is about, in a document that was read for the change.</summary>
    private LeafNode FindWritableLeaf(WSManPath item)
    {
        ConfigNode?[] nodes = [.. Walk(item)];
        if (nodes[0] is null)
        {
            Fail(Messages.NotConnected(item.Computer!), item);
        }

        ConfigNode? found = nodes.Length == item.Segments.Count
            ? nodes[^1] ?? FindUnset(nodes[^2], item.Segments[^1])
            : null;
        if (found is null)
        {
            Fail(Messages.NoSuchItem($"{item}"), item);
        }

        if (found is not LeafNode leaf)
        {
            Fail(Messages.ContainerHasNoValue, item);
            return null;
        }

        InstanceNode? instance = nodes[^2] as InstanceNode;
        ConfigPolicy.RequireNone($"{item}", leaf.Source ?? instance?.Source);
        if (leaf.Change is null)
        {
            Fail(Messages.ReadOnlyValue, item);
        }

        // An item of an enumeration is part of its page and has lost its white space; a Get gives a document of its
        // own.
        return instance is null ? leaf : instance.Reread(_store, leaf.Name);
    }

    private static LeafNode? FindUnset(ConfigNode? container, string name) => container switch
    {
        PluginNode plugin => plugin.FindUnset(name),
        QuotasNode quotas => quotas.FindUnset(name),
        _ => null,
    };

    // With -Concatenate: the list with the entries that are not in it yet; null if all of them are.
    private NewValue? WithOldEntries(WSManPath item, LeafNode leaf, NewValue value)
    {
        bool appends = DynamicParameters is SetTrustedHostsParameters { Concatenate.IsPresent: true };
        if (!appends || value.IsCleared || !ConfigQuestions.IsList(item))
        {
            return value;
        }

        // A list of the settings file is extended under the lock of the file, so that another process loses nothing.
        if (leaf.Document is null)
        {
            return value with { IsAppended = true };
        }

        List<string> entries = Entries(leaf.Value);
        int before = entries.Count;
        foreach (string entry in Entries(value.Value))
        {
            if (!entries.Contains(entry, StringComparer.OrdinalIgnoreCase))
            {
                entries.Add(entry);
            }
        }

        return entries.Count == before ? null : new NewValue(string.Join(',', entries));
    }

    private static List<string> Entries(object? list) =>
        [.. $"{list}".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
