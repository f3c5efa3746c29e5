using System.Globalization;
using System.Security;
using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The value that Set-Item gives to a setting, or the empty one that Clear-Item does.</summary>
/// <param name="Value">A text, a number and so on, a SecureString, or a <see cref="ConfigUser"/>.</param>
/// <param name="IsCleared">Whether the setting is cleared; the value is "" then.</param>
internal sealed record NewValue(object Value, bool IsCleared = false)
{
    public static NewValue Cleared { get; } = new("", IsCleared: true);

    /// <summary>Whether the value is appended to a list; for a setting of the file, which knows its list.</summary>
    public bool IsAppended { get; init; }

    /// <summary>A number as it was typed, because 7.0 may be a version; null for anything else.</summary>
    public string? NumberText { get; init; }

    /// <summary>The value as a text of XML.</summary>
    /// <param name="name">The setting, for the error.</param>
    /// <exception cref="WSManException">There is no text for the value.</exception>
    public string Text(string name) => Value is ConfigUser
        ? throw Errors.InvalidArgument(Messages.SecretNotAllowed(name))
        : NumberText ?? ValueText.Of(name, Value);

    /// <summary>The value as a text of a plugin's document, in which Windows writes True and False.</summary>
    /// <inheritdoc cref="Text(string)"/>
    public string PluginText(string name) => Value is bool flag ? flag.ToString() : Text(name);

    /// <summary>
    /// The value as a question or -WhatIf shows it, in one line and in every culture as it is sent. No secret is shown.
    /// </summary>
    public string DisplayText(string name) => ForPeople.Line(Value switch
    {
        // The name of a user is no secret, whatever the setting is called.
        ConfigUser user => user.Name,
        SecureString => SecretName.Mask,
        _ when SecretName.Matches(name) => SecretName.Mask,
        bool flag => XmlConvert.ToString(flag),
        _ => NumberText ?? Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "",
    });
}
