using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The base of the cmdlets that work on a resource. Each cmdlet declares which of its parameters belong together,
/// as on Windows; their meaning is here. A command that names a connected computer, or none while localhost
/// is connected, and has no parameter about the connection or the user, uses that session. Any other opens one of its
/// own, which ends with the operation. The client settings of the local computer are no service's, and are asked for
/// without either.
/// </summary>
public abstract class ResourceWSManCommand : AuthenticatingWSManCommand
{
    // A user who gives one of these wants a connection made in this way, not one that is there.
    private static readonly string[] s_connectionParameters =
    [
        nameof(Port),
        nameof(UseSSL),
        nameof(ApplicationName),
        nameof(ConnectionURI),
        nameof(SessionOption),
        nameof(Authentication),
        nameof(CertificateThumbprint),
    ];

    /// <summary>The computer; "." and nothing mean the local one.</summary>
    public abstract string? ComputerName { get; set; }

    /// <summary>The application part of the URL; "wsman" unless given.</summary>
    public abstract string? ApplicationName { get; set; }

    /// <summary>The TCP port; the client setting of the scheme unless given.</summary>
    public abstract int Port { get; set; }

    /// <summary>Connect over https.</summary>
    public abstract SwitchParameter UseSSL { get; set; }

    /// <summary>The whole address, such as https://server01:5986/wsman.</summary>
    public abstract Uri? ConnectionURI { get; set; }

    /// <summary>Extended options, made by New-WSManSessionOption.</summary>
    public abstract SessionOption? SessionOption { get; set; }

    /// <summary>The resource: a URI, or one of the short forms such as wmicimv2/Win32_Service.</summary>
    public abstract Uri? ResourceURI { get; set; }

    /// <summary>Switches for the service (DSP0226, 6.4).</summary>
    public abstract Hashtable? OptionSet { get; set; }

    /// <summary>The target that the errors of this cmdlet name.</summary>
    private protected virtual object? ErrorTarget => ResourceURI;

    /// <summary>
    /// The computer as the user typed it, or the host of the connection URI; null if neither was given.
    /// </summary>
    private protected string? StatedComputer => ConnectionURI is null ? ComputerName : Target.SessionName;

    /// <summary>The computer as a sentence names it.</summary>
    private protected string SessionName => Target.SessionName;

    private ConnectTarget Target => new(ComputerName, Port, ApplicationName, UseSSL, ConnectionURI);

    private SessionInfo? OpenSession => MayUseSession ? WSManClient.FindSession(SessionName) : null;

    // What the user's own client settings answer for; null if the command is about a service.
    private ClientResource? OwnResource
    {
        get
        {
            ClientResource? own = MayUseSession && ComputerNames.IsLocal(SessionName)
                ? ClientResource.Find(ResourceURI?.OriginalString)
                : null;

            // Most of the root is that of a service, which is meant by whoever has, or had, a session with it.
            bool isOfService = own is { IsRoot: true }
                && (OpenSession is not null || WSManClient.IsConnectedNoMore(SessionName));
            return isOfService ? null : own;
        }
    }

    // The engine does not take back from BoundParameters what an object of the pipeline bound, and Credential is the one of
    // them that comes from there.
    private bool MayUseSession =>
        Credential is null && !Array.Exists(s_connectionParameters, MyInvocation.BoundParameters.ContainsKey);

    /// <summary>Ends the command if the connection URI cannot be used.</summary>
    private protected void RequireValidUri()
    {
        if (Target.UriError is { } error)
        {
            Fail(error.Message, error.Target);
        }
    }

    /// <summary>The part that all requests of this cmdlet have.</summary>
    /// <exception cref="WSManException">A parameter cannot be put into a request.</exception>
    private protected ResourceRequest NewRequest(Hashtable? selectorSet)
    {
        SessionInfo? session = OpenSession;
        return new ResourceRequest
        {
            SessionId = session?.Id,
            Connection = session is null ? Target.ToRequest(NewCredential(), SessionOption) : null,
            ResourceUri = ResourceURI?.OriginalString ?? "",
            Selectors = RequestParts.Selectors(selectorSet),
            Options = RequestParts.Options(OptionSet),
            Trace = TraceLevel,
        };
    }

    /// <summary>Calls the library, and ends the command with the error if that fails.</summary>
    /// <param name="call">The call. It must write nothing, because a write may throw and the answer would be
    /// lost.</param>
    private protected T CallOrFail<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (WSManException e)
        {
            Fail(WithReason(e), ErrorTarget);
            throw;
        }
        catch (Exception e) when (e is not PipelineStoppedException)
        {
            // A file that cannot be read keeps the error of .NET or the engine, as on Windows.
            Fail(Errors.Unnamed(e));
            throw;
        }
    }

    /// <summary>Carries one operation out and writes its trace.</summary>
    /// <param name="request">Makes the request; an error in a parameter ends the command like one of the call.</param>
    /// <param name="input">Makes the body in the place of the request's values; null for none.</param>
    private protected Answer Send(Func<ResourceRequest> request, Func<byte[]?>? input = null)
    {
        Answer answer = CallOrFail(() => Carry(request(), input?.Invoke()));
        WriteTrace(answer.Trace);
        return answer;
    }

    /// <summary>Begins an enumeration, whose stream must be disposed.</summary>
    /// <exception cref="WSManException">The enumeration cannot begin.</exception>
    private protected InstanceStream OpenStream(ResourceRequest request) =>
        OwnResource is { } own ? throw own.NotSupported() : Client.Enumerate(request);

    /// <summary>Asks the service. It writes nothing, as all that <see cref="CallOrFail"/> calls.</summary>
    private protected virtual Answer AskServer(ResourceRequest request, byte[]? body) => Client.Request(request, body);

    private Answer Carry(ResourceRequest request, byte[]? body) =>
        OwnResource is { } own ? own.Carry(request, body) : AskServer(request, body);

    private WSManException WithReason(WSManException error)
    {
        if (!MayUseSession || !Errors.IsAboutConnection(error.Code))
        {
            return error;
        }

        // On Windows every computer has a service that answers for its own configuration.
        bool isOwn = ComputerNames.IsLocal(SessionName) && ClientResource.IsConfiguration(ResourceURI?.OriginalString);
        WSManException told = isOwn && OpenSession is null ? Errors.WithFact(error, Messages.NoServiceHere) : error;

        // Who goes on to use the name of a computer that is not connected any more expects its session, and would look
        // for the cause in a connection that was never meant.
        return WSManClient.IsConnectedNoMore(SessionName) ? Errors.NotConnectedNow(told, SessionName) : told;
    }
}
