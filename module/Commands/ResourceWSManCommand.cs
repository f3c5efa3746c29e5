using System.Collections;
using System.Management.Automation;

namespace Microsoft.WSMan.Management;

/// <summary>
/// The base of the cmdlets that work on a resource. Each says itself which of its parameters belong together,
/// as on Windows; here is what they mean. A command that names a connected computer, or none while localhost
/// is connected, and says nothing of how to connect or as whom, uses that session. Any other opens one of its
/// own, which ends with the operation.
/// </summary>
public abstract class ResourceWSManCommand : AuthenticatingWSManCommand
{
    // Whoever gives one of these wants a connection made in this way, not one that is there.
    private static readonly string[] s_connecting =
    [
        nameof(Port),
        nameof(UseSSL),
        nameof(ApplicationName),
        nameof(ConnectionURI),
        nameof(SessionOption),
        nameof(Credential),
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

    /// <summary>What the errors of this cmdlet name as their target.</summary>
    private protected virtual object? ErrorTarget => ResourceURI;

    /// <summary>The name that was given for the computer, or stands in the connection URI; null if none was.</summary>
    private protected string? GivenComputer => ConnectionURI is null ? ComputerName : Place.SessionName;

    /// <summary>The computer as a sentence names it.</summary>
    private protected string Computer => Place.SessionName;

    private ConnectTarget Place => new(ComputerName, Port, ApplicationName, UseSSL, ConnectionURI);

    private SessionInfo? Session =>
        Array.Exists(s_connecting, MyInvocation.BoundParameters.ContainsKey)
            ? null
            : WSManClient.Find(Place.SessionName);

    /// <summary>Ends the command if the connection URI is none.</summary>
    private protected void RequireProperUri()
    {
        if (Place.UriObjection is { } objection)
        {
            Fail(objection.Message, objection.Target);
        }
    }

    /// <summary>What all requests of this cmdlet have.</summary>
    /// <exception cref="WSManException">A parameter cannot be put into a request.</exception>
    private protected ResourceRequest NewRequest(Hashtable? selectorSet)
    {
        SessionInfo? session = Session;
        return new ResourceRequest
        {
            SessionId = session?.Id,
            Connection = session is null ? Place.Request(Identity, SessionOption) : null,
            ResourceUri = ResourceURI?.OriginalString ?? "",
            Selectors = RequestParts.Selectors(selectorSet),
            Options = RequestParts.Options(OptionSet),
            Trace = Trace,
        };
    }

    /// <summary>Asks, and ends the command with the error if that fails. Nothing may be written meanwhile.</summary>
    private protected T OrFail<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (WSManException e)
        {
            Fail(e, ErrorTarget);
            throw;
        }
    }

    /// <summary>One operation, its trace told.</summary>
    private protected Answer Ask(Func<ResourceRequest> request, Func<byte[]?>? input = null)
    {
        Answer answer = OrFail(() => Client.Request(request(), input?.Invoke()));
        WriteTrace(answer.Trace);
        return answer;
    }
}
