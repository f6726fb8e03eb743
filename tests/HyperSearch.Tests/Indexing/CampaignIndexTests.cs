using CsCheck;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Tests.Indexing;

public sealed class CampaignIndexTests
{
    [Fact]
    public void Index_HoldsWhatADictionaryWouldHold()
    {
        using var scratch = new Scratch();
        var number = 0;
        Any.Outcome.Array[0, 6].Array[1, 3].Sample(sessions =>
        {
            var folder = scratch.Campaign($"c{number++}");
            var (model, job) = (new SortedDictionary<int, (Outcome Last, int Jobs, double Seconds)>(), 0);
            foreach (var session in sessions)
            {
                Outcome[] outcomes = [.. session.Select(outcome => outcome with { Job = job++, Trial = outcome.Trial % 5 })];
                // closing has a second to feed the rest, and no second passes
                using var store = CampaignStore.Open(folder, new FakeTimeProvider());
                store.Append(outcomes);
                foreach (var outcome in outcomes)
                {
                    var (_, jobs, seconds) = model.GetValueOrDefault(outcome.Trial);
                    model[outcome.Trial] = (outcome, jobs + 1, seconds + outcome.Seconds);
                }
            }

            using var file = IndexFile.Open(folder, readOnly: true);
            var database = file.Database;
            var documents = database.GetCollection(IndexDocuments.Trials).FindAll().ToList();
            return documents.Count == model.Count && documents.Zip(model).All(pair => Same(pair.First, pair.Second.Key, pair.Second.Value));
        }, iter: 40, threads: 1, seed: "0000KOIKNDOX");
    }

    [Fact]
    public void Index_OfNamesThatDifferOnlyByCase_KeepsThemApart()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var point = new HyperSearch.Spaces.Point([new("x", 1.0), new("X", 2.0)]);
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([Any.Plain(0) with { Point = point }]);
        using var file = IndexFile.Open(folder, readOnly: true);
        var parameters = file.Database.GetCollection(IndexDocuments.Trials).FindById(0)["params"];
        Assert.Equal((1.0, 2.0), (IndexDocuments.Find(parameters, "x")!.AsDouble, IndexDocuments.Find(parameters, "X")!.AsDouble));
    }

    [Fact]
    public void Index_LeftByAKill_IsNotTrustedAndIsMadeAnew()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([.. Enumerable.Range(0, 20).Select(job => Any.Plain(job, job))]);
        using (var killed = CampaignIndex.Open(folder))
        {
            // disposed without Close: LiteDB's file is in order, but nobody can know
        }

        Assert.Null(IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created)));
        CampaignStore.Open(folder, TimeProvider.System).Dispose();
        Assert.Equal(3, IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created))!.Outcomes.Length);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("cut")]
    [InlineData("flip")]
    public void Index_ThatIsDamaged_IsMadeAnewAndNeverAnswersWrongly(string damage)
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([.. Enumerable.Range(0, 200).Select(job => Any.Plain(job, job))]);
        var bytes = File.ReadAllBytes(folder.IndexPath);
        File.WriteAllBytes(folder.IndexPath, damage switch
        {
            "garbage" => [.. Enumerable.Repeat((byte)'x', bytes.Length)],
            "cut" => bytes[..(bytes.Length / 2)],
            _ => [.. bytes.Select((value, at) => at % 97 == 0 ? (byte)(value ^ 4) : value)],
        });
        Assert.Equal([0, 1, 2], new Campaign(folder, Definitions.Of()).ReadBest(3).Trials.Select(trial => trial.Number));
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([Any.Plain(200, -1)]);
        Assert.Equal([0, 1, 200], BestTrials.Read(folder, Definitions.Of(), 3, default, indexFrom: 0).Trials.Select(trial => trial.Number));
    }

    [Fact]
    public void Index_OfALiveCampaign_IsNeverOpened()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([.. Enumerable.Range(0, 20).Select(job => Any.Plain(job, job))]);
        Assert.NotNull(IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created)));
        using var owner = CampaignStore.Open(folder, TimeProvider.System);
        Assert.Null(IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created)));
    }

    [Fact]
    public void Index_ThatCannotBeKept_IsReportedAndNotFatal()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        Directory.CreateDirectory(folder.IndexPath);
        var store = CampaignStore.Open(folder, TimeProvider.System);
        store.Append([Any.Plain(0)]);
        store.Dispose();
        Assert.NotNull(store.IndexFault);
        Assert.Single(Campaign.Open(folder).ReadOutcomes());
    }

    /// <summary>LiteDB's own finalizers used to end the process after the disk had been full.</summary>
    [Fact]
    public void Index_OnAFullDisk_IsGivenUpAndNothingElse()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
            store.Append([.. Enumerable.Range(0, 300).Select(job => Any.Plain(job, job))]);
        var (end, given) = (new FileInfo(folder.JournalPath).Length, 0);
        for (var room = 0L; room < 400_000; room += 24_576)
        {
            using var feeder = new IndexFeeder(folder, TimeProvider.System, end, 301, room);
            feeder.Close(TimeSpan.Zero);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            given += feeder.Fault is null ? 0 : 1;
            Assert.Equal(feeder.Fault is null, File.Exists(folder.IndexPath));
            Assert.Equal([0, 1, 2], new Campaign(folder, Definitions.Of()).ReadBest(3).Trials.Select(trial => trial.Number));
            IndexFile.Delete(folder);
        }

        Assert.InRange(given, 5, 16);
    }

    private static bool Same(LiteDB.BsonDocument document, int trial, (Outcome Last, int Jobs, double Seconds) expected) =>
        document["_id"].AsInt32 == trial && document["at"].AsArray.Count == expected.Jobs
            && document["seconds"].AsDouble == expected.Seconds
        && (expected.Last.Value is { } value ? document["value"].AsDouble.Equals(value) : !document.ContainsKey("value"))
        && document["state"].AsString == TrialFilter.WordOf(expected.Last.State)
        && expected.Last.Metrics.All(metric => IndexDocuments.Find(document["metrics"], metric.Key)!.AsDouble.Equals(metric.Value))
        && expected.Last.Point.All(pair => IndexDocuments.Find(document["params"], pair.Key)!.RawValue.Equals(pair.Value.Boxed));
}
