namespace Microsoft.WSMan.Management.Tests.Support;

/// <summary>A folder of its own for whoever needs one, gone when that ends.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wsman-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child that is still ending may write here; what is left is below the temporary folder.
        }
    }
}
