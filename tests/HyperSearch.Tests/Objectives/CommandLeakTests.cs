
namespace HyperSearch.Tests.Objectives;

[Collection(Alone.Name)]
public class CommandLeakTests : CommandFixture
{
    [Fact]
    public async Task FiveHundredJobs_LeaveNoZombieNoOpenFileAndNoTemporaryFile()
    {
        var objective = Shell("""echo '{"dev_error": 0.5}'; exit $((HYPERSEARCH_TRIAL % 10 == 0))""", change: definition => definition with
        {
            Environment = definition.Environment.Add("TMPDIR", Directory.CreateDirectory(Path.Combine(Folder, "temporary")).FullName),
        });
        var failed = 0;
        Serve(0, 20);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var files = OpenFiles();
        await Task.WhenAll(Task.Run(() => Serve(20, 250), Cancelled), Task.Run(() => Serve(270, 250), Cancelled));

        Assert.Equal(52, failed);
        var mine = ChildrenOfThisProcess()
            .Where(id => id != objective.GuardId && ReadOrNothing($"/proc/{id}/cmdline").Contains(Folder, StringComparison.Ordinal));
        Assert.Empty(mine);
        Assert.DoesNotContain(ChildrenOfThisProcess(), id => !Lives(id));
        Assert.InRange(OpenFiles(), 0, files + 10); // the runtime opens a few of its own; a leak would be hundreds
        Assert.Equal(["checkpoints", "logs", "script.sh", "temporary"],
            Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Folder, "temporary")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Folder, "checkpoints")));

        void Serve(int from, int count)
        {
            for (var trial = from; trial < from + count; trial++)
            {
                try
                {
                    objective.Run(new FakeJob(Folder, trial), Cancelled);
                }
                catch (HyperSearch.Hosting.Objectives.TransientFailureException)
                {
                    Assert.Equal(0, trial % 10);
                    Interlocked.Increment(ref failed);
                }
            }
        }
    }

    private static int OpenFiles() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
