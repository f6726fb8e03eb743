using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Samplers;

namespace HyperSearch.Tests.Planning;

/// <summary>
/// The promise of one ranking: whatever the number of workers, and wherever a session ended, a campaign sees the same outcomes in the
/// same order.
/// </summary>
internal static class OneRanking
{
    private const int Slots = 8;

    /// <summary>Plays a campaign with 1, 2, 4 and 8 workers, and resumes it in the middle.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="trials">How many trials.</param>
    /// <param name="epochs">The full budget.</param>
    public static void Holds(ISampler sampler, ISchedule schedule, int trials, int epochs)
    {
        var search = PlannerRun.Search(sampler, trials, Slots) with
        {
            Space = Grounds.Mixed,
            Schedule = schedule,
            Objective = new TestObjective { Epochs = epochs },
        };
        var straight = Play(search, 1, []);
        Assert.NotEmpty(straight);
        foreach (var workers in (int[])[2, 4, 8])
            Assert.Equal(straight, Play(search, workers, []));

        // What is on disk after a kill: the first half, and of the rest what other workers had already sent.
        var random = RandomStream.For(7, 0, "kill");
        var kept = straight.Where((_, i) => i < straight.Count / 2 || i < straight.Count / 2 + Slots && random.Happens(0.5)).ToList();
        Assert.Equal(straight, Play(search, 4, kept));
    }

    private static List<Outcome> Play(Search search, int workers, IReadOnlyList<Outcome> earlier)
    {
        // Jobs run in the order in which they were decided, as many at a time as there are workers; which of those ends next is chance.
        var random = RandomStream.For((ulong)workers, 0, "completion order");
        return PlannerRun.Outcomes(search, running => random.NextInt(Math.Min(workers, running)), CostOf, earlier: earlier,
            measure: ValueOf);
    }

    private static double CostOf(Point point) => point["units"].Number;

    /// <summary>Better from epoch to epoch; a large rate fails now and then.</summary>
    private static double ValueOf(Job job) => job.Point["rate"].Number > 0.5 ? double.NaN
        : Grounds.Tuned(job.Point)!.Value + (1 + job.Point["rate"].Number) / job.ToEpochs;
}
