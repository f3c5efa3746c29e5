using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;
using Microsoft.PowerShell.Commands;

namespace Microsoft.WSMan.Management.Units.Resources;

/// <summary>Documents in files. A runspace that knows the file system, and runs nothing, resolves the paths.</summary>
public sealed class BodyFileTests : IClassFixture<BodyFileTests.Folder>
{
    private const string Xml = "<a b='1'>Größe 😀&lt;</a>";

    // A hang lasts much longer.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly Folder _folder;

    public BodyFileTests(Folder folder) => _folder = folder;

    [Theory]
    [InlineData("utf-8", true, "")]
    [InlineData("utf-8", true, "<?xml version='1.0' encoding='utf-8'?>")]
    [InlineData("utf-8", false, "<?xml version='1.0'?>")]
    [InlineData("utf-16", true, "")]
    [InlineData("utf-16", true, "<?xml version='1.0' encoding='utf-16'?>")]
    [InlineData("utf-16BE", true, "<?xml version='1.0' encoding='utf-16'?>")]
    public void TheEncodingOfTheFileIsTakenForWhatItIs(string name, bool mark, string declaration)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes(declaration + Xml);

        Assert.Equal(Xml, Read([.. mark ? encoding.GetPreamble() : [], .. text]));
    }

    [Fact]
    public void AnEncodingThatIsOnlyDeclaredCounts() => Assert.Equal(
        "<a>Größe</a>",
        Read(Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='iso-8859-1'?><a>Größe</a>")));

    [Theory]
    [InlineData("<?xml version='1.0'?>\r\n<!----><a  b = '1'\tc=\"2\"/>\n", "\r\n<!----><a  b = '1'\tc=\"2\"/>\n")]
    [InlineData("<?xml-stylesheet href='x'?><a/>", "<?xml-stylesheet href='x'?><a/>")]
    [InlineData("<?xml\tversion='1.0'?><?p ?><a/>", "<?p ?><a/>")]
    [InlineData("<!-- ?> --><a>&#10;<![CDATA[<]]></a>", "<!-- ?> --><a>&#10;<![CDATA[<]]></a>")]
    public void NothingButTheDeclarationIsTakenAway(string file, string text) =>
        Assert.Equal(text, Read(Encoding.UTF8.GetBytes(file)));

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("<a>")]
    [InlineData("<a/><b/>")]
    [InlineData(" <?xml version='1.0'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='utf-99'?><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    public void AFileThatIsNoDocumentIsNamedByItsPath(string text) =>
        AssertRefused(_folder.File(Encoding.UTF8.GetBytes(text)), "XML document without a DOCTYPE");

    [Fact]
    public void BytesThatAreNoTextAreRefused() =>
        AssertRefused(_folder.File([.. "<a>"u8, 0xFF, 0xFE, .. "</a>"u8]), "XML");

    [Fact]
    public void AFolderIsRefused() => AssertRefused(_folder.Path, "is a folder");

    [Theory]
    [InlineData("pipe")]
    [InlineData("link to a pipe")]
    public async Task APipeIsRefusedAndNotWaitedFor(string name)
    {
        string pipe = Path.Combine(_folder.Path, $"pipe behind {name}");
        string path = name == "pipe" ? pipe : Path.Combine(_folder.Path, name);
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        if (path != pipe)
        {
            _ = File.CreateSymbolicLink(path, pipe);
        }

        await Task.Run(() => AssertRefused(path, "a pipe or a device")).WaitAsync(s_limit);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void ADeviceIsRefused(string path) => AssertRefused(path, "a pipe or a device");

    [Fact]
    public void ALinkToAFileIsRead()
    {
        string link = Path.Combine(_folder.Path, "link to a file");
        _ = File.CreateSymbolicLink(link, _folder.File("<a/>"u8.ToArray()));

        Assert.Equal("<a/>"u8, BodyFile.Read(link, _folder.Paths));
    }

    // "folder" leads to there/deep, and there/deep/x to ../x: there/x, and not the x beside "folder".
    [Theory]
    [InlineData("", "a pipe or a device")]
    [InlineData("<b/>", "a pipe or a device")]
    [InlineData("<b/>", null)]
    public async Task ALinkBehindALinkedFolderIsFollowedAsTheSystemDoes(string beside, string? refusal)
    {
        string root = Directory.CreateDirectory(Path.Combine(_folder.Path, Path.GetRandomFileName())).FullName;
        string deep = Directory.CreateDirectory(Path.Combine(root, "there", "deep")).FullName;
        _ = File.CreateSymbolicLink(Path.Combine(root, "folder"), deep);
        _ = File.CreateSymbolicLink(Path.Combine(deep, "x"), "../x");
        if (beside.Length > 0)
        {
            await File.WriteAllTextAsync(Path.Combine(root, "x"), beside);
        }

        string path = Path.Combine(root, "folder", "x");
        string target = Path.Combine(root, "there", "x");
        if (refusal is null)
        {
            await File.WriteAllTextAsync(target, "<a/>");
            Assert.Equal("<a/>"u8, BodyFile.Read(path, _folder.Paths));
            return;
        }

        using (Process made = Process.Start("mkfifo", [target]))
        {
            await made.WaitForExitAsync();
        }

        await Task.Run(() => AssertRefused(path, refusal)).WaitAsync(s_limit);
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed() => Assert.EndsWith(
        "nothing.xml",
        Assert.Throws<FileNotFoundException>(() => BodyFile.Read("nothing.xml", _folder.Paths)).FileName,
        StringComparison.Ordinal);

    private string Read(byte[] bytes) => Encoding.UTF8.GetString(BodyFile.Read(_folder.File(bytes), _folder.Paths));

    private void AssertRefused(string path, string said)
    {
        WSManException error = Assert.Throws<WSManException>(() => BodyFile.Read(path, _folder.Paths));

        Assert.Equal(WSManErrorCode.InvalidArgument, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    /// <summary>A folder for the files, and what resolves their paths.</summary>
    public sealed class Folder : IDisposable
    {
        private readonly Runspace _runspace;

        private int _files;

        public Folder()
        {
            InitialSessionState state = InitialSessionState.Create();
            state.Providers.Add(new SessionStateProviderEntry("FileSystem", typeof(FileSystemProvider), null));
            _runspace = RunspaceFactory.CreateRunspace(state);
            _runspace.Open();
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("wsman-units-").FullName;

        internal PathIntrinsics Paths => _runspace.SessionStateProxy.Path;

        public string File(byte[] bytes)
        {
            string file = System.IO.Path.Combine(Path, $"{Interlocked.Increment(ref _files)}.xml");
            System.IO.File.WriteAllBytes(file, bytes);
            return file;
        }

        public void Dispose()
        {
            _runspace.Dispose();
            Directory.Delete(Path, recursive: true);
        }
    }
}
