using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace WSManConsole;

/// <summary>The questions that commands ask.</summary>
internal sealed partial class ShellUserInterface
{
    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions)
    {
        RefuseIfNonInteractive();
        WriteHeading(caption, message);
        Dictionary<string, PSObject> answers = [];
        foreach (FieldDescription field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(Ask(field));
        }

        return answers;
    }

    /// <inheritdoc/>
    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseIfNonInteractive();
        WriteHeading(caption, message);
        Choices offered = new(choices, defaultChoice);
        while (true)
        {
            Write(offered.Question);
            string answer = input.ReadLine().Trim();
            if (answer == "?")
            {
                WriteLine(offered.Help);
            }
            else if (offered.Pick(answer) is int picked)
            {
                return picked;
            }
        }
    }

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        PromptForCredential(
            caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        RefuseIfNonInteractive();
        WriteHeading(caption, message);
        string user = userName ?? "";
        while (user.Length == 0)
        {
            Write("User: ");
            user = input.ReadLine();
        }

        Write($"Password for user {user}: ");
        SecureString password = input.ReadSecret();
        return new PSCredential(string.IsNullOrEmpty(targetName) ? user : $"{targetName}\\{user}", password);
    }

    private void WriteHeading(string? caption, string? message)
    {
        if (!string.IsNullOrEmpty(caption))
        {
            WriteLine();
            WriteLine(caption);
        }

        if (!string.IsNullOrEmpty(message))
        {
            WriteLine(message);
        }
    }

    private object? Ask(FieldDescription field)
    {
        Type type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(PSCredential))
        {
            WriteLine(field.Name);
            return PromptForCredential("", "", "", "");
        }

        if (type == typeof(SecureString))
        {
            Write($"{field.Name}: ");
            return input.ReadSecret();
        }

        return type.IsArray ? AskForSeveral(field.Name, type) : AskFor(type, $"{field.Name}: ");
    }

    private object? AskForSeveral(string name, Type type)
    {
        List<object?> items = [];
        while (true)
        {
            Write($"{name}[{items.Count}]: ");
            string text = input.ReadLine();
            if (text.Length == 0)
            {
                return LanguagePrimitives.ConvertTo(items.ToArray(), type, CultureInfo.InvariantCulture);
            }

            if (TryConvert(text, type.GetElementType()!, out object? item))
            {
                items.Add(item);
            }
        }
    }

    private object? AskFor(Type type, string question)
    {
        while (true)
        {
            Write(question);
            if (TryConvert(input.ReadLine(), type, out object? value))
            {
                return value;
            }
        }
    }

    private bool TryConvert(string text, Type type, out object? value)
    {
        try
        {
            value = LanguagePrimitives.ConvertTo(text, type, CultureInfo.InvariantCulture);
            return true;
        }
        catch (PSInvalidCastException e)
        {
            WriteLine(e.Message);
            value = null;
            return false;
        }
    }
}
