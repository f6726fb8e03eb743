using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Tests.Samplers;

namespace HyperSearch.Tests.Planning;

/// <summary>A finite space ends the search, whatever the sampler and the schedule.</summary>
public sealed class ExhaustionTests
{
    public static MatrixTheoryData<string, string> Methods => new(Registered.Of<ISampler>().Keys, Registered.Of<ISchedule>().Keys);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Next_EndsWhenEveryPointWasTriedAndSaysSo(string sampler, string schedule)
    {
        var search = PlannerRun.Search(Registered.Of<ISampler>()[sampler], trials: 100) with
        {
            Space = Grounds.Finite,
            Objective = new TestObjective { Epochs = 16 },
            Schedule = Registered.Of<ISchedule>()[schedule],
        };
        var planner = new Planner(search, _ => 1, search.Trials);
        var state = planner.Initial();
        var underWay = new Dictionary<int, Job>();
        var points = new List<string>();
        while (!state.IsFinished)
        {
            while (true)
            {
                (var job, state) = planner.Next(state);
                if (job is null)
                    break;
                underWay.Add(job.Number, job);
                if (job.FromEpochs == 0)
                    points.Add(job.Point.ToString());
            }

            if (state.Awaited is { } awaited && underWay.Remove(awaited, out var ended))
                state = planner.Observe(state, PlannerRun.OutcomeOf(ended, ended.Point["a"].Number));
        }

        Assert.Equal(15, points.Distinct().Count());
        Assert.Equal(15, points.Count);
        Assert.True(schedule == "pbt" ? state.Trials > 15 : state.Trials == 15, $"{state.Trials} trials"); // copies begin at no new point
        Assert.Equal($"every point of the space was tried after {state.Trials} trials", state.Ending);
    }
}
