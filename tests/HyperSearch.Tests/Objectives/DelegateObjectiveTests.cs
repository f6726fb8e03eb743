using HyperSearch.Hosting;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Objectives;

public sealed class DelegateObjectiveTests : IDisposable
{
    private static readonly Space Space = new([new Parameter("x", new UniformScale(0, 1))]);
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(2.69)]
    [InlineData(double.NaN)]
    public void WholeOf_RefusesAValueThatIsNoWholeNumber(double value)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() =>
            Run((trial, _) => Task.FromResult(1.0 * trial.GetInt("units")), value));
        Assert.Contains("\"units\" is", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(3, Run((trial, _) => Task.FromResult(1.0 * trial.GetInt("units")), 3).Value);
    }

    [Fact(Timeout = 60_000)]
    public async Task Minimize_NamesTheParameterThatWasReadWrongly()
    {
        var space = new Space([new Parameter("kind", new ChoiceScale("a", "b", "c"))]);
        var result = await Search.MinimizeAsync(space, (trial, _) => Task.FromResult(trial.Number switch
        {
            0 => trial.GetDouble("kind"),
            1 => trial.GetDouble("kin"),
            _ => trial.Report(2, 1) ? 1 : 0,
        }), new CampaignOptions { Trials = 3 }, TestContext.Current.CancellationToken);
        var reasons = result.Trials.OrderBy(trial => trial.Number).Select(trial => trial.Reason).ToList();
        Assert.Matches("^\"kind\" is [abc], which is not a number. Read it by GetString.$", reasons[0]);
        Assert.Equal("The point has no active parameter \"kin\". Did you mean \"kind\"? It has: kind.", reasons[1]);
        Assert.Contains("without one, CampaignOptions.Epochs is 1 by default.", reasons[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SaysThatTheFunctionReturnedNull()
    {
        Assert.Contains("returned null, where it returns a task",
            Assert.Throws<InvalidOperationException>(() => Run((_, _) => null!)).Message, StringComparison.Ordinal);
        var several = new DelegateObjective((_, _) => Task.FromResult<IReadOnlyDictionary<string, double>>(null!));
        Assert.Contains("returned null, where it returns the trial's metrics", Assert.Throws<InvalidOperationException>(() =>
            several.Run(new FakeJob(_scratch.Results), CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(1, int.MaxValue)]
    public void Report_RefusesToGoBackwardsAndBeyondTheBudget(params int[] epochs)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Run((trial, _) =>
        {
            foreach (var epoch in epochs)
                trial.Report(epoch, 1);
            return Task.FromResult(1.0);
        }));
        Assert.Contains("from 1 to 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_PassesOverEpochsOfAnEarlierJob()
    {
        var job = new FakeJob(_scratch.Results, from: 2, to: 4);
        new DelegateObjective((trial, _) =>
        {
            for (var epoch = 1; epoch <= trial.ToEpochs; epoch++)
                trial.Report(epoch, 1.0 / epoch);
            return Task.FromResult(0.25);
        }).Run(job, TestContext.Current.CancellationToken);
        Assert.Equal([3, 4], job.Epochs);
    }

    [Fact]
    public void Run_KeepsTheMetricsThatWereReportedBesideTheValueThatIsReturned()
    {
        var job = Run((trial, _) =>
        {
            trial.Report(3, new Dictionary<string, double> { ["dev_error"] = 0.5, ["size"] = 7 });
            return Task.FromResult(0.5 + 1e-12);
        });
        Assert.Equal(new Dictionary<string, double> { ["dev_error"] = 0.5 + 1e-12, ["size"] = 7 }, job.Reports[^1].Metrics);
    }

    [Fact]
    public void Run_HearsOfWhatTheFunctionWroteIntoItsDictionaryAfterTheLastReport()
    {
        var job = new FakeJob(_scratch.Results);
        new DelegateObjective((trial, _) =>
        {
            var metrics = new Dictionary<string, double>();
            for (var epoch = 1; epoch <= trial.ToEpochs; epoch++)
            {
                metrics["dev_error"] = 1.0 / epoch;
                trial.Report(epoch, metrics);
            }

            metrics["test_error"] = 0.5;
            return Task.FromResult<IReadOnlyDictionary<string, double>>(metrics);
        }).Run(job, TestContext.Current.CancellationToken);
        Assert.Equal([1, 0.5, 1.0 / 3, 1.0 / 3], job.Reports.Select(report => report.Metrics["dev_error"]));
        Assert.Equal(0.5, job.Reports[^1].Metrics["test_error"]);
    }

    [Fact]
    public async Task Minimize_TakesSeveralMetricsFromAFunctionAndGivesTheirFront()
    {
        var options = new CampaignOptions { Trials = 20, Metric = "error", Further = [new Goal("size")] };
        var result = await Search.MinimizeAsync(
            Space,
            async (trial, stop) =>
            {
                await Task.Yield();
                return new Dictionary<string, double> { ["error"] = trial.GetDouble("x"), ["size"] = 1 - trial.GetDouble("x") };
            },
            options,
            TestContext.Current.CancellationToken);
        Assert.Equal(20, result.Front.Length); // less of the one is more of the other
        Assert.Equal(result.Trials.Min(trial => trial.Value), result.Front[0].Value);
        var single = await Search.MinimizeAsync(Space, (trial, _) => Task.FromResult(trial.GetDouble("x")),
            new CampaignOptions { Trials = 5 }, TestContext.Current.CancellationToken);
        Assert.Equal([single.Best!], single.Front);
    }

    [Fact]
    public async Task Maximize_TakesSeveralMetricsEachInItsOwnDirection()
    {
        var options = new CampaignOptions { Trials = 20, Metric = "accuracy", Further = [new Goal("size")] };
        var result = await Search.MaximizeAsync(
            Space,
            (trial, _) => Task.FromResult<IReadOnlyDictionary<string, double>>(new Dictionary<string, double>
            {
                ["accuracy"] = trial.GetDouble("x"),
                ["size"] = trial.GetDouble("x"),
            }),
            options,
            TestContext.Current.CancellationToken);
        Assert.Equal(20, result.Front.Length); // more accuracy is more size
        Assert.Equal(result.Trials.Max(trial => trial.Value), result.Front[0].Value);
        Assert.Equal(result.Front[0].Value, result.BestValue);
    }

    [Fact]
    public async Task Minimize_KeepsTheExceptionOfATrialThatFailed()
    {
        var folder = Path.Combine(_scratch.Results, "kept");
        await Search.MinimizeAsync(Space, (trial, _) => trial.Number == 2 ? FailSomewhere() : Task.FromResult(1.0),
            new CampaignOptions { Trials = 4, Folder = folder }, TestContext.Current.CancellationToken);
        var trials = KeptCampaign.Read(folder).Trials;
        Assert.Equal("no luck", trials[2].Reason);
        Assert.StartsWith("System.InvalidOperationException: no luck", trials[2].Error, StringComparison.Ordinal);
        Assert.Contains(nameof(FailSomewhere), trials[2].Error, StringComparison.Ordinal);
        Assert.Null(trials[1].Error);
    }

    [Fact]
    public async Task Minimize_InterruptedGivesTheTrialsSoFarAndSaysThatItIsNotFinished()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var interruption = await Assert.ThrowsAsync<SearchInterruptedException>(() => Search.MinimizeAsync(
            Space,
            async (trial, stop) =>
            {
                if (trial.Number == 10)
                    await interrupt.CancelAsync();
                stop.ThrowIfCancellationRequested();
                return trial.GetDouble("x");
            },
            new CampaignOptions { Trials = 40, Workers = 1 },
            interrupt.Token));
        Assert.Equal(interrupt.Token, interruption.CancellationToken);
        Assert.False(interruption.Result.Finished);
        Assert.InRange(interruption.Result.Trials.Length, 1, 11);
        Assert.Equal(interruption.Result.Trials.Min(trial => trial.Value), interruption.Result.BestValue);
    }

    [Fact]
    public async Task NullArguments_AreRefusedByTheirNames()
    {
        Func<RunningTrial, CancellationToken, Task<double>> none = null!;
        Assert.Equal("evaluate",
            (await Assert.ThrowsAsync<ArgumentNullException>(() =>
                Search.MinimizeAsync(Space, none, stop: TestContext.Current.CancellationToken))).ParamName);
        Assert.Equal("evaluate",
            (await Assert.ThrowsAsync<ArgumentNullException>(() =>
                Search.MaximizeAsync(Space, none, stop: TestContext.Current.CancellationToken))).ParamName);
        Assert.Equal("space",
            (await Assert.ThrowsAsync<ArgumentNullException>(() =>
                Search.MinimizeAsync(null!, (_, _) => Task.FromResult(1.0), stop: TestContext.Current.CancellationToken))).ParamName);
        Assert.Equal("evaluate", Assert.Throws<ArgumentNullException>(() => new DelegateObjective(none)).ParamName);
        Assert.Equal("services",
            Assert.Throws<ArgumentNullException>(() =>
                HyperSearchServices.AddHyperSearch(null!,
                    new Search
                    {
                        Name = "a",
                        Objective = new DelegateDefinition(),
                        Metric = "m",
                        Space = Space,
                        Sampler = new SearchOptions().Sampler
                    }, "a", _ => null!)).ParamName);
    }

    [Fact]
    public void Tell_NullIsAFailedTrial()
    {
        var search = new AskAndTell(Space, new SearchOptions { Trials = 2 });
        search.Tell(search.Ask()!, null);
        Assert.Equal(OutcomeState.Failed, Assert.Single(search.Ranking).State);
    }

    [Fact]
    public async Task Minimize_KeepsNothingOfASearchWhoseScheduleDoesNotFit()
    {
        var folder = Path.Combine(_scratch.Results, "kept");
        var wrong = new CampaignOptions
        {
            Trials = 4,
            Epochs = 6,
            Folder = folder,
            Schedule = new HyperSearch.Schedules.AshaSchedule { MinEpochs = 50 }
        };
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
            Search.MinimizeAsync(Space, (_, _) => Task.FromResult(1.0), wrong, TestContext.Current.CancellationToken));
        Assert.Contains("min_epochs", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.NotNull((await Search.MinimizeAsync(Space, (_, _) => Task.FromResult(1.0),
            wrong with { Schedule = new HyperSearch.Schedules.AshaSchedule { MinEpochs = 2 } },
            TestContext.Current.CancellationToken)).Best);
    }

    private static async Task<double> FailSomewhere()
    {
        await Task.Yield();
        throw new InvalidOperationException("no luck");
    }

    private FakeJob Run(Func<RunningTrial, CancellationToken, Task<double>> evaluate, double units = 1)
    {
        var job = new FakeJob(_scratch.Results, point: ("units", units));
        new DelegateObjective(evaluate).Run(job, TestContext.Current.CancellationToken);
        return job;
    }
}
