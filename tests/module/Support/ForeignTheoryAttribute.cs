namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>Cases with a <see cref="ForeignProcess"/>, which is a package of Debian and its kin.</summary>
public sealed class ForeignTheoryAttribute : TheoryAttribute
{
    public ForeignTheoryAttribute()
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            Skip = "The foreign program comes by apt.";
        }
    }
}
