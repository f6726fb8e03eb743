using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

/// <summary>Promise 1 for every sampler that a search file can name with every schedule that it can name, a new one included, by real
/// sessions. What comes of 2, 4 and 8 workers in every order of ending, the contracts of samplers and schedules test without
/// threads.</summary>
public sealed class OneRankingTests : IDisposable
{
    private const int Trials = 26, Epochs = 16;
    private readonly Scratch _scratch = new();

    public static MatrixTheoryData<string, string> Methods => new(Registered.Of<ISampler>().Keys, Registered.Of<ISchedule>().Keys);

    public void Dispose() => _scratch.Dispose();

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Methods))]
    public async Task RunAsync_GivesOneRankingWhateverTheWorkersAndInterruptions(string sampler, string schedule)
    {
        var search = PlannerRun.Search(Registered.Of<ISampler>()[sampler], Trials) with
        {
            Objective = new TestObjective { Epochs = Epochs },
            Schedule = Registered.Of<ISchedule>()[schedule],
        };
        var stop = TestContext.Current.CancellationToken;
        var alone = await Play(search, "1", workers: 1, stop);
        Assert.Equal(alone, await Play(search, "8", workers: 8, stop));
        Assert.Equal(alone, await PlayInterrupted(search, stop));
    }

    private static double Loss(Point point) => Math.Pow(point["x"].Number - 0.3, 2) + Math.Abs(Math.Log10(point["y"].Number) + 2);

    private async Task<List<string>> Play(Search search, string name, int workers, CancellationToken stop)
    {
        var folder = Session.Create(_scratch.Results, search, name);
        Assert.True((await Session.RunAsync(folder, search, new FunctionObjective(Loss), workers, stop: stop)).Finished);
        return Session.Facts(folder);
    }

    /// <summary>A session that is stopped in the middle, then one with other workers.</summary>
    private async Task<List<string>> PlayInterrupted(Search search, CancellationToken stop)
    {
        var folder = Session.Create(_scratch.Results, search, "interrupted");
        using var interrupt = new CancellationTokenSource();
        var calls = 0;
        var objective = new FunctionObjective((job, cancelled) =>
        {
            if (Interlocked.Increment(ref calls) == Trials / 2)
                interrupt.Cancel();
            cancelled.ThrowIfCancellationRequested();
            return Loss(job.Job.Point);
        });
        Assert.False((await Session.RunAsync(folder, search, objective, workers: 3, stop: interrupt.Token)).Finished);
        Assert.True((await Session.RunAsync(folder, search, new FunctionObjective(Loss), workers: 2, stop: stop)).Finished);
        return Session.Facts(folder);
    }
}
