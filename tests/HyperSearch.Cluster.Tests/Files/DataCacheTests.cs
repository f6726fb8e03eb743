using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using HyperSearch.Cluster.Files;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Tests.Files;

[SupportedOSPlatform("linux")]
public sealed class DataCacheTests : IDisposable
{
    private readonly TestFolder _host = new();
    private readonly TestFolder _worker = new();
    private readonly FlakyGrain _grain;
    private readonly HostFiles _files;
    private FilesDoor _door = null!;

    public DataCacheTests()
    {
        _grain = new FlakyGrain(() => _door);
        _files = new HostFiles(_grain, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DataCache Cache => new(_worker.Path);

    public static TheoryData<string> Sources =>
    [
        "data.csv", "{train: data.csv, dev: more/data.csv}", "numbers.npy", "{images: pixels.idx, labels: classes.idx}", "pictures",
        "\"odd name, #1.csv\"",
    ];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Worker_HasTheDataOfTheHostToTheBit(string source)
    {
        WriteData();
        var text = $$"""
            objective:
              train:
                data: {{source}}
                epochs: 1
                label: label
            minimize: dev_error
            space:
              learning_rate: {log: [1e-4, 1]}
            """;
        var search = SearchFile.Parse(text, "x.yaml", _host.Path);
        _door = new FilesDoor(InputFiles.Of(search), null!, null!);
        var here = await _files.PlaceInputsAsync(text, _door.Inputs.All, Cache, Stop);
        var there = SearchFile.Parse(here, "x.yaml", _worker.Path);
        Assert.DoesNotContain(_host.Path, here, StringComparison.Ordinal);
        var expected = FingerprintOf(search);
        Directory.Delete(_host.Path, recursive: true); // a worker elsewhere has no such folder
        Directory.CreateDirectory(_host.Path);
        Assert.Equal(expected, FingerprintOf(there));
        var calls = _grain.Calls;
        await _files.PlaceInputsAsync(text, _door.Inputs.All, Cache, Stop);
        Assert.Equal(calls, _grain.Calls);
    }

    [Fact]
    public async Task Fetch_TakesNothingThatIsNotWhatTheHostLists()
    {
        _host.Write("data.csv", (2 << 20) + 3);
        var input = Input("data.csv");
        var flips = 1;
        _grain.OnTheWay = piece => flips-- > 0 ? new Piece([.. piece.Bytes[..^1], (byte)(piece.Bytes[^1] ^ 1)]) : piece;
        var place = await FetchAsync(input);
        Assert.Equal(_worker[$"cache/{input.Files[0].Hash}.csv"], place);
        Assert.Equal(File.ReadAllBytes(_host["data.csv"]), File.ReadAllBytes(place));

        File.WriteAllText(place, "rotten"); // a damaged copy is fetched again
        Assert.Equal(File.ReadAllBytes(_host["data.csv"]), File.ReadAllBytes(await FetchAsync(input)));

        File.Delete(place);
        flips = int.MaxValue;
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => FetchAsync(input));
        Assert.Contains("was it changed there?", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_worker["cache"]));
    }

    [Fact]
    public async Task Fetch_RemovesWhatAKilledWorkerLeftTheDayBeforeYesterday()
    {
        _host.Write("data.csv", 10);
        _worker.Write("cache/.up-old/one", 10).Write("cache/.up-new/one", 10);
        var old = new DirectoryInfo(_worker["cache/.up-old"]);
        old.LastWriteTimeUtc -= TimeSpan.FromDays(2);
        var place = await FetchAsync(Input("data.csv"));
        var left = Directory.GetFileSystemEntries(_worker["cache"]).Select(Path.GetFileName);
        Assert.Equal([".up-new", Path.GetFileName(place)], left.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fetch_CutOffAnywhereLeavesNothing()
    {
        _host.Write("data.csv", 3 << 20);
        var input = Input("data.csv");
        for (var allowed = 0; allowed < 3; allowed++)
        {
            var first = _grain.Calls;
            _grain.Before = call =>
            {
                if (call >= first + allowed)
                    throw new InvalidOperationException("killed");
            };
            await Assert.ThrowsAsync<InvalidOperationException>(() => FetchAsync(input));
            Assert.Empty(Directory.GetFileSystemEntries(_worker["cache"]));
        }
    }

    [Theory]
    [InlineData("../../../etc/cron.d/x")]
    [InlineData("/etc/x")]
    public async Task Fetch_RefusesAFolderThatLeadsOut(string path)
    {
        _door = new FilesDoor(InputFiles.Of(Plain("data.csv")), null!, null!);
        var input = new InputFile("objective.train.data", "pictures", true, [new FileEntry(path, 1, new string('0', 32))]);
        await Assert.ThrowsAsync<ClusterException>(() => FetchAsync(input));
        var hash = new InputFile("objective.train.data", "x.csv", false, [new FileEntry("x.csv", 1, "../" + new string('0', 29))]);
        await Assert.ThrowsAsync<ClusterException>(() => FetchAsync(hash));
        Assert.Equal(0, _grain.Calls);
    }

    [Fact]
    public async Task Unpack_GivesProgramsThatCanBeRunAndNotChanged()
    {
        _host.Write("train.sh", "#!/bin/sh\n"u8.ToArray()).Write("lib/a.py", 10);
        File.SetUnixFileMode(_host["train.sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var bundle = CommandBundle.Of(_host.Path, ["**"]);
        _door = new FilesDoor(InputFiles.Of(Plain("gone"), bundle), null!, null!);
        var folder = await _files.UnpackAsync(bundle.Manifest, Cache, Stop);
        Assert.Equal(_worker[$"programs/{DataCache.NameOf(bundle.Manifest)}"], folder);
        Assert.Equal(TestFolder.Content(_host.Path), TestFolder.Content(folder));
        Assert.True(File.GetUnixFileMode(Path.Combine(folder, "train.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.False(File.GetUnixFileMode(Path.Combine(folder, "lib/a.py")).HasFlag(UnixFileMode.UserWrite));
        File.WriteAllText(Path.Combine(folder, "scratch"), ""); // a program may keep things where it runs

        File.Delete(Path.Combine(folder, "lib/a.py"));
        File.WriteAllText(Path.Combine(folder, "lib/a.py"), "changed");
        await _files.UnpackAsync(bundle.Manifest, Cache, Stop);
        Assert.Equal(TestFolder.Content(_host.Path), TestFolder.Content(folder));
    }

    [Theory]
    [InlineData("a.csv", ".csv")]
    [InlineData("a.csv.gz", ".csv.gz")]
    [InlineData("no", "")]
    [InlineData("a.b c.csv", ".csv")]
    [InlineData("a.", "")]
    [InlineData("a./../../x", "")]
    [InlineData("a.verylongendingthatnobodywouldevergiveafile", "")]
    public void EndingOf_IsSafeInAName(string name, string ending) => Assert.Equal(ending, DataCache.EndingOf(name));

    [Fact]
    public void RecentFolders_RemovesTheLeastRecentlyUsedFirst()
    {
        var recent = new RecentFolders(mostBytes: 100);
        string[] Use(params string[] names)
        {
            foreach (var name in names)
                recent.Used(_worker.Write($"{name}/x", 40)[name], path => path == _worker["kept"]);
            return [.. Directory.GetDirectories(_worker.Path).Select(path => Path.GetFileName(path)).Order()];
        }

        Assert.Equal(["a", "b"], Use("a", "b"));
        Assert.Equal(["a", "c"], Use("a", "c"));
        Assert.Equal(["c", "kept"], Use("kept"));
        Assert.Equal(["d", "kept"], Use("d"));
        Assert.Equal(["e", "kept"], Use("e"));
        recent.Used(_worker.Write("huge/x", 1000)["huge"], static _ => false);
        Assert.Equal([_worker["huge"]], Directory.GetDirectories(_worker.Path));
    }

    public void Dispose()
    {
        _grain.Dispose();
        _host.Dispose();
        _worker.Dispose();
    }

    private Task<string> FetchAsync(InputFile input) =>
        Cache.FetchAsync(input, async (file, offset, _) => await _grain.ReadInput(file.Hash, offset), Stop);

    private InputFile Input(string name)
    {
        _door = new FilesDoor(InputFiles.Of(Plain(name)), null!, null!);
        return Assert.Single(_door.Inputs.All);
    }

    private Search Plain(string data) => SearchFile.Parse(
        data == "gone" ? "objective: {command: [true]}\nminimize: loss\nspace: {x: {uniform: [0, 1]}}"
            : $"objective: {{train: {{data: {data}, label: y, epochs: 1}}}}\nminimize: dev_error\n"
                + "space: {learning_rate: {log: [1e-4, 1]}}",
        "x.yaml",
        File.Exists(_host[data]) || data == "gone" ? _host.Path : _host.Write(data, 3).Path);

    private static string? FingerprintOf(Search search)
    {
        var objective = ObjectiveFactory.Create(search, TimeProvider.System);
        using (objective as IDisposable)
            return objective.DataFingerprint;
    }

    /// <summary>Forty rows in each of the forms that data have: CSV, NPY, IDX, and pictures in folders.</summary>
    private void WriteData()
    {
        const int rows = 40;
        var lines = Enumerable.Range(0, rows).Select(i => $"{i * 0.5},{i % 7},{(i % 3 > 0 ? "yes" : "no")}");
        var csv = string.Join('\n', lines.Prepend("x,y,label"));
        foreach (var name in new[] { "data.csv", "more/data.csv", "odd name, #1.csv" })
            _host.Write(name, Encoding.ASCII.GetBytes(name[0] == 'm' ? csv.Replace("0.5", "0.25", StringComparison.Ordinal) : csv));
        float[] numbers = [.. Enumerable.Range(0, rows * 3).Select(i => i % 3 < 2 ? i * 0.1f : i % 2)];
        _host.Write("numbers.npy", [.. Npy("<f4", $"{rows}, 3"), .. MemoryMarshal.AsBytes<float>(numbers)]);
        byte[] classes = [.. Enumerable.Range(0, rows).Select(i => (byte)(i % 2))];
        _host.Write("pixels.idx", [0, 0, 8, 3, 0, 0, 0, rows, 0, 0, 0, 4, 0, 0, 0, 4, .. TestFolder.Bytes(rows * 16, 1)]);
        _host.Write("classes.idx", [0, 0, 8, 1, 0, 0, 0, rows, .. classes]);
        for (var i = 0; i < rows; i++)
            _host.Write($"pictures/{(i % 2 > 0 ? "odd" : "even")}/{i}.png", Png(TestFolder.Bytes(16, i)));
    }

    private static byte[] Npy(string type, string shape)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header)];
    }

    /// <summary>A grey picture of 4 × 4 pixels: PNG, sections 5 and 11.</summary>
    private static byte[] Png(byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in pixels.Chunk(4))
                zlib.Write([0, .. row]);
        }

        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", [0, 0, 0, 4, 0, 0, 0, 4, 8, 0, 0, 0, 0]), .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", []),
        ];

        static byte[] Chunk(string name, byte[] content)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
            var (length, sum) = (new byte[4], new byte[4]);
            BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
            BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.HashToUInt32(body));
            return [.. length, .. body, .. sum];
        }
    }
}
