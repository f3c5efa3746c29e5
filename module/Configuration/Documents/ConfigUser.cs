using System.Security;

namespace Microsoft.WSMan.Management;

/// <summary>
/// A user of a computer and the user's password, where the configuration names one for a plugin or a mapping.
/// </summary>
internal sealed record ConfigUser(string Name, SecureString Password);
