using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>How checkpoints enter and leave the folder of a host: what is refused, and what is put in order as it opens.</summary>
public sealed class CheckpointDoorTests : IDisposable
{
    private readonly TestFolder _host = new();
    private readonly CheckpointDoor _door;

    public CheckpointDoorTests() => _door = Open();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/x")]
    [InlineData("a/../../x")]
    [InlineData("a\\..\\x")]
    [InlineData("")]
    public void Begin_RefusesWhatLeadsOut(string path)
    {
        var manifest = new Manifest([new FileEntry(path, 1, new string('0', 32))]);
        Assert.Throws<ClusterException>(() => _door.Begin(1, 11, manifest, isOver: true));
        Assert.Empty(Directory.GetDirectories(_host.Path));
    }

    [Fact]
    public async Task Put_RefusesWhatLiesOutsideItsFile()
    {
        var begun = _door.Begin(1, 11, new Manifest([new FileEntry("a", 10, new string('0', 32))]), isOver: true);
        foreach (var (file, offset, length) in new[] { (0, 0, 11), (0, 1, 10), (0, -1, 1), (0, long.MaxValue, 1), (1, 0, 1), (-1, 0, 1) })
        {
            var piece = new Piece(new byte[length]);
            await Assert.ThrowsAsync<ClusterException>(() => _door.PutAsync(begun.Upload, file, offset, piece, Stop));
        }

        Assert.False(await _door.PutAsync("../x", 0, 0, new Piece([1]), Stop));
        Assert.Equal(UploadEnd.Damaged, _door.Commit(begun.Upload));
        Assert.Equal(UploadEnd.Unknown, _door.Commit(begun.Upload));
    }

    [Fact]
    public async Task Read_RefusesWhatLeadsOut()
    {
        _host.Write("secret", 10);
        await Assert.ThrowsAsync<ClusterException>(() => _door.ReadAsync(7, 0, "../../secret", 0, Stop));
        await Assert.ThrowsAsync<ClusterException>(() => _door.ReadAsync(7, 0, _host["secret"], 0, Stop));
        Assert.Null(await _door.ReadAsync(7, 0, "gone", 0, Stop));
    }

    [Fact]
    public void Opening_BringsBackWhatAKillLeftBetweenTwoRenames()
    {
        _host.Write("checkpoints/.old-0123456789abcdef0123456789abcdef-000007/one", 10);
        _host.Write("checkpoints/.old-0123456789abcdef0123456789abcdef-000008/one", 10).Write("checkpoints/000008/one", 11);
        _host.Write("checkpoints/.up-0123456789abcdef0123456789abcdef/one", 10);
        _ = Open();
        Assert.Equal(["000007", "000008"], Directory.GetFileSystemEntries(_host["checkpoints"]).Select(Path.GetFileName).Order());
        Assert.Equal(10, new FileInfo(_host["checkpoints/000007/one"]).Length);
        Assert.Equal(11, new FileInfo(_host["checkpoints/000008/one"]).Length);
    }

    public void Dispose() => _host.Dispose();

    private CheckpointDoor Open() => new(new CampaignFolder(_host.Path), static (job, _, act) =>
    {
        act(new Job(job, 7, new Point([]), new Origin(OriginKind.Global), 0, 1, null, 1));
        return JobStanding.Open;
    });
}
