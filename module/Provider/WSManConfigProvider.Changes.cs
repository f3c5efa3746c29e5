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
            Fail(Messages.NewItemNotSupported, path);
        }

        if (target.UriObjection is { } objection)
        {
            Fail(objection.Message, objection.Target);
        }

        Connect(target, parameters);
    }

    /// <summary>Disconnects a computer, as Disconnect-WSMan does.</summary>
    protected override void RemoveItem(string path, bool recurse)
    {
        WSManPath item = WSManPath.Parse(path);
        if (!item.IsComputer)
        {
            Fail(Messages.RemoveItemNotSupported, path);
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
        Fail(Messages.SetItemNotSupported, path);

    /// <inheritdoc/>
    protected override void ClearItem(string path) =>
        Fail(Messages.SetItemNotSupported, path);

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
            Fail(objection, sessionName);
        }
    }
}
