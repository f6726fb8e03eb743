using HyperSearch.Cluster.Files;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Tests.Files;

public sealed class JobsFolderTests : IDisposable
{
    private readonly TestFolder _work = new();
    private readonly Notes _notes = new();

    [Fact]
    public void Make_RemovesWhatTheDeadHaveLeftAndNothingOfTheLiving()
    {
        _work.Write("jobs/dead/checkpoints/000001/one", 10).Write("jobs/dead.lock", 0).Write("jobs/older/one", 10);
        using var living = JobsFolder.Make(_work.Path, "living", _notes);
        _work.Write("jobs/living/one", 10);
        using (JobsFolder.Make(_work.Path, "other", _notes))
        {
            Assert.Equal(
                ["living", "living.lock", "other", "other.lock"],
                Directory.GetFileSystemEntries(_work["jobs"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }

        Assert.Equal(10, new FileInfo(_work["jobs/living/one"]).Length);
        Assert.Equal(
            ["living", "living.lock"],
            Directory.GetFileSystemEntries(_work["jobs"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>The kernel's own folders take no file, and say that they find none.</summary>
    [Fact]
    public void Check_SaysThatNothingCanBeMadeThere()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc.");
        foreach (var folder in (string[])["/proc", "/proc/x"])
        {
            var refusal = Assert.Throws<ClusterException>(() => JobsFolder.Check(folder));
            Assert.Equal($"The worker cannot keep its files in \"{folder}\": nothing can be made there. Name a folder that it may write, "
                + "on a disk with room, by --work DIR.", refusal.Message);
        }
    }

    [Fact]
    public void Dispose_SaysNothingOfAFolderThatIsGone()
    {
        var folder = JobsFolder.Make(_work.Path, "gone", _notes);
        Directory.Delete(folder.Place);
        folder.Dispose();
        Assert.Empty(_notes.Lines);
        Assert.Empty(Directory.GetFileSystemEntries(_work["jobs"]));
    }

    public void Dispose() => _work.Dispose();

    private sealed class Notes : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
