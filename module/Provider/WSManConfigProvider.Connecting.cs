namespace Microsoft.WSMan.Management;

/// <content>What connects to a computer.</content>
public sealed partial class WSManConfigProvider
{
    private void ConnectTo(WSManPath item)
    {
        NewComputerParameters parameters =
            DynamicParameters as NewComputerParameters ?? new NewComputerByPathParameters();
        ConnectTarget target = parameters.Target(item.Computer);
        if (item.IsRoot && target.ConnectionUri is null)
        {
            Fail(Messages.NewItemNotSupported, item);
        }

        if (target.UriObjection is { } objection)
        {
            Fail(objection.Message, objection.Target);
        }

        RequireToStandElsewhere(WSManPath.BelowRoot(target.SessionName));
        Connect(target, parameters);
    }

    private void Connect(ConnectTarget target, NewComputerParameters parameters)
    {
        try
        {
            IdentityRules.RequireOneIdentity(parameters.Authentication, Credential, parameters.CertificateThumbprint);
            Identity identity = Identity.From(parameters.Authentication, Credential, parameters.CertificateThumbprint);
            string what = Messages.OpenSession(target.SessionName);
            if (!ShouldProcess(what, Messages.Sure(what), "New-Item"))
            {
                return;
            }

            Connected session = _client.Connect(target.Request(identity, parameters.SessionOption));
            WriteReport(session.Replaced);
            WriteVerbose(session.ToString());
            WriteComputer(session.ComputerName, WSManClient.Find(session.ComputerName));
        }
        catch (WSManException e)
        {
            Fail(e, target.SessionName);
        }
    }
}
