using System.Text.Json;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Tests.Campaigns;

/// <summary>Every file of a campaign but the journal, cut off at every length and with single bits flipped at 2,000 places: it is refused,
/// or says what it said before.</summary>
public sealed class FileDamageTests : IDisposable
{
    private const int Flips = 2_000;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void OwnerAndLiveStatus_AreRefused()
    {
        var folder = _scratch.Campaign();
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        Assert.Null(new LiveStatusFile(folder, store.Owner, TimeProvider.System)
            .Publish(new LiveStatus(default, 3, [new LiveJob(2, 2, 7, 30, 0)])));
        Assert.Equal(3, LiveStatusFile.Read(folder)!.Planned);
        Damage(folder.LivePath, _ => Assert.Null(LiveStatusFile.Read(folder)));
        Assert.Equal(store.Owner, CampaignLock.Owner(folder));
        Damage(folder.OwnerPath, _ =>
        {
            Assert.Null(CampaignLock.Owner(folder));
            Assert.True(CampaignLock.IsOwned(folder));
        });
    }

    [Fact]
    public void Lock_OfAnyContentOrNoneKeepsNobodyOut()
    {
        var folder = _scratch.Campaign();
        foreach (var content in (byte[][])[[], [0], [.. "garbage"u8]])
        {
            File.WriteAllBytes(folder.LockPath, content);
            CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false).Dispose();
        }

        File.Delete(folder.LockPath);
        CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false).Dispose();
    }

    [Fact]
    public void Index_IsNotTrusted()
    {
        var folder = _scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append([.. Enumerable.Range(0, 50).Select(job => Any.Plain(job, 1.0 / (job + 1)))]);
        Assert.NotNull(IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created)));
        Damage(folder.IndexPath, _ => Assert.False(IndexSeal.Holds(folder)));
        Assert.NotNull(IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created)));
        Damage(folder.IndexPath + ".seal",
            _ => Assert.Null(IndexQuery.Best(folder, null, 0, 3, Definitions.Of()(folder, Scratch.Created))));
        File.WriteAllBytes(folder.IndexPath, []);
        Assert.Equal([47, 48, 49],
            BestTrials.Read(folder, Definitions.Of(), 3, default, indexFrom: 0).Trials.Select(trial => trial.Number));
    }

    [Fact]
    public void CheckpointAndModel_AreRefused()
    {
        var folder = _scratch.Results;
        using var objective = TrainingObjective.Load(
            new TrainingDefinition(new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 60 } }) { Epochs = 4 }, 1,
            TimeProvider.System);
        var job = new Job(0, 0, new Point([new("learning_rate", 0.1), new("hidden_units", 3)]),
            new Origin(OriginKind.Global), 0, 2, null, 9);
        objective.Run(new JobContext(job, Search, folder, "", _ => { }), TestContext.Current.CancellationToken);
        var (trainer, measurements, model) =
            (Path.Combine(folder, "trainer.bin"), Path.Combine(folder, "measurements.json"), Path.Combine(folder, "model.bin"));
        Damage(trainer, _ => Assert.NotNull(Trainer.FaultOf(trainer)));
        Damage(measurements, _ => Assert.Throws<JsonException>(() => SealedJson.Read(measurements)));
        var winner = new Trial { Number = 0, Point = job.Point, Origin = job.Origin, State = OutcomeState.Completed, Epochs = 2 };
        objective.Judge([winner], new Judging(9, model, Path.Combine(folder, "last")), TestContext.Current.CancellationToken);
        Damage(model, _ => Assert.Throws<DataException>(() => Model.Load(model)));
    }

    [Fact]
    public void SearchFile_IsRefusedOrTakenForAnEditThatIsTold()
    {
        const string Text = """
            name: test
            objective: {command: ["true", "{x}"], epochs: 9}
            minimize: loss
            space: {x: {uniform: [0, 1]}, y: {choice: [a, b]}}
            method: {sampler: random, trials: 20, seed: 5}
            schedule: {asha: {min_epochs: 1, factor: 3}}
            """;
        var folder = Campaign.Create(new CampaignFolder(Path.Combine(_scratch.Results, "test")), Text, Scratch.Created).Folder;
        var original = SearchFile.Parse(Text, "search.yaml", "/") with { Seed = Scratch.Created.Seed };
        var (edited, refused) = (0, 0);
        Damage(folder.SearchPath, damaged =>
        {
            try
            {
                var search = Campaign.Open(folder).Continue();
                var edits = SearchDiff.Between(original, search).ToList();
                Assert.All(edits, difference => Assert.True(difference.MayChange, $"{difference} in {damaged}"));
                edited += edits.Count > 0 ? 1 : 0;
            }
            catch (Exception refusal) when (refusal is SearchFileException or CampaignException)
            {
                Assert.NotEqual("", refusal.Message);
                refused++;
            }
        });
        Assert.True(edited > 0 && refused > 100, $"{edited} edits, {refused} refusals");
    }

    private static Search Search { get; } = Definitions.Of()(null!, null!) with { Metric = "dev_cost" };

    /// <summary>Damages a file in every way, each time for one look, and puts it right again.</summary>
    private static void Damage(string path, Action<string> look)
    {
        var bytes = File.ReadAllBytes(path);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0))
        {
            for (var length = bytes.Length - 1; length >= 0; length--)
            {
                file.SetLength(length);
                look($"cut at {length}");
            }

            file.Write(bytes);
            for (var place = 0; place < Flips; place++)
            {
                var bit = (int)((long)place * ((bytes.Length * 8) - 1) / (Flips - 1));
                Put((byte)(bytes[bit / 8] ^ (1 << (bit % 8))));
                look($"bit {bit}");
                Put(bytes[bit / 8]);

                void Put(byte value)
                {
                    file.Position = bit / 8;
                    file.WriteByte(value);
                }
            }
        }

        Assert.Equal(bytes, File.ReadAllBytes(path));
    }
}
