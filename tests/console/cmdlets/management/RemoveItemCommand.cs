using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Removes items, after asking where an item has children and -Recurse was not given.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : ItemPathCommand
{
    private bool yesToAll;
    private bool noToAll;

    /// <summary>Removes the children too, without asking.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    private protected override object? GetDynamicParameters(object context) =>
        Engine.RemoveItemParameters(Items, FirstPath, Recurse, context);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The original starts each record with an open answer, too.
        yesToAll = false;
        noToAll = false;
        object context = NewContext();
        foreach (string path in Path)
        {
            foreach (PathInfo item in Resolve(path, context))
            {
                Remove(item, context);
            }
        }
    }

    private Collection<PathInfo> Resolve(string path, object context)
    {
        Collection<PathInfo> found = [];
        Try(() =>
        {
            if (Recurse)
            {
                // The filters choose among the descendants, not the item where the recursion starts.
                Engine.SetFilters(context, [], [], null);
            }

            try
            {
                found = Engine.Resolve(Paths, path, context);
            }
            finally
            {
                Engine.SetFilters(context, ToCollection(Include), ToCollection(Exclude), Filter);
            }

            if (Literal && found.Count == 0)
            {
                throw Engine.NewItemNotFound(
                    path, "PathNotFound", "Cannot find path '{0}' because it does not exist.");
            }
        });
        return found;
    }

    private void Remove(PathInfo item, object context)
    {
        bool inUse = false;
        if (!Try(() => inUse = Engine.IsCurrentLocationOrAncestor(Paths, item.Path, context)))
        {
            return;
        }

        if (inUse)
        {
            WriteInvalidOperation($"Cannot remove the item at '{item.Path}' because it is in use.");
            return;
        }

        string provider = item.Provider.Name;
        string path = GetUnresolvedProviderPathFromPSPath(item.Path);
        object session = Engine.GetInternal(SessionState);
        bool hasChildren = false;
        bool known = Try(() =>
        {
            hasChildren = Engine.HasChildItems(session, provider, path, context);
            Engine.ThrowFirstError(context);
        });
        if (known && Recursion(provider, path, hasChildren) is bool recurse)
        {
            Try(() => Engine.RemoveItem(session, provider, path, recurse, context));
        }
    }

    /// <summary>Whether to take the children along; null if the user keeps the item.</summary>
    private bool? Recursion(string provider, string path, bool hasChildren)
    {
        if (IsLink(provider, path))
        {
            return false;
        }

        if (Recurse || !hasChildren)
        {
            return Recurse;
        }

        string question = $"The item at {path} has children and the Recurse parameter was not specified. If you "
            + "continue, all children will be removed with the item. Are you sure you want to continue?";
        return ShouldContinue(question, null, ref yesToAll, ref noToAll) ? true : null;
    }

    // A link to a folder goes as a file does: what it points to stays.
    private static bool IsLink(string provider, string path) =>
        provider.Equals("FileSystem", StringComparison.OrdinalIgnoreCase)
        && new DirectoryInfo(path).LinkTarget is not null;
}
