using HyperSearch.Cluster.Files;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Cluster.Tests.Files;

public sealed class CacheBoundTests : IDisposable
{
    private readonly TestFolder _host = new();
    private readonly TestFolder _worker = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_RemovesWhatWasNotUsedForLongestAndNothingThatIsInUse()
    {
        using (var earlier = Cache(mostBytes: 350))
        {
            foreach (var name in new[] { "a", "b", "c" })
                await FetchAsync(earlier, name);
            await FetchAsync(earlier, "a"); // used again
        }

        using var living = Cache(mostBytes: 350);
        await FetchAsync(living, "c");
        using (var other = Cache(mostBytes: 350))
        {
            await FetchAsync(other, "d");
            Assert.Equal(["a", "c", "d"], Kept());
        }

        using var last = Cache(mostBytes: 50);
        await FetchAsync(last, "e");
        Assert.Equal(["c", "e"], Kept()); // both are in use, whatever the bound
        living.Dispose();
        await FetchAsync(last, "e");
        Assert.Equal(["e"], Kept());
    }

    [Fact]
    public async Task Fetch_CountsFoldersAndLeavesWhatIsBeingFetched()
    {
        _worker.Write("cache/.up-0/half", 500).Write("programs/old/train.py", 500);
        using var cache = Cache(mostBytes: 200);
        await FetchAsync(cache, "a");
        Assert.Equal(["a"], Kept());
        Assert.True(File.Exists(_worker["cache/.up-0/half"]));
        Assert.Empty(Directory.GetDirectories(_worker["programs"]));
    }

    public void Dispose()
    {
        _host.Dispose();
        _worker.Dispose();
    }

    private DataCache Cache(long mostBytes) => new(_worker.Path, mostBytes, _time);

    /// <summary>The names of the files whose content is kept.</summary>
    private IEnumerable<string?> Kept() =>
        Directory.GetFiles(_worker["cache"]).Select(path => Path.GetExtension(path)[1..]).Order();

    private async Task FetchAsync(DataCache cache, string name)
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        var path = _host.Write($"data.{name}", 100, seed: name[0])[$"data.{name}"];
        var entry = new FileEntry($"data.{name}", 100, FileHash.Of(path));
        var input = new InputFile("objective.train.data", path, false, [entry]);
        await cache.FetchAsync(input, async (_, offset, stop) => await Pieces.ReadAsync(path, offset, stop), Stop);
    }
}
