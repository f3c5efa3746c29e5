using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Lets a parameter of type Hashtable take an [ordered] dictionary without losing its order, which matters to
/// servers that read the parameters of a method in the order of their declaration.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeepOrderAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ValueText.Unwrap(inputData) is OrderedDictionary ordered ? new OrderedTable(ordered) : inputData;

    // The entries are copied, so that a later change of the script's dictionary is not seen here. Keys are told apart by
    // letter case, as in the table that the engine makes of a dictionary: names on the wire are, too.
    private sealed class OrderedTable : Hashtable
    {
        private readonly OrderedDictionary _order = [];

        public OrderedTable(OrderedDictionary entries)
            : base(entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                _order.Add(entry.Key, entry.Value);
            }
        }

        // PowerShell and RequestParts enumerate a Hashtable by this method.
        public override IDictionaryEnumerator GetEnumerator() => _order.GetEnumerator();
    }
}
