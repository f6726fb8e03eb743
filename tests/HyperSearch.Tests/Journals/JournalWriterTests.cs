using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Journals;

public sealed class JournalWriterTests
{
    [Fact]
    public void Commit_OnAFullDisk_KeepsWhatWasAcknowledgedAndGoesOnWhenThereIsRoom()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var start = new FileInfo(folder.JournalPath).Length;
        var most = 0;
        for (var room = 0; room < 400; room += 7)
        {
            using var disk = new FullDisk(folder.JournalPath, start + room);
            disk.SetLength(start);
            using var journal = new JournalWriter(disk, folder.JournalPath, start, 1);
            var acknowledged = Fill(journal, disk, room);
            most = Math.Max(most, acknowledged);
            Assert.Equal(acknowledged, Campaign.Open(folder).ReadOutcomes().Count);
            Assert.Equal(journal.Length, new FileInfo(folder.JournalPath).Length);
            disk.Capacity = long.MaxValue;
            Add(journal, 99);
            journal.Commit();
            Assert.Equal(acknowledged + 1, Campaign.Open(folder).ReadOutcomes().Count);
        }

        Assert.True(most > 0, "No outcome was ever acknowledged.");
    }

    [Fact]
    public void Commit_ThatCannotEvenBeUndone_LeavesAJournalThatOpens()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var start = new FileInfo(folder.JournalPath).Length;
        using (var disk = new FullDisk(folder.JournalPath, start + 230) { CutFails = true })
        using (var journal = new JournalWriter(disk, folder.JournalPath, start, 1))
        {
            Add(journal, 0);
            journal.Commit();
            Add(journal, 1);
            Add(journal, 2);
            Assert.Throws<StoreException>(journal.Commit);
            Assert.Contains("takes no more", Assert.Throws<StoreException>(journal.Commit).Message, StringComparison.Ordinal);
        }

        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.NotNull(store.Recovery);
        Assert.Equal([0], store.ReadOutcomes().Select(outcome => outcome.Job));
    }

    [Fact]
    public void Commit_AfterAFailedFlush_AcceptsNothingMore()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var start = new FileInfo(folder.JournalPath).Length;
        using var disk = new FullDisk(folder.JournalPath, long.MaxValue) { FlushFails = true };
        using var journal = new JournalWriter(disk, folder.JournalPath, start, 1);
        Add(journal, 0);
        Assert.Throws<StoreException>(journal.Commit);
        disk.FlushFails = false;
        Add(journal, 0);
        Assert.Throws<StoreException>(journal.Commit);
        Assert.Empty(Campaign.Open(folder).ReadOutcomes());
    }

    [Fact]
    public void Commit_AfterTheFolderWasRemoved_SaysSoInsteadOfWritingIntoNothing()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Directory.Delete(folder.Path, recursive: true);
        var refusal = Assert.Throws<StoreException>(() => store.Append([Any.Plain(0)]));
        Assert.Contains("was removed or moved", refusal.Message, StringComparison.Ordinal);
    }

    private static int Fill(JournalWriter journal, FullDisk disk, int room)
    {
        for (var job = 0; ; job++)
        {
            Add(journal, job);
            try
            {
                journal.Commit();
            }
            catch (StoreException full)
            {
                Assert.Contains("No space left on device", full.Message, StringComparison.Ordinal);
                Assert.True(disk.Capacity - journal.Length <= room);
                return job;
            }
        }
    }

    private static void Add(JournalWriter journal, int job)
    {
        using var encoder = new JobEncoder();
        journal.Add(RecordKind.Outcome, JobEncoder.Version, target => encoder.Write(Any.Plain(job), target));
    }
}
