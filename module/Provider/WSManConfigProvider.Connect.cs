namespace Microsoft.WSMan.Management;

/// <content>Connects to computers, for New-Item.</content>
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

        if (target.UriError is { } error)
        {
            Fail(error.Message, error.Target);
        }

        WSManPath computer = WSManPath.BelowRoot(target.SessionName);
        if (LocationGuard.FindCurrent(SessionState, computer) is { } conflict)
        {
            Fail(conflict, computer);
        }

        Connect(target, parameters);
    }

    private void Connect(ConnectTarget target, NewComputerParameters parameters)
    {
        try
        {
            // New-Item's own -Credential is not among the dynamic parameters, so they cannot compare it when they are
            // bound.
            ConnectCredential.RequireSingleSource(
                parameters.Authentication, Credential, parameters.CertificateThumbprint);
            ConnectCredential credential = ConnectCredential.From(
                parameters.Authentication, Credential, parameters.CertificateThumbprint);
            string description = Messages.DescribeConnect(target.SessionName);
            if (!ShouldProcess(description, Messages.ConfirmText(description), "New-Item"))
            {
                return;
            }

            ConnectResult session = Connect(
                target.ToRequest(credential, parameters.SessionOption), target.SessionName);
            WriteReport(session.Replaced);
            WriteVerbose(session.ToString());
            WriteComputer(session.ComputerName);
        }
        catch (WSManException e)
        {
            Fail(e, target.SessionName);
        }
    }

    // A session of that name ends behind the connection, and that may take as long as any end.
    private ConnectResult Connect(ConnectRequest request, string name) => WSManClient.FindSession(name) is null
        ? _client.Connect(request)
        : WaitForEnd(Messages.EndingOld(name), () => _client.Connect(request));
}
