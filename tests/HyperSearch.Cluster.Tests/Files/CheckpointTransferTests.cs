using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using Orleans.Runtime;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>Checkpoints between a worker's folder and a host's, whatever happens on the way.</summary>
public sealed class CheckpointTransferTests : IDisposable
{
    private readonly TestFolder _worker = new();
    private readonly TestFolder _host = new();
    private readonly HashSet<int> _open = [1];
    private readonly FlakyGrain _grain;
    private readonly HostFiles _files;
    private FilesDoor _door;

    public CheckpointTransferTests()
    {
        _door = Open();
        _grain = new FlakyGrain(() => _door);
        _files = new HostFiles(_grain, new HurriedTime());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string AtHost => new CampaignFolder(_host.Path).CheckpointFolder(7);

    [Fact]
    public async Task Upload_BringsEveryFileAndDownloadBringsItBack()
    {
        _worker.Write("a/trainer.bin", (5 << 19) + 7).Write("a/b/c/empty", 0).Write("a/b/exactly", 1 << 20).Write("a/ü.json", 3);
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(AtHost));
        await _files.DownloadAsync(7, 0, _worker["other"], Stop);
        Assert.Equal(TestFolder.Content(AtHost), TestFolder.Content(_worker["other"]));
        Assert.Equal(["000007"], Directory.GetFileSystemEntries(new CampaignFolder(_host.Path).CheckpointsPath).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Upload_SendsOnlyWhatTheHostDoesNotHave()
    {
        _worker.Write("a/one", 3 << 20).Write("a/two", 10).Write("a/gone", 10);
        await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop);
        Assert.Equal(5, _grain.Pieces);
        _worker.Write("a/two", 10, seed: 2);
        File.Delete(_worker["a/gone"]);
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal(6, _grain.Pieces);
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(AtHost));
        var calls = _grain.Calls;
        await _files.DownloadAsync(7, 0, _worker["a"], Stop);
        Assert.Equal(1, _grain.Calls - calls); // the list, and no piece
    }

    [Fact]
    public async Task Upload_OfTenThousandFilesArrives()
    {
        for (var i = 0; i < 10_000; i++)
            _worker.Write($"a/{i % 100}/{i}", i % 3, i);
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(AtHost));
    }

    [Fact]
    public async Task Upload_CutOffAnywhereLeavesTheEarlierCheckpoint()
    {
        _worker.Write("a/one", (2 << 20) + 1).Write("a/two", 10);
        await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop);
        var before = TestFolder.Content(AtHost);
        _worker.Write("a/one", (2 << 20) + 5, seed: 2).Write("a/two", 11, seed: 2).Write("a/three", 0);
        for (var allowed = 0; allowed < 7; allowed++) // the beginning, five pieces, and the end
        {
            var first = _grain.Calls;
            _grain.Before = call => Throw.If(call >= first + allowed, () => new KilledException());
            await Assert.ThrowsAsync<KilledException>(() => _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
            Assert.Equal(before, TestFolder.Content(AtHost));
        }

        _door = Open(); // the host starts again
        Assert.Equal(["000007"], Directory.GetFileSystemEntries(new CampaignFolder(_host.Path).CheckpointsPath).Select(Path.GetFileName));
        _grain.Before = static _ => { };
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(AtHost));
    }

    [Fact]
    public async Task Download_CutOffAnywhereLeavesTheEarlierCheckpoint()
    {
        _worker.Write("a/one", (2 << 20) + 5).Write("a/two", 11).Write("a/three", 0).Write("here/one", 7).Write("here/old", 3);
        await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop);
        var before = TestFolder.Content(_worker["here"]);
        for (var allowed = 0; allowed < 6; allowed++) // the list and five pieces
        {
            var first = _grain.Calls;
            _grain.Before = call => Throw.If(call >= first + allowed, () => new KilledException());
            await Assert.ThrowsAsync<KilledException>(() => _files.DownloadAsync(7, 0, _worker["here"], Stop));
            Assert.Equal(before, TestFolder.Content(_worker["here"]));
            Assert.Equal(["a", "here"], Directory.GetFileSystemEntries(_worker.Path).Select(Path.GetFileName).Order());
        }

        _grain.Before = static _ => { };
        await _files.DownloadAsync(7, 0, _worker["here"], Stop);
        Assert.Equal(TestFolder.Content(AtHost), TestFolder.Content(_worker["here"]));
    }

    [Fact]
    public async Task Download_WhileAnotherRungTakesThePlaceBringsOneOfThemWhole()
    {
        _worker.Write("early/trainer.bin", 3 << 20).Write("early/more", 9).Write("late/trainer.bin", (2 << 20) + 1, seed: 2);
        Upload(1, _worker["early"]);
        var began = _grain.Calls;
        _grain.Before = call =>
        {
            if (call == began + 2) // after the list and a piece
                Upload(1, _worker["late"]);
        };
        await _files.DownloadAsync(7, 0, _worker["here"], Stop);
        Assert.Equal(TestFolder.Content(_worker["late"]), TestFolder.Content(_worker["here"]));
    }

    [Fact]
    public async Task Commit_ReplacesALinkAndLeavesWhatIsBehindIt()
    {
        _host.Write("elsewhere/trainer.bin", 10).Write("checkpoints/000008/x", 1);
        Directory.CreateSymbolicLink(AtHost, _host["elsewhere"]);
        _worker.Write("a/trainer.bin", 20);
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Null(new DirectoryInfo(AtHost).LinkTarget);
        Assert.Equal(20, new FileInfo(Path.Combine(AtHost, "trainer.bin")).Length);
        Assert.Equal(10, new FileInfo(_host["elsewhere/trainer.bin"]).Length);
    }

    [Theory]
    [InlineData("../own")]
    [InlineData("/etc/own")]
    [InlineData("a/../../own")]
    public async Task Download_RefusesAHostWhoseListLeadsOut(string path)
    {
        _worker.Write("own", 10);
        var host = new HostFiles(new HostileGrain(new Manifest([new FileEntry(path, 4, new string('0', 32))])), new HurriedTime());
        await Assert.ThrowsAsync<ClusterException>(() => host.DownloadAsync(7, 0, _worker["here"], Stop));
        using var cache = new DataCache(_worker["work"]);
        var bundle = new Manifest([new FileEntry(path, 4, new string('0', 64))]);
        await Assert.ThrowsAsync<ClusterException>(() => host.UnpackAsync(bundle, cache, Stop));
        Assert.Equal(["own"], Directory.GetFileSystemEntries(_worker.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Upload_GoesOnThroughLostCallsAndARestartOfTheHost()
    {
        _worker.Write("a/one", 9 << 20).Write("a/two", 10);
        _grain.Before = call =>
        {
            if (call == 6)
                _door = Open();
            Throw.If(call % 3 == 1, () => new OrleansException("lost"));
        };
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(AtHost));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task Upload_WithAFlippedByteIsNeverKept(int flips)
    {
        _worker.Write("a/one", (2 << 20) + 1);
        _grain.OnTheWay = piece => flips-- > 0 ? Flipped(piece) : piece;
        if (flips == 1)
        {
            Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
            Assert.Equal(TestFolder.Content(_worker["a"]), TestFolder.Content(AtHost));
            return;
        }

        var refusal = await Assert.ThrowsAsync<ClusterException>(
            () => _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Contains("never arrived as it had left", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("none", TestFolder.Content(AtHost));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task Download_WithAFlippedByteIsNeverKept(int flips)
    {
        _worker.Write("a/one", (2 << 20) + 1).Write("here/one", 5);
        await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["a"]), Stop);
        var before = TestFolder.Content(_worker["here"]);
        _grain.OnTheWay = piece => flips-- > 0 ? Flipped(piece) : piece;
        if (flips == 1)
        {
            await _files.DownloadAsync(7, 0, _worker["here"], Stop);
            Assert.Equal(TestFolder.Content(AtHost), TestFolder.Content(_worker["here"]));
            return;
        }

        await Assert.ThrowsAsync<ClusterException>(() => _files.DownloadAsync(7, 0, _worker["here"], Stop));
        Assert.Equal(before, TestFolder.Content(_worker["here"]));
        Assert.Equal(["a", "here"], Directory.GetFileSystemEntries(_worker.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_ThatComesLateChangesNothingOfALaterRung(bool isTheLaterOneOfTheHost)
    {
        _worker.Write("early/trainer.bin", 3 << 20).Write("late/trainer.bin", 100, seed: 2);
        var began = _grain.Calls;
        _grain.Before = call =>
        {
            if (call != began + 4)
                return; // the worker was silent before its last call: another one brought job 1, and job 2 of the trial after it
            _open.Clear();
            _open.Add(2);
            if (isTheLaterOneOfTheHost)
                _host.Write("checkpoints/000007/trainer.bin", 100, seed: 2);
            else
                Upload(2, _worker["late"]);
        };
        Assert.False(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["early"]), Stop));
        Assert.Equal(TestFolder.Content(_worker["late"]), TestFolder.Content(AtHost));
        Assert.False(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["early"]), Stop));
        Assert.False(await _files.UploadAsync(2, 11, new OutgoingCheckpoint(_worker["early"]), Stop)); // the right number of another job
        Assert.Equal(TestFolder.Content(_worker["late"]), TestFolder.Content(AtHost));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_FromTheMidstOfAJobNeverTakesThePlaceOfItsEnd(bool comesBetween)
    {
        _worker.Write("early/trainer.bin", 3 << 20).Write("late/trainer.bin", 100, seed: 2);
        var midst = new OutgoingCheckpoint(_worker["early"]) { IsOver = false };
        Assert.True(await _files.UploadAsync(1, 11, midst, Stop));
        Assert.Equal(TestFolder.Content(_worker["early"]), TestFolder.Content(AtHost));
        File.AppendAllText(_worker["early/trainer.bin"], "more");
        var commit = _grain.Calls + 5; // after the beginning and four pieces
        if (comesBetween)
            _grain.Before = call => Throw.If(call == commit && !IsUploaded(1, _worker["late"]), () => new InvalidOperationException());
        else
            Upload(1, _worker["late"]);
        Assert.False(await _files.UploadAsync(1, 11, midst, Stop)); // the same job, still open
        Assert.Equal(TestFolder.Content(_worker["late"]), TestFolder.Content(AtHost));
        _worker.Write("again/trainer.bin", 50, seed: 3);
        _grain.Before = static _ => { };
        Assert.True(await _files.UploadAsync(1, 11, new OutgoingCheckpoint(_worker["again"]), Stop)); // a worker that ran it once more
        Assert.Equal(TestFolder.Content(_worker["again"]), TestFolder.Content(AtHost));
    }

    [Fact]
    public async Task Upload_BringsTheLogOfTheJobWithTheCheckpoint()
    {
        _worker.Write("a/state", 10).Write("b/state", 10).Write("7-3.log", 99);
        Assert.True(await _files.UploadAsync(1, 11, With("a", "7-3.log"), Stop));
        Assert.Equal(["log", "state"], Directory.GetFiles(AtHost).Select(Path.GetFileName).Order());
        Assert.Equal(File.ReadAllBytes(_worker["7-3.log"]), File.ReadAllBytes(Path.Combine(AtHost, "log")));
        Assert.True(await _files.UploadAsync(1, 11, With("b", "gone.log"), Stop));
        Assert.Equal(0, new FileInfo(Path.Combine(AtHost, "log")).Length); // nothing was logged yet, and that is known
        Assert.False(await _files.UploadAsync(1, 11, With("none", "7-3.log"), Stop)); // a log without a checkpoint is of no use
        Assert.Equal(["7-3.log", "a", "b"], Directory.GetFileSystemEntries(_worker.Path).Select(Path.GetFileName).Order());

        OutgoingCheckpoint With(string folder, string log) => new(_worker[folder]) { Log = _worker[log], SentLog = "log", IsOver = false };
    }

    [Fact]
    public async Task Upload_OfAJobThatIsNotPlannedAgainYetWaits()
    {
        _worker.Write("a/one", 10);
        _open.Clear();
        _grain.Before = call => Throw.If(call == 3 && !_open.Add(5), () => new InvalidOperationException());
        Assert.True(await _files.UploadAsync(5, 55, new OutgoingCheckpoint(_worker["a"]), Stop));
        Assert.Equal(6, _grain.Calls); // it was told to wait three times
    }

    public void Dispose()
    {
        _grain.Dispose();
        _worker.Dispose();
        _host.Dispose();
    }

    private FilesDoor Open() => new(null!, new CheckpointDoor(new CampaignFolder(_host.Path), (job, identity, act) =>
    {
        if (!_open.Contains(job) || identity != (ulong)job * 11)
            return job > 3 && !_open.Contains(job) ? JobStanding.NotYet : JobStanding.Closed;
        act(new Job(job, 7, new Point([]), new Origin(OriginKind.Global), 0, 1, null, 1));
        return JobStanding.Open;
    }), null!);

    private void Upload(int job, string folder)
    {
        var manifest = Manifest.Of(folder, FileHash.Of);
        var begun = _door.Checkpoints.Begin(job, (ulong)job * 11, manifest, isOver: true);
        foreach (var file in begun.Needed)
        {
            for (var offset = 0L; offset < manifest.Files[file].Length; offset += Pieces.Size)
            {
                var piece = Pieces.ReadAsync(Path.Combine(folder, manifest.Files[file].Path), offset, Stop).GetAwaiter().GetResult();
                Assert.True(_door.Checkpoints.PutAsync(begun.Upload, file, offset, piece, Stop).GetAwaiter().GetResult());
            }
        }

        Assert.Equal(UploadEnd.Kept, _door.Checkpoints.Commit(begun.Upload));
    }

    private bool IsUploaded(int job, string folder)
    {
        Upload(job, folder);
        return true;
    }

    private static Piece Flipped(Piece piece)
    {
        byte[] bytes = [.. piece.Bytes];
        bytes[^1] ^= 4;
        return new Piece(bytes);
    }

    private sealed class KilledException : Exception;

    private static class Throw
    {
        public static void If(bool condition, Func<Exception> make)
        {
            if (condition)
                throw make();
        }
    }
}
