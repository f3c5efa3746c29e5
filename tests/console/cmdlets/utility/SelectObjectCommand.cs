using System.Management.Automation;
using System.Management.Automation.Internal;

namespace Microsoft.PowerShell.Commands;

/// <summary>Selects objects by position, and properties of objects.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> tail = new();
    private readonly List<PSObject> written = [];
    private readonly List<SelectedProperty> properties = [];
    private readonly List<PSPropertyExpression> excluded = [];
    private int seen;
    private int taken;

    /// <summary>The objects to select from.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; } = AutomationNull.Value;

    /// <summary>Properties by name, wildcard, script block, or a table of Name and Expression.</summary>
    [Parameter(Position = 0, ParameterSetName = "DefaultParameter")]
    public object[]? Property { get; set; }

    /// <summary>Properties to leave out.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    public string[]? ExcludeProperty { get; set; }

    /// <summary>The property whose value is written in place of the object.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    public string? ExpandProperty { get; set; }

    /// <summary>Writes each object once.</summary>
    [Parameter]
    public SwitchParameter Unique { get; set; }

    /// <summary>How many from the end.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>How many from the start; the commands before are stopped as soon as they were seen.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    /// <summary>How many to leave out at the start, or with -Last at the end.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    /// <summary>Lets the commands before run to their end.</summary>
    [Parameter(ParameterSetName = "DefaultParameter")]
    [Parameter(ParameterSetName = "IndexParameter")]
    public SwitchParameter Wait { get; set; }

    /// <summary>Positions, counted from 0.</summary>
    [Parameter(ParameterSetName = "IndexParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int[]? Index { get; set; }

    private bool Limited =>
        MyInvocation.BoundParameters.ContainsKey(nameof(First))
        || MyInvocation.BoundParameters.ContainsKey(nameof(Last));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (string name in ExcludeProperty ?? [])
        {
            excluded.Add(new PSPropertyExpression(name));
        }

        // Leaving out means: all but these.
        foreach (object choice in Property ?? (excluded.Count > 0 ? ["*"] : []))
        {
            properties.Add(SelectedProperty.Parse(choice, this));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null || InputObject == AutomationNull.Value)
        {
            return;
        }

        int position = seen++;
        if (Index is not null)
        {
            SelectAt(position);
        }
        else if (Last > 0)
        {
            Remember(position);
        }
        else if (position >= Skip && (!Limited || taken < First))
        {
            Take(InputObject);
        }

        if (HasEnough() && !Wait)
        {
            EndProcessing();
            throw (Exception)Engine.NewStopUpstream(this);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Of the end, -Skip leaves out the last ones unless it was spent on the start.
        int keep = First > 0 ? tail.Count : Math.Max(0, tail.Count - Skip);
        for (; keep > 0; keep--)
        {
            Take(tail.Dequeue());
        }

        tail.Clear();
    }

    private void SelectAt(int position)
    {
        if (Index!.Contains(position))
        {
            Take(InputObject!);
        }
    }

    private void Remember(int position)
    {
        bool atStart = First > 0 && position >= Skip && taken < First;
        if (atStart)
        {
            Take(InputObject!);
            return;
        }

        if (First > 0 && position < Skip)
        {
            return;
        }

        tail.Enqueue(InputObject!);
        if (tail.Count > Last + (First > 0 ? 0 : Skip))
        {
            tail.Dequeue();
        }
    }

    private bool HasEnough() =>
        Index is not null ? seen > Index.DefaultIfEmpty(-1).Max() : Last == 0 && First > 0 && taken >= First;

    private void Take(PSObject input)
    {
        taken++;
        if (properties.Count == 0 && string.IsNullOrEmpty(ExpandProperty))
        {
            Write(input);
            return;
        }

        List<PSNoteProperty> notes = [.. properties.SelectMany(p => p.Read(input, IsExcluded))];
        if (string.IsNullOrEmpty(ExpandProperty))
        {
            PSObject result = new();
            AddNotes(result, notes, input);
            result.TypeNames.Insert(0, "Selected." + input.BaseObject.GetType());
            Write(result);
        }
        else
        {
            Expand(input, notes);
        }
    }

    private void Expand(PSObject input, List<PSNoteProperty> notes)
    {
        List<PSPropertyExpressionResult> values = new PSPropertyExpression(ExpandProperty!).GetValues(input);
        if (values.Count != 1 || values[0].Exception is not null)
        {
            WriteError(NotExpandable(values, input));
            return;
        }

        object? value = values[0].Result;
        IEnumerable<object?> items = value is null
            ? []
            : LanguagePrimitives.GetEnumerable(value)?.Cast<object?>() ?? [value];
        foreach (object item in items.OfType<object>())
        {
            PSObject result = new(item is PSObject wrapped ? wrapped.BaseObject : item);
            AddNotes(result, notes, input);
            Write(result);
        }
    }

    private ErrorRecord NotExpandable(List<PSPropertyExpressionResult> values, PSObject input) => values.Count switch
    {
        0 => new ErrorRecord(
            new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."),
            "ExpandPropertyNotFound", ErrorCategory.InvalidArgument, input),
        1 => new ErrorRecord(
            values[0].Exception, "PropertyEvaluationExpand", ErrorCategory.InvalidResult, input),
        _ => new ErrorRecord(
            new PSArgumentException($"Multiple properties match \"{ExpandProperty}\"; only one can be expanded."),
            "MutlipleExpandProperties", ErrorCategory.InvalidArgument, input),
    };

    private void AddNotes(PSObject target, List<PSNoteProperty> notes, PSObject input)
    {
        foreach (PSNoteProperty note in notes)
        {
            if (target.Properties[note.Name] is null)
            {
                target.Properties.Add(note);
                continue;
            }

            string id = string.IsNullOrEmpty(ExpandProperty) ? "NoExpand" : "Expand";
            WriteError(new ErrorRecord(
                new PSArgumentException(
                    $"The property cannot be processed because the property \"{note.Name}\" already exists."),
                "AlreadyExistingUserSpecifiedProperty" + id, ErrorCategory.InvalidOperation, input));
        }
    }

    private bool IsExcluded(PSPropertyExpression name) =>
        excluded.Any(e => new WildcardPattern(e.ToString(), WildcardOptions.IgnoreCase).IsMatch(name.ToString()));

    private void Write(PSObject result)
    {
        if (!Unique)
        {
            WriteObject(result);
        }
        else if (!written.Any(other => Same(other, result)))
        {
            written.Add(result);
            WriteObject(result);
        }
    }

    private static bool Same(PSObject a, PSObject b)
    {
        if (a.BaseObject is not PSCustomObject || b.BaseObject is not PSCustomObject)
        {
            return LanguagePrimitives.Equals(a.BaseObject, b.BaseObject, ignoreCase: false);
        }

        return a.Properties.Count() == b.Properties.Count()
            && a.Properties.All(p =>
                LanguagePrimitives.Equals(p.Value, b.Properties[p.Name]?.Value, ignoreCase: false));
    }
}
