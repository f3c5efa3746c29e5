using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>The base of the cmdlets that change something, with the parameters that all of them have alike.</summary>
public abstract class ChangingWSManCommand : ResourceWSManCommand
{
    private string? _computerName;

    /// <summary>The application part of the URL; "wsman" unless given.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApplicationNameCompleter))]
    public override string? ApplicationName { get; set; }

    /// <summary>The computer; "." and nothing mean the local one.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [Alias("cn")]
    [ArgumentCompleter(typeof(ComputerCompleter))]
    public override string? ComputerName
    {
        get => _computerName;
        set => _computerName = ComputerNames.FromParameter(value);
    }

    /// <summary>The TCP port; the client setting of the scheme unless given.</summary>
    [Parameter(ParameterSetName = "ComputerName")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, int.MaxValue)]
    public override int Port { get; set; }

    /// <summary>Extended options, made by New-WSManSessionOption.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("so")]
    public override SessionOption? SessionOption { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => RequireValidUri();

    /// <summary>The target of the change, as -WhatIf and -Confirm name it.</summary>
    private protected string TargetText(Hashtable? selectorSet) =>
        $"{RequestParts.Describe($"{ResourceURI}", selectorSet)} on {SessionName}";

    /// <summary>The document of a file; null where values are given, which come first, as on Windows.</summary>
    private protected byte[]? ReadBody(Hashtable? valueSet, string? filePath) =>
        valueSet is null && filePath is not null ? BodyFile.Read(filePath, SessionState.Path) : null;

    /// <summary>Writes the answer's element, where there is one.</summary>
    private protected void WriteAnswer(Answer answer)
    {
        if (answer.Element is { } element)
        {
            WriteObject(element);
        }
    }
}
