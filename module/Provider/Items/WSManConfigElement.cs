namespace Microsoft.WSMan.Management;

/// <summary>
/// An item of the WSMan: drive. A value that a script sets is in the item alone, as on Windows; Set-Item changes the
/// configuration.
/// </summary>
public class WSManConfigElement
{
    internal const string Container = "Container";

    internal WSManConfigElement(string name, string type)
    {
        Name = name;
        TypeNameOfElement = type;
    }

    /// <summary>The last segment of the item's path.</summary>
    public string Name { get; set; }

    /// <summary>"Container", or the .NET type of the item's value.</summary>
    public string TypeNameOfElement { get; set; }

    /// <summary>The same as <see cref="TypeNameOfElement"/>, under the name of the column.</summary>
    public string Type
    {
        get => TypeNameOfElement;
        set => TypeNameOfElement = value;
    }
}

/// <summary>An item of the WSMan: drive that holds others.</summary>
public class WSManConfigContainerElement : WSManConfigElement
{
    internal WSManConfigContainerElement(string name, string[]? keys)
        : base(name, Container) => Keys = keys;

    /// <summary>The keys that tell the item from its siblings on the server, each as key=value.</summary>
    public string[]? Keys { get; set; }
}
