using System.Diagnostics;
using HyperSearch.Cluster.Files;

namespace HyperSearch.Cluster.Tests.Files;

public sealed class ManifestTests : IDisposable
{
    private static readonly string Hash = new('0', 32);

    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData("trainer.bin")]
    [InlineData("a/b/c.json")]
    [InlineData("ü/雪.txt")]
    [InlineData(".hidden/x")]
    [InlineData("console")]
    [InlineData("com10")]
    [InlineData("a..b")]
    [InlineData("...a")]
    [InlineData("what?*<>|\"")]
    public void Fault_PassesNamesInsideAFolder(string path) => Assert.Null(PathLaw.Fault(path));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("//a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("./a")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData("a\\b")]
    [InlineData("C:/a")]
    [InlineData("c:a")]
    [InlineData("a:stream")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u009bb")]
    [InlineData("\ud800")]
    [InlineData("a./b")]
    [InlineData("a ")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("com1")]
    [InlineData("LPT9.tar.gz")]
    [InlineData("aux .x")]
    public void Fault_RefusesWhatMeansSomethingElseSomewhere(string path) => Assert.NotNull(PathLaw.Fault(path));

    [Fact]
    public void Fault_RefusesWhatIsTooLong()
    {
        Assert.Null(PathLaw.Fault(new string('a', 255)));
        Assert.NotNull(PathLaw.Fault(new string('a', 256)));
        Assert.NotNull(PathLaw.Fault(new string('ü', 128)));
        Assert.NotNull(PathLaw.Fault(string.Join('/', Enumerable.Repeat("abc", 257))));
    }

    [Fact]
    public void Of_ListsFilesInOrderWithLengthAndContent()
    {
        _folder.Write("b", 3).Write("a/x", 0).Write("a!", 1, seed: 2);
        var files = Manifest.Of(_folder.Path, FileHash.Of).Files;
        Assert.Equal([("a!", 1L), ("a/x", 0), ("b", 3)], files.Select(file => (file.Path, file.Length)));
        Assert.Equal(3, files.Select(file => file.Hash).Distinct().Count());
        Assert.Equal("99aa06d3014798d86001c324468d497f", files[1].Hash); // XXH3-128 of nothing, by its specification
        Assert.Empty(Manifest.Of(_folder["gone"], FileHash.Of).Files);
    }

    [Theory]
    [InlineData("a/link", "../b")]
    [InlineData("link", "/etc/passwd")]
    [InlineData("link", "gone")]
    [InlineData("link", "a")]
    public void Of_RefusesALink(string link, string target)
    {
        _folder.Write("b", 3).Write("a/x", 1);
        File.CreateSymbolicLink(_folder[link], target);
        var refusal = Assert.Throws<ClusterException>(() => Manifest.Of(_folder.Path, FileHash.Of));
        Assert.Equal($"{_folder.Path} cannot be sent: \"{link}\" is a link, and no file behind a link is sent.", refusal.Message);
    }

    [Fact]
    public void Of_RefusesAPipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        using (var made = Process.Start("mkfifo", _folder["pipe"]))
            made.WaitForExit();
        var refusal = Assert.Throws<ClusterException>(() => Manifest.Of(_folder.Path, FileHash.Of));
        Assert.Contains("is a pipe, a socket or a device", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RefusesMoreThan4GiB()
    {
        using (var file = File.Create(_folder["huge"]))
            file.SetLength((4L << 30) + 1); // a hole: nothing is written
        var refusal = Assert.Throws<ClusterException>(() => Manifest.Of(_folder.Path, _ => Hash));
        Assert.Equal(
            $"{_folder.Path} holds more than 4 GiB. Give campaign and workers a folder that all of them see, by --shared DIR, so that "
                + "nothing is sent.",
            refusal.Message);
    }

    [Fact]
    public void Check_RefusesTooManyFiles()
    {
        static Manifest Of(int count) => new([.. Enumerable.Range(0, count).Select(i => new FileEntry($"{i:000000}", 0, Hash))]);
        Of(65_536).Check("It");
        var refusal = Assert.Throws<ClusterException>(() => Of(65_537).Check("It"));
        Assert.Contains("65,537 files", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--shared DIR", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RefusesWhatNoFolderCanBe()
    {
        static void Refused(params FileEntry[] files) => Assert.Throws<ClusterException>(() => new Manifest(files).Check("It"));
        Refused(new FileEntry("a", 1, Hash), new FileEntry("a", 1, Hash));
        Refused(new FileEntry("b", 1, Hash), new FileEntry("a", 1, Hash));
        Refused(new FileEntry("a", -1, Hash));
        Refused(new FileEntry("a", 1, "../../" + Hash[6..]));
        Refused(new FileEntry("a", 1, Hash[1..]));
        Refused(new FileEntry("a", long.MaxValue, Hash), new FileEntry("b", long.MaxValue, Hash));
    }

    [Fact]
    public void Matches_KnowsDataByXxh3AndProgramsBySha256()
    {
        _folder.Write("a", "abc"u8.ToArray());
        var data = Manifest.Entry(_folder.Path, "a", FileHash.Of);
        var program = Manifest.Entry(_folder.Path, "a", FileHash.OfProgram);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", program.Hash); // FIPS 180-4's own example
        Assert.True(FileHash.Matches(_folder["a"], data) && FileHash.Matches(_folder["a"], program));
        _folder.Write("a", "abd"u8.ToArray());
        Assert.False(FileHash.Matches(_folder["a"], data) || FileHash.Matches(_folder["a"], program));
        Assert.False(FileHash.Matches(_folder["b"], data));
    }

    public void Dispose() => _folder.Dispose();
}
