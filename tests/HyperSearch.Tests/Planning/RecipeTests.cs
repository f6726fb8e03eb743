using HyperSearch.SampleHost;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Samplers;
using HyperSearch.Tests.Schedules;
using HyperSearch.Tests.Spaces;

namespace HyperSearch.Tests.Planning;

/// <summary>The recipe "a sampler" of CONTRIBUTING, followed by somebody who sees the public surface only.</summary>
public sealed class ScoutSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new ScoutSampler();
}

/// <summary>The recipe "a schedule" of CONTRIBUTING, likewise.</summary>
public sealed class HalfwayScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new HalfwaySchedule();
}

/// <summary>The recipe "a scale" of CONTRIBUTING, likewise.</summary>
public sealed class SquareScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new SquareScale(64), new SquareScale(0.3)];
}

public sealed class RecipeTests
{
    [Fact]
    public void AskAndTell_RunsASamplerAndAScheduleOfOnesOwn()
    {
        var search = new AskAndTell(Grounds.Cube(2),
            new SearchOptions { Sampler = new ScoutSampler(), Schedule = new HalfwaySchedule(), Epochs = 10, Trials = 60 });
        var jobs = 0;
        for (; search.Ask() is { } job; jobs++)
            search.Tell(job, Grounds.Bowl(job.Point)!.Value + 1.0 / job.ToEpochs);
        Assert.Equal("all 60 trials are done", search.Ending);
        Assert.InRange(jobs, 61, 119);
        Assert.Contains(search.Ranking, trial => trial.Origin.Kind == OriginKind.Box);
        Assert.InRange(search.Ranking[0].Value!.Value, 0.1, 0.11); // the bottom of the bowl, after all ten epochs
    }
}
