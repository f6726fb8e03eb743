using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Planning;

public sealed class EarlierTrialsTests
{
    private static readonly Parameter LearningRate = new("learning_rate", new LogScale(1e-4, 1));
    private static readonly Parameter Units = new("units", new IntScale(1, 100));
    private static readonly Parameter Optimizer = new("optimizer", new ChoiceScale("adam", "sgd"));

    [Fact]
    public void Take_GivesTheBestOnesAsTheyWere()
    {
        var earlier = Earlier([LearningRate, Units, Optimizer],
            Enumerable.Range(0, 20).Select(i => (20.0 - i, Point(0.001 * (i + 1), i + 1, "adam"))));
        var taken = EarlierTrials.Take(earlier, Search(LearningRate, Units, Optimizer), best: 3);
        Assert.Equal([19, 18, 17], taken.Trials.Select(trial => trial.Trial));
        Assert.Equal(Point(0.02, 20, "adam"), taken.Trials[0].Point);
        Assert.Equal(["From earlier: 3 of 20 trials run first, the best one being its trial 19."], taken.Remarks);
        Assert.Equal([0, 1],
            EarlierTrials.Take(earlier, Search(LearningRate, Units, Optimizer) with { Maximize = true },
                best: 2).Trials.Select(trial => trial.Trial));
    }

    [Fact]
    public void Take_KeepsAValueOnAnotherScaleAndMovesItOntoAGrid()
    {
        var earlier = Earlier([LearningRate, Units], [(1, Point(0.01, 48)), (2, Point(0.01, 49))]);
        var taken = EarlierTrials.Take(earlier,
            Search(new Parameter("learning_rate", new UniformScale(0, 0.5)), new Parameter("units", new PowerOfTwoScale(16, 128))));
        Assert.Equal([Point(0.01, 32), Point(0.01, 64)], taken.Trials.Select(trial => trial.Point));
        Assert.Contains("Moved to the nearest value: units 48 to 32 in trial 0; units 49 to 64 in trial 1.", taken.Remarks);
    }

    [Fact]
    public void Take_LeavesOutWhatDoesNotFitAndSaysWhy()
    {
        var earlier = Earlier([LearningRate, Units, Optimizer],
            [(1, Point(0.5, 10, "adam")), (2, Point(0.01, 10, "sgd")), (3, Point(0.01, 90, "adam")), (4, Point(0.02, 20, "adam"))]);
        var search = Search([Constraint.Parse("units < 50")], new Parameter("learning_rate", new LogScale(1e-4, 0.1)), Units,
            new Parameter("optimizer", new FixedScale("adam")));
        var taken = EarlierTrials.Take(earlier, search);
        Assert.Equal([3], taken.Trials.Select(trial => trial.Trial));
        Assert.Contains(
            "Left out: trial 0 (learning_rate 0.5 is not in log [0.0001, 0.1]); trial 1 (optimizer sgd is not in fixed adam); trial 2 " +
            "(it breaks the constraint \"units < 50\").", taken.Remarks);
    }

    [Fact]
    public void Take_DrawsWhatIsNewAndIgnoresWhatIsGone()
    {
        var earlier = Earlier([LearningRate, Units], [(1, Point(0.01, 10)), (2, Point(0.02, 10)), (3, Point(0.01, 20))]);
        var search = Search(LearningRate, Optimizer,
            new Parameter("momentum", new UniformScale(0, 1)) { When = [new Condition("optimizer", ["sgd"])] });
        var taken = EarlierTrials.Take(earlier, search);
        Assert.All(taken.Trials, trial => Assert.Equal(trial.Point["optimizer"] == "sgd", trial.Point.ContainsKey("momentum")));
        Assert.Contains("New in this space, so drawn at random: optimizer, momentum.", taken.Remarks);
        Assert.Contains("Not in this space, so ignored: units.", taken.Remarks);
        Assert.Equal(taken.Trials, EarlierTrials.Take(earlier, search).Trials);
    }

    [Fact]
    public void Take_TakesWhatBecomesTheSameOnce()
    {
        var earlier = Earlier([LearningRate, Units], [(1, Point(0.01, 10)), (2, Point(0.01, 20))]);
        Assert.Single(EarlierTrials.Take(earlier, Search(LearningRate)).Trials);
    }

    /// <summary>Two campaigns liked small rates and one large ones: one of each kind comes first, not two of a kind.</summary>
    [Fact]
    public void Take_ChoosesWhatDoesWellTogetherOverSeveralCampaigns()
    {
        CampaignSnapshot[] campaigns = [Liking("low", 1e-3), Liking("lower", 8e-4), Liking("high", 0.3)];
        var taken = EarlierTrials.Take(campaigns, Search(LearningRate, Units), best: 4);
        Assert.Equal("low, lower, high", taken.Campaign);
        Assert.Equal(4, taken.Trials.Length);
        Assert.Equal(4, taken.Trials.Select(trial => trial.Point).Distinct().Count());
        Assert.InRange(taken.Trials[0].Point["learning_rate"].Number, 5e-4, 2e-3);
        Assert.InRange(taken.Trials[1].Point["learning_rate"].Number, 0.15, 0.6);
        Assert.Equal("high", taken.Trials[1].Campaign);
        Assert.Equal(
            ["From 3 campaigns with 90 trials that fit: 4 trials run first, chosen to do well together over all of them."], taken.Remarks);
        Assert.Equal(taken.Trials, EarlierTrials.Take(campaigns, Search(LearningRate, Units), best: 4).Trials);
        var first = (Search(LearningRate, Units) with { Earlier = taken }).First;
        Assert.Equal($"trial {taken.Trials[1].Trial} of high", first[1].Note);

        static CampaignSnapshot Liking(string name, double best)
        {
            var rates = Enumerable.Range(0, 30).Select(i => Math.Pow(10, -4 + 4 * (i * 7 % 30) / 30.0));
            var trials = rates.Select((rate, i) => (Math.Pow(Math.Log10(rate / best), 2), Point(rate, 1 + i)));
            return Earlier([LearningRate, Units], trials) with { Name = name };
        }
    }

    [Fact]
    public void Take_LeavesOutTrialsThatWereHaltedWhereOthersWereNot()
    {
        var halted = Earlier([LearningRate], Enumerable.Range(1, 9).Select(i => ((double)i, new Point([new("learning_rate", i / 10.0)]))));
        halted = halted with
        {
            Trials = [.. halted.Trials.Select(trial => trial with { State = trial.Number < 5 ? OutcomeState.Stopped : trial.State })],
        };
        var taken = EarlierTrials.Take([halted, halted], Search(LearningRate), best: 9);
        Assert.Equal([5, 6, 7, 8], taken.Trials.Select(trial => trial.Trial).Order());
    }

    [Fact]
    public void Take_RefusesACampaignThatHasNothingToGive()
    {
        var earlier = Earlier([LearningRate], [(1, new Point([new("learning_rate", 0.5)]))]);
        Assert.Contains("No trial of the campaign \"earlier\" fits this space: trial 0 (learning_rate 0.5 is not in log [0.0001, 0.1])",
            Assert.Throws<CampaignException>(() =>
                EarlierTrials.Take(earlier, Search(new Parameter("learning_rate", new LogScale(1e-4, 0.1))))).Message,
                    StringComparison.Ordinal);
        Assert.Contains("has no trial with a f1, and its best are chosen by that; it measured loss",
            Assert.Throws<CampaignException>(() => EarlierTrials.Take(earlier, Search(LearningRate) with { Metric = "f1" })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Planner_RunsEnqueuedThenTheDefaultThenEarlierTrialsEachOnce()
    {
        var search = Search(LearningRate with { Default = 0.01 }, Units);
        var standard = search.Space.Default!;
        search = search with
        {
            Enqueued = [Point(0.5, 7)],
            Earlier = new EarlierTrials("earlier", [new(17, Point(0.2, 3)), new(4, standard), new(5, Point(0.5, 7))], []),
            Trials = 5,
        };
        var outcomes = PlannerRun.Outcomes(search, value: _ => 1);
        Assert.Equal([Point(0.5, 7), standard, Point(0.2, 3)], outcomes.Take(3).Select(outcome => outcome.Point));
        Assert.Equal([null, "the default configuration", "trial 17 of earlier"], outcomes.Take(3).Select(outcome => outcome.Origin.Note));
        Assert.Equal([OriginKind.Enqueued, OriginKind.Enqueued, OriginKind.Enqueued, OriginKind.Global, OriginKind.Global],
            outcomes.Select(outcome => outcome.Origin.Kind));
        Assert.Equal(0.01, standard["learning_rate"].Number);
    }

    private static Point Point(double learningRate, double units, string? optimizer = null) => new(
        new KeyValuePair<string, ParameterValue>[] { new("learning_rate", learningRate),
            new("units", units) }.Concat(optimizer is null ? [] : [new("optimizer", optimizer)]));

    private static Search Search(params Parameter[] parameters) => Search([], parameters);

    private static Search Search(Constraint[] constraints, params Parameter[] parameters) =>
        PlannerRun.Search() with { Space = new Space(parameters, constraints) };

    private static CampaignSnapshot Earlier(ImmutableArray<Parameter> parameters, IEnumerable<(double Value, Point Point)> trials) => new()
    {
        Name = "earlier",
        Folder = "/results/earlier",
        Search = PlannerRun.Search() with { Space = new Space(parameters) },
        State = CampaignState.Finished,
        Trials = [.. trials.Select((trial, i) => new Trial
        {
            Number = i,
            Point = trial.Point,
            Origin = new Origin(OriginKind.Global),
            State = OutcomeState.Completed,
            Value = trial.Value,
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("loss", trial.Value),
        })],
    };
}
