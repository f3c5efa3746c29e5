using System.Collections;
using System.Management.Automation;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Reads one instance of a resource (Get, DSP0226 clause 7.3), or all of them (Enumerate, clause 8). It writes
/// XML elements, and with -Fragment a text. An enumeration is a stream: the first object is written before the
/// second page is asked for, and one that is stopped early is released on the server. Errors have the id
/// WsManError and end the command; the objects before it are written.
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "WSManInstance",
    DefaultParameterSetName = "GetInstance",
    HelpUri = "https://go.microsoft.com/fwlink/?LinkId=2096627")]
[OutputType(typeof(XmlElement))]
public sealed class GetWSManInstanceCommand : ResourceWSManCommand
{
    private string? _computerName;

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "GetInstance")]
    [Parameter(ParameterSetName = "Enumerate")]
    [ArgumentCompleter(typeof(ApplicationNameCompleter))]
    public override string? ApplicationName { get; set; }

    /// <summary>With a derived class, only the properties of the class that is named.</summary>
    [Parameter(ParameterSetName = "Enumerate")]
    [Alias("UBPO", "Base")]
    public SwitchParameter BasePropertiesOnly { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "GetInstance")]
    [Parameter(ParameterSetName = "Enumerate")]
    [Alias("CN")]
    [ArgumentCompleter(typeof(ComputerCompleter))]
    public override string? ComputerName
    {
        get => _computerName;
        set => _computerName = ComputerNames.FromParameter(value);
    }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "GetInstance")]
    [Parameter(ParameterSetName = "Enumerate")]
    [Alias("CURI", "CU")]
    public override Uri? ConnectionURI { get; set; }

    /// <summary>The language of the filter or the fragment: wql, selector, association, or a URI.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DialectCompleter))]
    public Uri? Dialect { get; set; }

    /// <summary>All instances.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Enumerate")]
    public SwitchParameter Enumerate { get; set; }

    /// <summary>The filter of the instances: a WQL query unless -Dialect says otherwise.</summary>
    [Parameter(ParameterSetName = "Enumerate")]
    [ValidateNotNullOrEmpty]
    public string? Filter { get; set; }

    /// <summary>The part of the instance to read.</summary>
    [Parameter(ParameterSetName = "GetInstance")]
    [ValidateNotNullOrEmpty]
    public string? Fragment { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("OS")]
    [KeepOrder]
    public override Hashtable? OptionSet { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "GetInstance")]
    [Parameter(ParameterSetName = "Enumerate")]
    public override int Port { get; set; }

    /// <summary>With the association dialect, the association instances rather than the associated ones.</summary>
    [Parameter(ParameterSetName = "Enumerate")]
    public SwitchParameter Associations { get; set; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RURI")]
    [ArgumentCompleter(typeof(ResourceUriCompleter))]
    public override Uri? ResourceURI { get; set; }

    /// <summary>Whether to write the objects, their endpoint references, or both.</summary>
    [Parameter(ParameterSetName = "Enumerate")]
    [ValidateNotNullOrEmpty]
    [ValidateSet("object", "epr", "objectandepr")]
    [Alias("RT")]
    public string ReturnType { get; set; } = "object";

    /// <summary>The selectors of the instance.</summary>
    [Parameter(ParameterSetName = "GetInstance")]
    [KeepOrder]
    public Hashtable? SelectorSet { get; set; }

    /// <inheritdoc/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("SO")]
    public override SessionOption? SessionOption { get; set; }

    /// <summary>Only instances of the class that is named, and none of derived classes.</summary>
    [Parameter(ParameterSetName = "Enumerate")]
    public SwitchParameter Shallow { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = "GetInstance")]
    [Parameter(ParameterSetName = "Enumerate")]
    [Alias("SSL")]
    public override SwitchParameter UseSSL { get; set; }

    // Shallow has the last word, as on Windows.
    private string Polymorphism => Shallow ? "shallow" : BasePropertiesOnly ? "basePropertiesOnly" : "deep";

    /// <inheritdoc/>
    private protected override void Process()
    {
        RequireValidUri();
        if (Enumerate)
        {
            WriteInstances();
        }
        else
        {
            WriteInstance();
        }
    }

    private void WriteInstance()
    {
        Answer answer = Send(() => NewRequest(SelectorSet) with
        {
            Operation = "Get",
            Fragment = Fragment,
            Dialect = Dialect?.OriginalString,
        });
        if (answer.Element is { } element)
        {
            WriteObject(Fragment is null ? element : $"{element.LocalName}={element.InnerText}");
        }
    }

    private void WriteInstances()
    {
        if (Dialect is not null && Filter is null)
        {
            Fail(Messages.DialectWithoutFilter, ErrorTarget);
        }

        EnumerationProgress progress = new(this, RequestParts.Describe($"{ResourceURI}", selectors: null));
        try
        {
            InstanceStream stream = CallOrFail(() => OpenStream(EnumerateRequest()));
            try
            {
                WriteUntilStopped(stream, progress);
            }
            finally
            {
                stream.Dispose();
                WriteReleaseTrace(stream);
            }
        }
        finally
        {
            // The stream is closed by now, so that it does not matter if the engine takes no more progress.
            progress.Complete();
        }
    }

    // A command downstream that has enough leaves the streams of this one open; a stop of the pipeline does not.
    private void WriteReleaseTrace(InstanceStream stream)
    {
        try
        {
            WriteTrace(stream.ReleaseTrace);
        }
        catch (PipelineStoppedException)
        {
            // The exception that ended the enumeration is on its way.
        }
    }

    private ResourceRequest EnumerateRequest() => NewRequest(selectorSet: null) with
    {
        ReturnType = ReturnType.ToLowerInvariant(),
        Polymorphism = Polymorphism,
        Filter = Filter,
        Dialect = Dialect?.OriginalString,
        Associations = Associations ? true : null,
    };

    private void WriteUntilStopped(InstanceStream stream, EnumerationProgress progress)
    {
        try
        {
            WriteAll(stream, progress);
        }
        catch (PipelineStoppedException) when (Stopping)
        {
            // The engine does not call StopProcessing here if a command downstream was stopped first and its exception
            // has already come by: the stream must know all the same that nobody waits for its end.
            Client.Cancel();
            throw;
        }
    }

    // Any write may throw: a reader that has enough, a stop, an error downstream. Then the stream is disposed.
    private void WriteAll(InstanceStream stream, EnumerationProgress progress)
    {
        while (CallOrFail(() => stream.Next(progress.Update)) is { } page)
        {
            using ItemReader items = page.Items;
            WriteTrace(page.Trace);
            Func<XmlElement?> next = () =>
            {
                stream.ThrowIfEnded();
                return items.Next();
            };
            while (CallOrFail(next) is { } item)
            {
                WriteObject(item);
                progress.Count();

                // A page is not fetched before the first object is out, so that a reader that wants no more costs none.
                stream.Prefetch();
            }
        }
    }
}
