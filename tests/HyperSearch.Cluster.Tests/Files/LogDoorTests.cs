using System.Text;
using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>What jobs elsewhere print, on its way to where people look.</summary>
public sealed class LogDoorTests : IDisposable
{
    private const ulong Identity = 11;

    private readonly TestFolder _worker = new();
    private readonly TestFolder _host = new();
    private readonly FlakyGrain _grain;
    private readonly HostFiles _files;
    private JobStanding _standing = JobStanding.Open;

    public LogDoorTests()
    {
        var door = new FilesDoor(null!, null!, new LogDoor(Campaign, (job, _, act) =>
        {
            if (_standing == JobStanding.Open)
                act(new Job(job, 7, new Point([]), new Origin(OriginKind.Global), 3, 9, null, 1));
            return _standing;
        }));
        _grain = new FlakyGrain(() => door);
        _files = new HostFiles(_grain, new HurriedTime());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CampaignFolder Campaign => new(_host.Path);

    private string[] AtHost => [.. TrialLogs.Paths(Campaign, 7)];

    [Fact]
    public async Task Log_IsWherePeopleLookAndGrows()
    {
        foreach (var text in new[] { "one\n", "one\ntwo\n" })
        {
            _worker.Write("log", Encoding.UTF8.GetBytes(text));
            await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
            Assert.Equal("000007-3.log", Path.GetFileName(Assert.Single(AtHost)));
            Assert.Equal($"# sent by a worker elsewhere, all of it:\n{text}", await File.ReadAllTextAsync(AtHost[0], Stop));
        }
    }

    [Fact]
    public async Task Log_ThatIsLongComesWithItsEnd()
    {
        var text = Array.ConvertAll(TestFolder.Bytes((3 << 20) + 5, 1), value => (byte)(value & 0x7F));
        _worker.Write("log", text);
        await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
        var here = await File.ReadAllBytesAsync(AtHost[0], Stop);
        var head = "# sent by a worker elsewhere, the end of 3 MiB:\n"u8;
        Assert.True(here.AsSpan().StartsWith(head));
        Assert.Equal(text[^LogDoor.MostBytes..], here[head.Length..]);
    }

    [Theory]
    [InlineData("ä", 1)]
    [InlineData("€", 1)]
    [InlineData("🙂", 3)]
    public async Task Log_ThatIsCutInALetterBeginsWithTheNext(string letter, int bytesOfItInTheEnd)
    {
        var end = new string('x', LogDoor.MostBytes - bytesOfItInTheEnd);
        _worker.Write("log", Encoding.UTF8.GetBytes(letter + end));
        await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
        Assert.EndsWith(" bytes:\n" + end, await File.ReadAllTextAsync(AtHost[0], Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfAJobThatHasItsOutcomeIsNotTaken()
    {
        _worker.Write("log", 10);
        await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
        _worker.Write("log", 10, seed: 2);
        var before = TestFolder.Content(_host.Path);
        _standing = JobStanding.Closed;
        await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
        Assert.Equal(before, TestFolder.Content(_host.Path));
    }

    [Fact]
    public async Task Log_OfAJobThatIsNotPlannedAgainYetWaits()
    {
        _worker.Write("log", 10);
        _standing = JobStanding.NotYet;
        _grain.Before = call => _standing = call < 3 ? JobStanding.NotYet : JobStanding.Open;
        await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
        Assert.Equal(4, _grain.Calls);
        Assert.Single(AtHost);
    }

    [Fact]
    public async Task NoLog_AsksNothing()
    {
        await _files.SendLogAsync(1, Identity, _worker["log"], Stop);
        Assert.Equal(0, _grain.Calls);
    }

    [Theory]
    [InlineData(LogDoor.MostBytes + 1, LogDoor.MostBytes + 1)]
    [InlineData(LogDoor.MostBytes + 1, 1L << 40)]
    [InlineData(10, 9)]
    [InlineData(10, -1)]
    public void Sizes_ThatNoWorkerOfOursSendsAreRefused(int bytes, long length)
    {
        var door = new LogDoor(Campaign, (_, _, _) => throw new InvalidOperationException("It was asked."));
        Assert.Throws<ClusterException>(() => door.Put(1, Identity, length, new Piece(new byte[bytes])));
        Assert.Empty(Directory.GetFileSystemEntries(_host.Path));
    }

    [Fact]
    public void Link_InThePlaceOfTheLogsIsNotFollowed()
    {
        Directory.CreateSymbolicLink(Campaign.LogFolder, _worker.Path);
        var door = new LogDoor(Campaign, (_, _, _) => throw new InvalidOperationException("It was asked."));
        Assert.Throws<StoreException>(() => door.Put(1, Identity, 1, new Piece([1])));
        Assert.Empty(Directory.GetFileSystemEntries(_worker.Path));
    }

    public void Dispose()
    {
        _grain.Dispose();
        _worker.Dispose();
        _host.Dispose();
    }
}
