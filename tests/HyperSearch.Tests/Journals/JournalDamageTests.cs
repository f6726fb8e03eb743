using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Journals;

/// <summary>Whatever happens to its bytes, a journal opens with values that were written, or says what is wrong with it.</summary>
public sealed class JournalDamageTests
{
    [Fact]
    public void Open_AfterACutAtAnyLength_KeepsEveryWholeRecordAndSaysWhatItDropped()
    {
        using var scratch = new Scratch();
        var (folder, outcomes, ends) = Written(scratch);
        var bytes = File.ReadAllBytes(folder.JournalPath);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(folder.JournalPath, bytes[..length]);
            if (length < ends[0])
            {
                Assert.Contains(length < JournalFormat.HeaderSize ? "ends within its header" : "record 0", Fault(folder).Message,
                    StringComparison.Ordinal);
                continue;
            }

            using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
            {
                var whole = ends.Count(end => end <= length) - 1;
                Assert.True(Outcomes.Same(store.ReadOutcomes(), outcomes.Take(whole)), $"cut at {length}");
                Assert.Equal(ends.Contains(length), store.Recovery is null);
                store.Append([Any.Plain(1_000)]);
            }

            using var again = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
            Assert.Null(again.Recovery);
            Assert.Equal(1_000, again.ReadOutcomes()[^1].Job);
        }
    }

    [Fact]
    public void Open_WithOneBitFlipped_NeverServesAValueThatWasNotWritten()
    {
        using var scratch = new Scratch();
        var (folder, outcomes, ends) = Written(scratch);
        var bytes = File.ReadAllBytes(folder.JournalPath);
        var lastGroup = ends[^3];
        var (refused, shortened) = (0, 0);
        for (var place = 0; place < 2_000; place++)
        {
            var bit = (int)((long)place * (bytes.Length * 8 - 1) / 1_999);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(folder.JournalPath, bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
                var served = store.ReadOutcomes().ToList();
                Assert.True(Outcomes.Same(served, outcomes.Take(served.Count)), $"bit {bit}");
                Assert.NotNull(store.Recovery);
                Assert.True(bit / 8 >= lastGroup,
                    $"bit {bit} is in a group that was followed by another, and may not be dropped in silence");
                shortened++;
            }
            catch (StoreException fault)
            {
                Assert.Matches("offset [0-9]+|within its header", fault.Message);
                refused++;
            }
        }

        Assert.Equal(2_000, refused + shortened);
        Assert.True(refused > 1_000 && shortened > 20, $"{refused} refused, {shortened} shortened");
    }

    [Fact]
    public void Open_OfANewerFormat_SaysSo()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var bytes = File.ReadAllBytes(folder.JournalPath);
        bytes[8] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(12), (uint)System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(0, 12)));
        File.WriteAllBytes(folder.JournalPath, bytes);
        Assert.Contains("format 2, written by a newer HyperSearch", Fault(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadOutcomes_OfANewerRecord_SaysSo()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var start = new FileInfo(folder.JournalPath).Length;
        using (var journal = new JournalWriter(JournalWriter.OpenFile(folder.JournalPath, FileMode.Open), folder.JournalPath, start, 1))
        using (var encoder = new JobEncoder())
        {
            journal.Add(RecordKind.Outcome, JobEncoder.Version + 1, target => encoder.Write(Any.Plain(0), target));
            journal.Commit();
        }

        var fault = Assert.Throws<StoreException>(() => Campaign.Open(folder).ReadOutcomes().Count);
        Assert.Contains($"offset {start} has version {JobEncoder.Version + 1}, written by a newer HyperSearch", fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithAGroupThatPowerLossLeftInPieces_DropsTheGroup()
    {
        using var scratch = new Scratch();
        var (folder, outcomes, ends) = Written(scratch);
        var bytes = File.ReadAllBytes(folder.JournalPath);
        bytes.AsSpan((int)ends[^3] + 30, 40).Clear(); // the first record of the last group; the second of it is whole
        File.WriteAllBytes(folder.JournalPath, bytes);
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.True(Outcomes.Same(store.ReadOutcomes(), outcomes.SkipLast(2)));
        Assert.NotNull(store.Recovery);
    }

    private static StoreException Fault(CampaignFolder folder) =>
        Assert.Throws<StoreException>(() => CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false));

    /// <summary>A journal of one event and outcomes in groups of 1, 3, 1, 3 and 2; and where each record ends.</summary>
    private static (CampaignFolder Folder, List<Outcome> Outcomes, List<long> Ends) Written(Scratch scratch)
    {
        var folder = scratch.Campaign();
        var outcomes = Enumerable.Range(0, 10).Select(job => Any.Plain(job, job == 4 ? null : 1.0 / (job + 1))).ToList();
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
        {
            var done = 0;
            foreach (var size in (int[])[1, 3, 1, 3, 2])
            {
                store.Append([.. outcomes.Skip(done).Take(size)]);
                done += size;
            }
        }

        var ends = new List<long>();
        using var journal = new JournalReader(folder.JournalPath);
        while (journal.TryRead(out _))
            ends.Add(journal.Position);
        return (folder, outcomes, ends);
    }
}
