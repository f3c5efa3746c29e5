namespace Microsoft.WSMan.Management;

/// <summary>
/// A setting in the WSMan: drive. As on Windows, a container that is listed among settings is one as well:
/// its type is "Container" and its value is $null.
/// </summary>
public sealed class WSManConfigLeafElement : WSManConfigElement
{
    internal WSManConfigLeafElement(string name, object? value, string type, object? sourceOfValue)
        : base(name, type)
    {
        Value = value;
        SourceOfValue = sourceOfValue;
    }

    /// <summary>The value, as the server has it: a text, but for the few that the help names.</summary>
    public object? Value { get; set; }

    /// <summary>The source of a value that was not set on the computer itself, such as "GPO"; else $null.</summary>
    public object? SourceOfValue { get; set; }
}
