using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Schedules;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Samplers;

public sealed class AutoSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new AutoSampler();

    protected override int Trials => 25;

    [Theory]
    [InlineData(3, 100, 1, 1, "auto chose gp: with 100 trials over 3 parameters")]
    [InlineData(30, 100, 1, 1, "auto chose coarse_to_fine: 30 parameters")]
    [InlineData(3, 5000, 1, 1, "auto chose coarse_to_fine: with 5000 trials")]
    [InlineData(3, 100, 3, 1, "auto chose multi_fidelity_gp: the schedule compares trials on 3 budgets")]
    [InlineData(3, 100, 1, 2, "auto chose gp: with 100 trials over 3 parameters models of the 2 metrics find more of their front")]
    [InlineData(3, 100, 1, 4, "auto chose coarse_to_fine: 4 metrics are traded off")]
    public void Propose_SaysWhatItChoseAndWhy(int dimensions, int trials, int rungs, int objectives, string says)
    {
        var problem = new SamplingProblem(Grounds.Cube(dimensions), 1, trials) { Rungs = rungs, Objectives = objectives };
        var (plan, next) = SamplingState.Begin(Sampler, problem, [1], []).Propose(0);
        Assert.StartsWith(says, plan!.Origin.Note, StringComparison.Ordinal);
        Assert.Null(next.Propose(1).Plan!.Origin.Note); // once is enough
    }

    [Fact]
    public void Campaign_UnderRungsIsThatOfTheModelThatLearnsFromAll()
    {
        var (alone, auto) = (Play(new MultiFidelityGpSampler()), Play(Sampler));
        Assert.StartsWith("auto chose multi_fidelity_gp", auto[0].Note, StringComparison.Ordinal);
        Assert.Equal(alone.Select(origin => origin.LogExpectedImprovement), auto.Select(origin => origin.LogExpectedImprovement));
        Assert.All(auto.Skip(1), origin => Assert.Null(origin.Note)); // once is enough

        List<Origin> Play(ISampler sampler) => [.. PlannerRun.Outcomes(PlannerRun.Search(sampler, 30, slots: 4) with
        {
            Objective = new TestObjective { Epochs = 9 },
            Schedule = new AshaSchedule { Factor = 3 },
        }).Where(outcome => outcome.FromEpochs == 0).Select(outcome => outcome.Origin)];
    }

    [Fact]
    public void Propose_ChoosesNoModelWhereAllConfigurationsAreTried()
    {
        var state = SamplingState.Begin(Sampler, new SamplingProblem(Grounds.Finite, 1, 24), [1], []);
        Assert.StartsWith("auto chose coarse_to_fine: the space has no more than 24", state.Propose(0).Plan!.Origin.Note,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_AlternatesWithCoarseToFineWhileNothingBetterIsFoundAndSaysSo()
    {
        // Nothing is ever better than trial 5, until a value that no earlier trial had.
        var values = Enumerable.Range(0, 60).Select(trial => trial == 5 ? 0 : trial == 40 ? -1 : 1 + 0.01 * trial).ToArray();
        var state = SamplingState.Begin(Sampler, new SamplingProblem(Grounds.Cube(3), 1, 100), [1], []);
        var origins = new List<Origin>();
        for (var trial = 0; trial < values.Length; trial++)
        {
            var (plan, next) = state.Propose(trial);
            origins.Add(plan!.Origin);
            state = next.Observe(new Observation(trial, plan.Position, plan.Origin, values[trial], 1));
        }

        Assert.All(origins[8..26], origin => Assert.Equal(OriginKind.Model, origin.Kind));
        Assert.StartsWith(
            "auto gives every second trial to coarse_to_fine: 20 trials in a row", origins[26].Note, StringComparison.Ordinal);
        Assert.All(Odd(27, 40), origin => Assert.NotEqual(OriginKind.Model, origin.Kind));
        Assert.Equal("auto leaves all trials to gp again: trial 40 is the new best", origins[41].Note);
        Assert.All(origins[41..], origin => Assert.Equal(OriginKind.Model, origin.Kind));

        IEnumerable<Origin> Odd(int from, int to) => origins.Where((_, trial) => trial >= from && trial < to && trial % 2 == 1);
    }

    [Fact]
    public void ASearchThatNamesNoSampler_HasAutoAndInTheFirstEditionCoarseToFine()
    {
        var search = new Search { Name = "mine", Objective = new DelegateDefinition(), Space = Grounds.Cube(2) };
        Assert.IsType<AutoSampler>(search.Sampler);
        Assert.IsType<CoarseToFineSampler>((search with { Edition = LawEdition.First }).Sampler);
        Assert.IsType<AutoSampler>((search with { Edition = LawEdition.First, Sampler = new AutoSampler() }).Sampler);
    }
}
