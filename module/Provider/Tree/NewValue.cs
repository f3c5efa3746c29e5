using System.Management.Automation;
using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The value that Set-Item gives, or the nothing that Clear-Item does.</summary>
internal sealed record NewValue(object Given, bool Clears)
{
    private const string Masked = "*****";

    public static NewValue Nothing { get; } = new("", Clears: true);

    /// <summary>Whether it is added to the entries that a list has, by whoever keeps the list.</summary>
    public bool Appends { get; init; }

    /// <summary>A number with a point as it was typed, because 7.0 may be a version.</summary>
    public string? Typed { get; init; }

    /// <summary>The value as a text of XML.</summary>
    /// <exception cref="WSManException">There is no text for it.</exception>
    public string Text(string name) => Typed ?? ValueText.Of(name, Given);

    /// <summary>The value as a question or -WhatIf shows it. No secret is shown.</summary>
    public string Shown(string name) => Given switch
    {
        PSCredential credential => credential.UserName,
        SecureString => Masked,
        _ when SecretEntry.IsTelling(name) => Masked,
        bool flag => XmlConvert.ToString(flag),
        _ => Typed ?? Given.ToString() ?? "",
    };
}
