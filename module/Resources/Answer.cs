using System.Xml;
using Microsoft.WSMan.Management.Interop;

namespace Microsoft.WSMan.Management;

/// <summary>What an operation came to: the first element of the answer's body, if there is one.</summary>
internal sealed record Answer(XmlElement? Element, IReadOnlyList<TraceLine> Trace);

/// <summary>One page of an enumeration. Its items are elements of one document.</summary>
internal sealed record InstancePage(IReadOnlyList<XmlElement> Items, bool IsLast, IReadOnlyList<TraceLine> Trace)
{
    public static InstancePage From(PageDocument head, OctetsHandle octets) => new(
        AnswerXml.Items(AnswerXml.Root(octets), head.Items, head.Language), head.End, head.Trace ?? []);
}
