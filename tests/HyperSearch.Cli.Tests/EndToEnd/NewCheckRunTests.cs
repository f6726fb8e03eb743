using System.Buffers.Binary;
using System.IO.Compression;
using HyperSearch.Cli.Commands;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>A first hour: <c>new</c>, <c>check</c> and <c>run</c>, in the place where the file was written.</summary>
public sealed class NewCheckRunTests
{
    private const string Script = """
        import json, os
        for epoch in range(1, int(os.environ["HYPERSEARCH_EPOCHS"]) + 1):
            print(json.dumps({"epoch": epoch, "dev_error": 1 / epoch}), flush=True)
        """;

    private const string Worker = """
        import json, sys
        for request in map(json.loads, sys.stdin):
            print(json.dumps({"trial": request["trial"], "epoch": request["epochs"], "dev_error": 0.5, "done": True}), flush=True)
        """;

    public static TheoryData<string> All => [.. Templates.All.Select(template => template.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Template_RunsWhereItWasWritten(string template)
    {
        Assert.SkipUnless(HyperSearch.Tests.Programs.Exist("python3") || template is not ("command" or "worker"),
            "python3 is not installed");
        using var place = new Workplace();
        Directory.CreateDirectory(place.PathOf("searches"));
        Succeed(place, "new", "searches/mine", "--template", template);
        place.Write("searches/data.csv", Workplace.Points().Replace("side", "label", StringComparison.Ordinal));
        WritePictures(place.PathOf("searches/train-images.idx3-ubyte.gz"), place.PathOf("searches/train-labels.idx1-ubyte.gz"));
        place.Write("searches/train.py", Script);
        place.Write("searches/worker.py", Worker);

        Assert.Contains("epochs at most", Succeed(place, "check", "searches/mine.yaml"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Temporary));
        Succeed(place, "run", "searches/mine.yaml", "--trials", "3");
        var trials = place.Read("rank", "mine").EnumerateArray().ToList();
        Assert.Equal(3, trials.Count);
        Assert.All(trials,
            trial => Assert.True(trial.GetProperty("state").GetString() is "completed" or "stopped", trial.ToString()));
    }

    [Fact(Timeout = 120_000)]
    public async Task Check_InterruptedWhileItTimesACommandLeavesNothing()
    {
        using var place = new Workplace();
        place.Write("slow.yaml", """
            objective: {command: [sh, -c, "echo > \"$HYPERSEARCH_CHECKPOINT_DIR/kept\"; sleep 100"]}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            """);
        using var check = place.Start("check", "slow.yaml");
        await check.NotesAsync("Running the command for one trial").WaitAsync(TestContext.Current.CancellationToken);
        check.Signal("TERM");
        Assert.Equal(130, check.Finish().Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(place.Temporary));
        Assert.False(HyperSearch.Tests.Programs.LiveBelow(place.Temporary));
    }

    private static string Succeed(Workplace place, params string[] arguments)
    {
        var finished = place.Run(arguments);
        Assert.True(finished.Code == 0, finished.Error);
        return finished.Output;
    }

    /// <summary>Sixty pictures of 8x8 in two classes, as MNIST's files have them.</summary>
    private static void WritePictures(string images, string labels)
    {
        const int Pictures = 60, Side = 8;
        Write(images, [0x803, Pictures, Side, Side], i => i * 7 % 251, Pictures * Side * Side);
        Write(labels, [0x801, Pictures], i => i % 2, Pictures);

        static void Write(string path, int[] header, Func<int, int> valueAt, int values)
        {
            using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            Span<byte> number = stackalloc byte[4];
            foreach (var field in header)
            {
                BinaryPrimitives.WriteInt32BigEndian(number, field);
                file.Write(number);
            }

            for (var i = 0; i < values; i++)
                file.WriteByte((byte)valueAt(i));
        }
    }
}
