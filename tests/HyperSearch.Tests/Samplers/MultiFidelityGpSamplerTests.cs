using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Schedules;

namespace HyperSearch.Tests.Samplers;

public sealed class MultiFidelityGpSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new MultiFidelityGpSampler { Candidates = 32 };

    protected override int Trials => 30;

    protected override ISchedule Schedule => new AshaSchedule { Factor = 3 };

    [Fact]
    public void Propose_FindsTheBottomOfABowl() =>
        Assert.InRange(new Game(new MultiFidelityGpSampler(), Grounds.Cube(3), Grounds.Bowl).Play(30).Best, 0, 1e-3);

    [Fact]
    public void Propose_LearnsFromEveryRung()
    {
        // Twenty results on the lowest rung alone; each rung for itself would know too little.
        var problem = new SamplingProblem(Grounds.Cube(2), 1, 100) { Rungs = 3 };
        var state = SamplingState.Begin(Sampler, problem, [3, 9, 27], []);
        for (var trial = 0; trial < 20; trial++)
        {
            (var plan, state) = state.Propose(trial);
            state = state.Observe(new Observation(trial, plan!.Position, plan.Origin, Grounds.Bowl(plan.Point), 3));
        }

        var next = state.Propose(20).Plan!;
        Assert.Equal(OriginKind.Model, next.Origin.Kind);
        Assert.All(next.Position, u => Assert.InRange(u, 0.15, 0.45));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Loss_HasTheGradientOfFiniteDifferences(double trend)
    {
        var (rows, logs) = Data(14);
        double[] gradient = new double[logs.Length], scratch = new double[logs.Length];
        MultiFidelityProcess.Loss(rows, Parameters(logs, trend), gradient);
        for (var p = 0; p < logs.Length; p++)
        {
            double At(double by) =>
                MultiFidelityProcess.Loss(rows, Parameters([.. logs.Select((x, i) => i == p ? x + by : x)], trend), scratch);
            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[p], 1e-4);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void LogImprovement_HasTheGradientOfFiniteDifferences(double trend)
    {
        var (rows, logs) = Data(14);
        var process = MultiFidelityProcess.On(rows, Parameters(logs, trend))!;
        double[] row = [0.41, 0.77, 0.25, 0.9], gradient = new double[4];
        process.LogImprovement(row, -0.5, gradient);
        for (var d = 0; d < 4; d++)
        {
            double At(double by) => process.LogImprovement([.. row.Select((x, i) => i == d && d != 2 ? x + by : x)], -0.5, null);
            Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, gradient[d], 1e-4 * (1 + Math.Abs(gradient[d])));
        }
    }

    [Fact]
    public void Shifts_AreTheMedianWaysToTheFullBudget()
    {
        FidelityResult Result(int trial, int rung, double value) => new(trial, [], rung, value);
        var shifts = FidelityResults.Shifts(
        [
            Result(0, 0, 5), Result(1, 0, 6), Result(2, 0, 7), Result(3, 0, double.PositiveInfinity),
            Result(0, 1, 4), Result(1, 1, 4), Result(2, 1, 1), Result(0, 2, 3),
        ], 3);
        Assert.Equal([-2, 0, 0], shifts); // of -1, -2 and -6; a single trial went from rung 1 to 2
    }

    [Fact]
    public void Most_KeepsFinishedTrialsThenTheBestThenAnEvenSample()
    {
        List<FidelityResult> results = [.. Enumerable.Range(0, 100).Select(trial => new FidelityResult(trial, [], 0, trial))];
        results.AddRange(Enumerable.Range(90, 10).Select(trial => new FidelityResult(trial, [], 1, 200 - trial)));
        var kept = FidelityResults.Most(results, [0, 0], 20);
        Assert.Equal([.. Enumerable.Range(0, 6), .. Enumerable.Range(90, 10)],
            kept.Select(result => result.Trial).Where(trial => trial is < 6 or >= 90));
        Assert.All(kept.Where(result => result.Trial >= 90), result => Assert.Equal(1, result.Rung));
        Assert.Equal(20, kept.Count);
        Assert.Equal([6, 33, 61, 89], kept.Select(result => result.Trial).Where(trial => trial is >= 6 and < 90));
    }

    [Fact]
    public void Most_KeepsEveryResultOfATrialWhileThereIsRoom()
    {
        FidelityResult[] results = [new(0, [], 0, 1), new(0, [], 1, 1), new(1, [], 0, 2)];
        Assert.Equal(results, FidelityResults.Most(results, [0, 0], 3));
        Assert.Equal([results[1], results[2]], FidelityResults.Most(results, [0, 0], 2));
    }

    private static FidelityParameters Parameters(double[] logs, double trend) =>
        new([false, false, true, false], 2, logs, trend);

    private static (FidelityRows Rows, double[] Logs) Data(int count)
    {
        var random = RandomStream.For(4, 0, "data");
        double[][] points = [.. Enumerable.Range(0, count)
            .Select(i => new[] { random.NextDouble(), random.NextDouble(), i % 2 == 0 ? 0.25 : 0.75, i % 3 == 0 ? 1.0 : 0.4 })];
        var rows = new FidelityRows(points, [.. points.Select(x => x[3] < 1 ? 0 : 1)],
            [.. points.Select(x => Math.Sin(5 * x[0]) + x[1] * x[2] + 0.3 * x[3])]);
        return (rows, [-0.7, -0.2, 0.3, 0.1, 0.4, -4, -3, 0.2, -0.3, 0.4, 0.1, 0.2, 0.1, -0.2, 0.3]);
    }
}
