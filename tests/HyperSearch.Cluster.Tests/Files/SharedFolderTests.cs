using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>A folder that host and worker see: here under two names, as a network disk has.</summary>
public sealed class SharedFolderTests : IDisposable
{
    private readonly TestFolder _disk = new();
    private readonly TestFolder _worker = new();
    private readonly CampaignFolder _campaign;
    private bool _isOpen = true;

    public SharedFolderTests()
    {
        _disk.Write("results/c/search.yaml", 1);
        _campaign = new CampaignFolder(_disk["results/c"]);
        Directory.CreateSymbolicLink(_worker["mount"], _disk.Path);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Mount => _worker["mount"];

    [Fact]
    public void Enter_TakesTheFolderThatHasTheMarkOfTheHost()
    {
        Assert.Null(SharedFolder.Enter(null, null));
        var older = SharedFolder.Offer(_disk.Path, _campaign);
        var offer = SharedFolder.Offer(_disk.Path, _campaign);
        Assert.NotNull(SharedFolder.Enter(Mount, offer));
        Refuses("was started with --shared, and its host was not", Mount, null);
        Refuses($"The host shares the folder \"{_disk.Path}\" with its workers: start the worker with --shared DIR", null, offer);
        Refuses("is not the folder that the host shares", _worker.Path, offer);
        Refuses("is not the folder that the host shares", Mount, older); // a copy of another day
        Refuses("outside of the one that it shares", Mount, offer with { Campaign = "../c" });
    }

    [Fact]
    public void Offer_RefusesAFolderThatDoesNotHoldTheCampaign()
    {
        var refusal = Assert.Throws<ClusterException>(() => SharedFolder.Offer(_worker.Path, _campaign));
        Assert.Equal(
            $"--shared {_worker.Path} has to hold the campaign's folder, \"{_campaign.Path}\", because its checkpoints are what is shared. "
                + $"Add --results {_worker["results"]}.",
            refusal.Message);
        Assert.StartsWith(
            "--shared /no/such/folder: there is no such folder.", SharedFolder.Fault("/no/such/folder", _campaign.Path),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_GoThroughTheFolderAndNotOverTheWire()
    {
        using var grain = new FlakyGrain(Door());
        var files = Files(grain);
        _worker.Write("a/one", (3 << 20) + 1).Write("a/b/empty", 0);
        Assert.True(await files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal((0, 2), (grain.Pieces, grain.Calls)); // the beginning and the end
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(_campaign.CheckpointFolder(7)));
        await files.DownloadAsync(7, 0, _worker["back"], Stop);
        Assert.Equal(3, grain.Calls);
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(_worker["back"]));
    }

    [Fact]
    public async Task Upload_IsFencedAsOneThatIsSent()
    {
        using var grain = new FlakyGrain(Door());
        _worker.Write("a/one", 10).Write("b/one", 11);
        Assert.True(await Files(grain).UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        grain.Before = call => _isOpen = call != 3; // the outcome came from elsewhere before the last call
        Assert.False(await Files(grain).UploadAsync(1, 11, new OutgoingCheckpoint(_worker["b"]), Stop));
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(_campaign.CheckpointFolder(7)));
        Assert.Equal(["000007"], Directory.GetFileSystemEntries(_campaign.CheckpointsPath).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Data_InTheFolderAreReadThere()
    {
        _disk.Write("data.csv", 100);
        using var elsewhere = new TestFolder().Write("more.csv", 50);
        var text = $"objective: {{train: {{data: {{train: data.csv, dev: \"{elsewhere["more.csv"]}\"}}, label: y, epochs: 1}}}}\n"
            + "minimize: dev_error\nspace: {learning_rate: {log: [0.1, 1]}}\n";
        var inputs = InputFiles.Of(SearchFile.Parse(text, "x.yaml", _disk.Path));
        using var grain = new FlakyGrain(() => new FilesDoor(inputs, null!, null!));
        using var cache = new DataCache(_worker["work"]);
        var files = Files(grain);
        var here = SearchFile.Parse(await files.PlaceInputsAsync(text, inputs.All, cache, Stop), "x.yaml", "/");
        var paths = InputFiles.Paths(here).Select(input => input.Path).ToList();
        Assert.Equal(Path.Combine(Mount, "data.csv"), paths[0]);
        Assert.True(files.Shared!.Holds(paths[0]) && !files.Shared.Holds(paths[1]) && cache.Holds(paths[1]));
        Assert.Equal(1, grain.Calls);
        _disk.Write("data.csv", 100, seed: 2); // changed since the host has listed it: what was listed is asked for
        await Assert.ThrowsAsync<ClusterException>(() => files.PlaceInputsAsync(text, inputs.All, cache, Stop));
    }

    public void Dispose()
    {
        _disk.Dispose();
        _worker.Dispose();
    }

    private static void Refuses(string sentence, string? shared, SharedOffer? offer) => Assert.Contains(
        sentence, Assert.Throws<ClusterException>(() => SharedFolder.Enter(shared, offer)).Message, StringComparison.Ordinal);

    private HostFiles Files(FlakyGrain grain) =>
        new HostFiles(grain, TimeProvider.System).In(SharedFolder.Enter(Mount, SharedFolder.Offer(_disk.Path, _campaign)));

    private Func<FilesDoor> Door()
    {
        var door = new FilesDoor(null!, new CheckpointDoor(_campaign, (job, _, act) =>
        {
            if (!_isOpen)
                return JobStanding.Closed;
            act(new Job(job, 7, new Point([]), new Origin(OriginKind.Global), 0, 1, null, 1));
            return JobStanding.Open;
        }), null!);
        return () => door;
    }
}
