using System.Globalization;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>What sets values.</content>
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

        // The engine keeps how a number was typed.
        string? typed = value is PSObject && given is double or decimal ? value.ToString() : null;
        bool isNumber = double.TryParse(typed, CultureInfo.InvariantCulture, out _);
        Change(item, new NewValue(given, Clears: false) { Typed = isNumber ? typed : null });
    }

    /// <summary>Sets a value to nothing.</summary>
    protected override void ClearItem(string path) => Change(WSManPath.Parse(path), NewValue.Nothing);

    private void Change(WSManPath item, NewValue value)
    {
        if (item.IsRoot || item.IsComputer)
        {
            Fail(Messages.SetItemNotSupported, item);
        }

        string what = value.Clears
            ? Messages.ClearThis($"{item}")
            : Messages.SetThis($"{item}", value.Shown(item.Segments[^1]));
        if (!ShouldProcess(what, Messages.Sure(what), ChangeCaption(value)))
        {
            return;
        }

        if (ConfigQuestions.NeedsText(item) && value.Given is not string)
        {
            Fail(Messages.NeedsText($"{item}"), item);
        }

        if (Agrees(ConfigQuestions.BeforeSetting(item)) && Write(item, value))
        {
            foreach (string warning in ConfigQuestions.AfterSetting(item))
            {
                WriteWarning(warning);
            }
        }
    }

    private static string ChangeCaption(NewValue value) => value.Clears ? "Clear-Item" : "Set-Item";

    private bool Agrees(Question? question) =>
        question is null || Force || ShouldContinue(question.Text, question.Caption);

    // Whether the value was written. What the server refuses about a listener or a mapping does not end the
    // command, as on Windows.
    private bool Write(WSManPath item, NewValue value)
    {
        try
        {
            return Alone(item, () => Put(item, value));
        }
        catch (WSManException e) when (e.Code == WSManErrorCode.Fault && IsOfInstance(item))
        {
            WriteTrace(e.Trace);
            WriteError(new ErrorRecord(Wrapped(e), "COMException", ErrorCategory.InvalidOperation, null));
            return false;
        }
        catch (WSManException e)
        {
            Fail(Explained(e, item.Computer!), item);
            throw;
        }
    }

    private bool Put(WSManPath item, NewValue value)
    {
        LeafNode leaf = Leaf(item);
        if (Added(item, leaf, value) is not { } changed)
        {
            return false;
        }

        leaf.Change!(changed);
        if (leaf.Document is { } document)
        {
            _store.Put(document);
        }

        return true;
    }

    private static bool IsOfInstance(WSManPath item) =>
        item.IsBelow(ComputerNode.Listener) || item.IsBelow(ComputerNode.ClientCertificate);

    /// <summary>The setting that a change is about, in a document that was read for it.</summary>
    private LeafNode Leaf(WSManPath item)
    {
        ConfigNode?[] way = [.. _tree.Walk(item)];
        ConfigNode? found = way.Length == item.Segments.Count ? way[^1] ?? Unset(way, item.Segments[^1]) : null;
        if (way[0] is null)
        {
            Fail(Messages.NotConnected(item.Computer!), item);
        }

        if (found is null)
        {
            Fail(Messages.NoSuchItem($"{item}"), item);
        }

        if (found is not LeafNode leaf)
        {
            Fail(Messages.ContainerHasNoValue, item);
            return null;
        }

        InstanceNode? instance = way[^2] as InstanceNode;
        RequireNoPolicy(item, leaf.Source ?? instance?.Source);
        if (leaf.Change is null)
        {
            Fail(Messages.ValueCannotChange, item);
        }

        return instance is null ? leaf : (LeafNode)instance.ReadAlone(_store).Find(leaf.Name)!;
    }

    private static LeafNode? Unset(ConfigNode?[] way, string name) => way[^2] switch
    {
        PluginNode plugin => plugin.Unset(name),
        QuotasNode quotas => quotas.Unset(name),
        _ => null,
    };

    private static void RequireNoPolicy(WSManPath item, string? source)
    {
        if (source is not null && source.Equals("GPO", StringComparison.OrdinalIgnoreCase))
        {
            throw new WSManException(WSManErrorCode.InvalidArgument, Messages.SetByPolicy($"{item}", source))
            {
                WSManCode = 0x8033808A,
                WSManCodeName = "ERROR_WSMAN_CONFIG_CANNOT_CHANGE_GPO_CONTROLLED_SETTING",
            };
        }
    }

    // With -Concatenate: the list with the entries that are not in it yet; null if all of them are.
    private NewValue? Added(WSManPath item, LeafNode leaf, NewValue value)
    {
        bool adds = DynamicParameters is SetTrustedHostsParameters { Concatenate.IsPresent: true };
        if (!adds || value.Clears || !ConfigQuestions.IsList(item))
        {
            return value;
        }

        if (leaf.Document is null)
        {
            return value with { Appends = true };
        }

        List<string> entries = Entries(leaf.Value);
        int before = entries.Count;
        foreach (string entry in Entries(value.Given))
        {
            if (!entries.Contains(entry, StringComparer.OrdinalIgnoreCase))
            {
                entries.Add(entry);
            }
        }

        return entries.Count == before ? null : new NewValue(string.Join(',', entries), Clears: false);
    }

    private static List<string> Entries(object? list) =>
        [.. $"{list}".Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
