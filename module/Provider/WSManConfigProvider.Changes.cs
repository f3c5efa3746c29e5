using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <content>What changes the drive: making and removing items, and setting their values.</content>
public sealed partial class WSManConfigProvider
{
    /// <inheritdoc/>
    protected override object? NewItemDynamicParameters(string path, string itemTypeName, object newItemValue)
    {
        WSManPath item = WSManPath.Parse(path);
        if (item.IsRoot)
        {
            return new NewComputerAtRootParameters();
        }

        return item.IsComputer ? new NewComputerByPathParameters() : null;
    }

    /// <summary>Connects to a computer, as Connect-WSMan does, and writes its item.</summary>
    protected override void NewItem(string path, string itemTypeName, object newItemValue)
    {
        WSManPath item = WSManPath.Parse(path);
        NewComputerParameters parameters =
            DynamicParameters as NewComputerParameters ?? new NewComputerByPathParameters();
        ConnectTarget target = parameters.Target(item.Computer);
        bool named = item.IsComputer || (item.IsRoot && target.ConnectionUri is not null);
        if (!named)
        {
            Fail(new InvalidOperationException(Messages.NewItemNotSupported), path);
        }

        if (target.UriObjection is { } objection)
        {
            Fail(new InvalidOperationException(objection.Message), objection.Target);
        }

        Connect(target, parameters);
    }

    /// <summary>Disconnects a computer, as Disconnect-WSMan does.</summary>
    protected override void RemoveItem(string path, bool recurse)
    {
        WSManPath item = WSManPath.Parse(path);
        if (!item.IsComputer)
        {
            Fail(new InvalidOperationException(Messages.RemoveItemNotSupported), path);
        }

        string computer = item.Computer!;
        RequireToStandElsewhere(computer);
        try
        {
            WriteReport(_client.Disconnect(computer));
        }
        catch (WSManException e)
        {
            Fail(e, computer);
        }
    }

    /// <inheritdoc/>
    protected override void SetItem(string path, object value) =>
        Fail(new InvalidOperationException(Messages.SetItemNotSupported), path);

    /// <inheritdoc/>
    protected override void ClearItem(string path) =>
        Fail(new InvalidOperationException(Messages.SetItemNotSupported), path);

    private void Connect(ConnectTarget target, NewComputerParameters parameters)
    {
        RequireToStandElsewhere(target.SessionName);
        try
        {
            IdentityRules.RequireOneIdentity(parameters.Authentication, Credential, parameters.CertificateThumbprint);
            Identity identity = Identity.From(parameters.Authentication, Credential, parameters.CertificateThumbprint);
            Connected session = _client.Connect(target.Request(identity, parameters.SessionOption), identity.Password);
            WriteReport(session.Replaced);
            WriteVerbose(session.ToString());
            WriteComputer(session.ComputerName, WSManClient.Find(session.ComputerName));
        }
        catch (WSManException e)
        {
            Fail(e, target.SessionName);
        }
    }

    private void RequireToStandElsewhere(string sessionName)
    {
        if (LocationGuard.Objection(SessionState, sessionName) is { } objection)
        {
            Fail(new InvalidOperationException(objection), sessionName);
        }
    }

    private void WriteReport(TeardownReport? report)
    {
        if (report is not null)
        {
            TeardownWriter.Write(report, WriteInformation, WriteVerbose, WriteWarning);
        }
    }

    // The engine makes the error id of the exception's type, and it has to be the one of Windows; so what
    // the library reported goes inside.
    private void Fail(WSManException error, object? target)
    {
        Errors.ThrowIfStopped(error);
        Fail(new InvalidOperationException(error.Message, error), target);
    }

    private void Fail(InvalidOperationException error, object? target) =>
        ThrowTerminatingError(Errors.Record(error, target));
}
