namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>
/// Cases in a <see cref="Realm"/>. Its parts are packages of Debian and its kin; and libraries with sanitizers are
/// looked at in tests/auth, since foreign ones in the same process need exceptions of their own.
/// </summary>
public sealed class RealmTheoryAttribute : TheoryAttribute
{
    public RealmTheoryAttribute()
    {
        if (Bounds.IsSanitized || !File.Exists("/usr/bin/apt-get"))
        {
            Skip = "A realm is made where apt is, without sanitizers.";
        }
    }
}
