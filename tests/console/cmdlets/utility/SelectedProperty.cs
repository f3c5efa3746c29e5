using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>One entry of Select-Object -Property: which values to read, and under which name to write them.</summary>
internal sealed class SelectedProperty
{
    private readonly PSPropertyExpression expression;
    private readonly string? name;

    private SelectedProperty(PSPropertyExpression expression, string? name)
    {
        this.expression = expression;
        this.name = name;
    }

    internal static SelectedProperty Parse(object choice, PSCmdlet cmdlet)
    {
        choice = choice is PSObject wrapped ? wrapped.BaseObject : choice;
        if (choice is not IDictionary table)
        {
            return new SelectedProperty(ToExpression(choice, cmdlet), null);
        }

        object? value = null;
        string? name = null;
        foreach (DictionaryEntry entry in table)
        {
            string key = entry.Key?.ToString() ?? "";
            if (IsPrefix(key, "Expression"))
            {
                value = entry.Value;
            }
            else if (IsPrefix(key, "Name") || IsPrefix(key, "Label"))
            {
                name = entry.Value?.ToString();
            }
            else
            {
                Refuse(cmdlet, $"The key \"{key}\" is not one of Name, Label and Expression.", "DictionaryKeyUnknown");
            }
        }

        return new SelectedProperty(ToExpression(value ?? name, cmdlet), name);
    }

    internal IEnumerable<PSNoteProperty> Read(PSObject input, Predicate<PSPropertyExpression> isExcluded)
    {
        bool any = false;
        foreach (PSPropertyExpression found in expression.ResolveNames(input).Where(e => !isExcluded(e)))
        {
            foreach (PSPropertyExpressionResult value in found.GetValues(input))
            {
                any = true;
                yield return new PSNoteProperty(name ?? value.ResolvedExpression.ToString(), value.Result);
            }
        }

        if (!any && !expression.HasWildCardCharacters)
        {
            yield return new PSNoteProperty(name ?? expression.ToString(), null);
        }
    }

    private static PSPropertyExpression ToExpression(object? value, PSCmdlet cmdlet)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case ScriptBlock script:
                return new PSPropertyExpression(script);
            case string text when text.Length > 0:
                return new PSPropertyExpression(text);
            default:
                Refuse(cmdlet, "A property is a name, a script block, or a table of Name and Expression.",
                    "PropertyNotValid");
                throw new PSArgumentException(nameof(value));
        }
    }

    private static bool IsPrefix(string key, string word) =>
        key.Length > 0 && word.StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private static void Refuse(PSCmdlet cmdlet, string message, string id) => cmdlet.ThrowTerminatingError(
        new ErrorRecord(new PSArgumentException(message), id, ErrorCategory.InvalidArgument, null));
}
