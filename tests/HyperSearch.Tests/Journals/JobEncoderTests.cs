using System.Buffers;
using CsCheck;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Journals;

/// <summary>Jobs and outcomes as bytes: what a worker in another process is sent, and sends back.</summary>
public sealed class JobEncoderTests
{
    [Fact]
    public void Write_OfAJob_ReadsBackExactly() => Any.Job.Sample(job =>
    {
        using var encoder = new JobEncoder();
        var bytes = new ArrayBufferWriter<byte>();
        encoder.Write(job, bytes);
        var read = new JobDecoder().ReadJob(bytes.WrittenSpan);
        Assert.Equal(Fields(job), Fields(read));
        Assert.True(Outcomes.Same(Outcome.Of(job, OutcomeState.Completed), Outcome.Of(read, OutcomeState.Completed)));
        Assert.Equal(job.Stop?.Limit.Select(BitConverter.DoubleToInt64Bits), read.Stop?.Limit.Select(BitConverter.DoubleToInt64Bits));
    });

    [Fact]
    public void Write_OfAnOutcome_ReadsBackExactly() => Gen.Select(Any.Outcome, Gen.Int[0, 9], Gen.Int[0, int.MaxValue])
        .Sample((any, repeat, job) =>
        {
            var outcome = any with { Job = job, Repeat = repeat };
            using var encoder = new JobEncoder();
            var bytes = new ArrayBufferWriter<byte>();
            encoder.Write(outcome, bytes);
            var read = new JobDecoder().Read(new JournalRecord(0, RecordKind.Outcome, JobEncoder.VersionOf(outcome), bytes.WrittenSpan));
            Assert.True(Outcomes.Same(outcome, read));
        });

    /// <summary>Outcomes of journals older than the field have 0 in its place.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(254, 254)]
    [InlineData(255, null)]
    [InlineData(null, null)]
    public void Head_KeepsTheWorkerThatRanTheJob(int? worker, int? expected)
    {
        var bytes = new ArrayBufferWriter<byte>();
        new OutcomeHead(1, 2, 3, 4, 5, 6, OutcomeState.Completed, 0.5, DateTimeOffset.UnixEpoch, 7, worker).Write(bytes);
        var head = OutcomeHead.Read(bytes.WrittenSpan);
        Assert.Equal((expected, OutcomeState.Completed, 3), (head.Worker, head.State, head.Repeat));
    }

    [Fact]
    public void Write_OfACopysJob_KeepsItsParentAndItsPast() => Gen.Select(Any.Job, Any.Job, Gen.Int[0, 99])
        .Sample((any, ancestor, parent) =>
        {
            var job = any with { Parent = parent, Past = [new Stretch(2, any.Point, 3), new Stretch(7, ancestor.Point, 12)] };
            using var encoder = new JobEncoder();
            var bytes = new ArrayBufferWriter<byte>();
            encoder.Write(job, bytes);
            var read = new JobDecoder().ReadJob(bytes.WrittenSpan);
            Assert.Equal((parent, job.Seed), (read.Parent, read.Seed));
            Assert.Equal(job.Past, read.Past);
        });

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"job\": \"x\"}")]
    [InlineData("nonsense")]
    [InlineData("{\"job\": 1, \"point\": {")]
    public void ReadJob_RefusesWhatIsNone(string bytes) =>
        Assert.Throws<FormatException>(() => new JobDecoder().ReadJob(System.Text.Encoding.UTF8.GetBytes(bytes)));

    [Fact]
    public void ReadJob_PassesOverUnknownFields()
    {
        var job = new JobDecoder().ReadJob("""
            {"job":3,"new":{"a":[1]},"trial":2,"from_epochs":0,"to_epochs":9,"seed":18446744073709551615,"point":{"x":1},
            "origin":{"kind":"global"}}
            """u8);
        Assert.Equal((3, 2, 0, 9, ulong.MaxValue, 0), (job.Number, job.Trial, job.FromEpochs, job.ToEpochs, job.Seed, job.Repeat));
        Assert.Null(job.Stop);
    }

    private static (int, int, int, int, int, ulong, string?) Fields(Job job) =>
        (job.Number, job.Trial, job.Repeat, job.FromEpochs, job.ToEpochs, job.Seed, job.Stop?.Reason);
}
