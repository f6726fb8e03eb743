using System.Runtime.Versioning;
using HyperSearch.Cluster.Files;

namespace HyperSearch.Cluster.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class CommandBundleTests : IDisposable
{
    private readonly TestFolder _folder = new TestFolder().Write("train.py", 5).Write("lib/a.py", 1).Write("lib/deep/b.py", 2)
        .Write("lib/deep/c.txt", 3).Write("lib/.git/x.py", 4).Write(".env", 4).Write("notes.md", 6);

    [Theory]
    [InlineData("train.py", "train.py")]
    [InlineData("*", "notes.md train.py")]
    [InlineData("*.py", "train.py")]
    [InlineData("t?ain.py", "train.py")]
    [InlineData("lib/*", "lib/a.py")]
    [InlineData("lib/**", "lib/a.py lib/deep/b.py lib/deep/c.txt")]
    [InlineData("**/*.py", "lib/a.py lib/deep/b.py train.py")]
    [InlineData("lib/**/*.py", "lib/a.py lib/deep/b.py")]
    [InlineData("lib/**/deep/*.txt", "lib/deep/c.txt")]
    [InlineData("**", "lib/a.py lib/deep/b.py lib/deep/c.txt notes.md train.py")]
    [InlineData(".env", ".env")]
    [InlineData("lib/.git/*", "lib/.git/x.py")]
    public void Of_TakesWhatAPatternMeans(string pattern, string paths) =>
        Assert.Equal(paths, string.Join(' ', CommandBundle.Of(_folder.Path, [pattern]).Manifest.Files.Select(file => file.Path)));

    [Fact]
    public void Of_TakesEachFileOnceBySha256AndSaysWhichAreRun()
    {
        File.SetUnixFileMode(_folder["train.py"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var files = CommandBundle.Of(_folder.Path, ["*.py", "train.py", "lib/a.py"]).Manifest.Files;
        Assert.Equal([("lib/a.py", false), ("train.py", true)], files.Select(file => (file.Path, file.IsProgram)));
        Assert.All(files, file => Assert.Equal(64, file.Hash.Length));
    }

    [Theory]
    [InlineData("tarin.py")]
    [InlineData("lib")]
    [InlineData("gone/**")]
    public void Of_RefusesAPatternThatMeansNothing(string pattern) => Assert.Equal(
        $"objective.files: no file under \"{_folder.Path}\" is meant by \"{pattern}\".",
        Assert.Throws<ClusterException>(() => CommandBundle.Of(_folder.Path, ["train.py", pattern])).Message);

    [Fact]
    public void Of_RefusesALink()
    {
        File.CreateSymbolicLink(_folder["lib/link.py"], "/etc/passwd");
        Assert.Throws<ClusterException>(() => CommandBundle.Of(_folder.Path, ["lib/**"]));
        Assert.Throws<ClusterException>(() => CommandBundle.Of(_folder.Path, ["lib/link.py"]));
        Assert.Single(CommandBundle.Of(_folder.Path, ["train.py"]).Manifest.Files);
    }

    [Fact]
    public void Of_NamesTheFiveBiggestWhenTheyAreTooBig()
    {
        for (var i = 1; i <= 7; i++)
        {
            using var file = File.Create(_folder[$"big{i}"]);
            file.SetLength(i * 4L << 20); // holes: nothing is written
        }

        var refusal = Assert.Throws<ClusterException>(() => CommandBundle.Of(_folder.Path, ["*"]));
        Assert.Equal(
            "objective.files names 112 MiB, and 100 MiB is the most that workers are sent; the biggest are big7 (28 MiB), big6 (24 MiB), "
                + "big5 (20 MiB), big4 (16 MiB), big3 (12 MiB). Leave data out, and let the command read them where every worker has them.",
            refusal.Message);
        File.Delete(_folder["big7"]);
        Assert.Equal(8, CommandBundle.Of(_folder.Path, ["*"]).Manifest.Files.Length);
    }

    public void Dispose() => _folder.Dispose();
}
