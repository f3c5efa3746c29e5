using System.Xml;

namespace Microsoft.WSMan.Management;

/// <summary>The answer to one operation.</summary>
/// <param name="Element">The first element of the answer's body, in a document of its own; null if the body is
/// empty.</param>
/// <param name="Trace">The exchanges of the operation.</param>
internal sealed record Answer(XmlElement? Element, IReadOnlyList<TraceLine> Trace);

/// <summary>One page of an enumeration.</summary>
/// <param name="Items">The instances, which are read as they are wanted. To be disposed.</param>
/// <param name="IsLast">Whether nothing of the enumeration is left on the server.</param>
/// <param name="Trace">The exchanges that fetched the page.</param>
internal sealed record InstancePage(ItemReader Items, bool IsLast, IReadOnlyList<TraceLine> Trace);
