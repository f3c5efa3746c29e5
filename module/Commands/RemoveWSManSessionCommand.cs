using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// Ends several sessions together, each as Disconnect-WSMan ends one: none waits for another, and all of them take no
/// longer than one may. Windows has no such cmdlet. A session that cannot be ended, because there is none of that name
/// or a location is in the computer, is an error with the id WsManError; the others end all the same.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "WSManSession", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(TeardownReport))]
public sealed class RemoveWSManSessionCommand : WSManCommand
{
    // The objects are in the default set, as in cmdlets of this kind on Windows: so the engine tries for what is piped
    // whether it is an object, or the item of one, before it takes its text for a name.
    private const string NameSet = "Name";

    private const string SessionSet = "Session";

    // In the order in which they were named, each once. Nothing is ever taken out, which keeps the order.
    private readonly Dictionary<ulong, WSManPath> _chosen = [];

    // Those that were refused or not agreed to as well: names overlap, and each session is asked about once.
    private readonly HashSet<ulong> _seen = [];

    // Written when all is over: an error ends a command whose caller said -ErrorAction Stop, and no session would end
    // then.
    private readonly List<ErrorRecord> _refused = [];

    /// <summary>The names under which the computers were connected.</summary>
    [Parameter(
        ParameterSetName = NameSet,
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectedComputerCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// The sessions themselves; the items of the WSMan: drive stand for theirs. One that has ended is passed over, and
    /// a later session under its name stays.
    /// </summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NoWordCompleter))]
    [SessionOfItem]
    public WSManSession[] Session { get; set; } = [];

    /// <summary>Write the report of each session that ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (WSManSession session in Session)
        {
            Choose(session.Id, session.Name);
        }

        foreach (string name in Name)
        {
            ChooseByName(name);
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        IReadOnlyList<TeardownReport> reports = Close();
        try
        {
            WriteReports(reports);
            if (PassThru)
            {
                WriteObject(reports, enumerateCollection: true);
            }
        }
        finally
        {
            // A reader that has enough, or -WarningAction Stop, must not hide that a session is still open.
            _refused.ForEach(WriteError);
        }
    }

    private IReadOnlyList<TeardownReport> Close()
    {
        try
        {
            return WaitForEnd(Messages.Ending(_chosen.Count), () => Client.Close([.. _chosen.Keys]));
        }
        catch (WSManException e)
        {
            Fail(e, null);
            throw;
        }
        finally
        {
            // A drive is not left with a memory that leads nowhere.
            foreach (WSManPath computer in _chosen.Values)
            {
                LocationGuard.Forget(SessionState, computer);
            }
        }
    }

    private void ChooseByName(string name)
    {
        try
        {
            foreach (SessionInfo session in NamedSessions.Find(name))
            {
                Choose(session.Id, session.ComputerName);
            }
        }
        catch (WSManException e)
        {
            _refused.Add(Errors.Record(e, name));
        }
    }

    private void Choose(ulong session, string name)
    {
        if (!_seen.Add(session) || WSManClient.GetSession(session).State == WSManSessionState.Closed)
        {
            return;
        }

        WSManPath computer = WSManPath.BelowRoot(name);
        if (LocationGuard.FindConflict(SessionState, computer) is { } conflict)
        {
            _refused.Add(Errors.Record(new InvalidOperationException(conflict), name));
            return;
        }

        if (ShouldProcess(name))
        {
            _chosen.Add(session, computer);
        }
    }
}
