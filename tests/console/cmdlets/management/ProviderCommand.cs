using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>A cmdlet that hands its work to a provider: the context, stopping, and errors by their own ids.</summary>
public abstract class ProviderCommand : PSCmdlet, IDynamicParameters
{
    private readonly Lock gate = new();
    private readonly List<object> contexts = [];
    private bool stopping;
    private object? dynamicParameters;

    /// <summary>Lets the provider try harder. Cmdlets that offer it make it a parameter.</summary>
    public virtual SwitchParameter Force { get; set; }

    /// <summary>A filter in the provider's own language. Cmdlets that offer it make it a parameter.</summary>
    public virtual string? Filter { get; set; }

    /// <summary>Names to keep. Cmdlets that offer it make it a parameter.</summary>
    public virtual string[]? Include { get; set; }

    /// <summary>Names to leave out. Cmdlets that offer it make it a parameter.</summary>
    public virtual string[]? Exclude { get; set; }

    private protected bool Literal { get; set; }

    private protected ItemCmdletProviderIntrinsics Items => InvokeProvider.Item;

    private protected PathIntrinsics Paths => SessionState.Path;

    /// <summary>The parameters that the provider adds for the path given; null where it adds none.</summary>
    public object? GetDynamicParameters()
    {
        object context = NewContext();
        Engine.SetPassThru(context, false);
        try
        {
            dynamicParameters = GetDynamicParameters(context);
        }
        catch (Exception e) when (e is ItemNotFoundException or ProviderNotFoundException or DriveNotFoundException)
        {
            // The path is reported when the cmdlet runs; here it only means that nothing is added.
            dynamicParameters = null;
        }

        return dynamicParameters;
    }

    private protected virtual object? GetDynamicParameters(object context) => null;

    private protected virtual object CreateContext() => Engine.NewContext(this);

    private protected object NewContext()
    {
        object context = CreateContext();
        Engine.SetForce(context, Force);
        Engine.SetFilters(context, ToCollection(Include), ToCollection(Exclude), Filter);
        Engine.SetLiteral(context, Literal);
        Engine.SetDynamic(context, dynamicParameters);
        lock (gate)
        {
            contexts.Add(context);
            if (!stopping)
            {
                return context;
            }
        }

        Engine.Stop(context);
        return context;
    }

    /// <summary>Runs one step, and writes what the engine throws about a path, drive or provider as an error.</summary>
    private protected bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (Exception e) when (IsAboutThePath(e))
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)e).ErrorRecord, e));
            return false;
        }
    }

    private protected virtual bool IsAboutThePath(Exception e) =>
        e is PSNotSupportedException or DriveNotFoundException or ProviderNotFoundException or ItemNotFoundException;

    private protected void WriteInvalidOperation(string message)
    {
        PSInvalidOperationException e = new(message);
        WriteError(new ErrorRecord(e.ErrorRecord, e));
    }

    private protected static Collection<string> ToCollection(string[]? names) => new([.. names ?? []]);

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        object[] running;
        lock (gate)
        {
            stopping = true;
            running = [.. contexts];
        }

        foreach (object context in running)
        {
            Engine.Stop(context);
        }
    }
}

/// <summary>A <see cref="ProviderCommand"/> that can act as another user, where the provider supports it.</summary>
public abstract class CredentialProviderCommand : ProviderCommand
{
    /// <summary>The user to act as.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? Credential { get; set; }

    private protected override object CreateContext() => Engine.NewContext(this, Credential);
}

/// <summary>What Get-, Clear- and Remove-Item have in common: paths from the pipeline, and filters.</summary>
public abstract class ItemPathCommand : CredentialProviderCommand
{
    /// <summary>The items; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = "Path", Mandatory = true, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>The items, taken as they are written.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath
    {
        get => Path;
        set
        {
            Literal = true;
            Path = value;
        }
    }

    /// <inheritdoc/>
    [Parameter]
    public override string? Filter { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Include { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override string[]? Exclude { get; set; }

    /// <inheritdoc/>
    [Parameter]
    public override SwitchParameter Force { get; set; }

    private protected string FirstPath => Path is { Length: > 0 } ? Path[0] : ".";
}
