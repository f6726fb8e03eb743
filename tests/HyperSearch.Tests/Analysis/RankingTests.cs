using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

public sealed class RankingTests
{
    [Fact]
    public void Rank_PutsCompletedFirstThenStoppedTimedOutDivergedFailed()
    {
        Trial[] trials =
        [
            Of(0, OutcomeState.Failed), Of(1, OutcomeState.Diverged), Of(2, OutcomeState.TimedOut),
            Of(3, OutcomeState.Stopped, 0.01), Of(4, OutcomeState.Completed, 0.5), Of(5, OutcomeState.Completed, 0.4),
        ];
        Assert.Equal([5, 4, 3, 2, 1, 0], Ranking.Rank(trials, maximize: false).Select(ranked => ranked.Trial.Number));
        Assert.Equal([1, 2, 3, 4, 5, 6], Ranking.Rank(trials, maximize: false).Select(ranked => ranked.Rank));
    }

    [Fact]
    public void Rank_BreaksTiesByNumber() =>
        Assert.Equal([2, 4, 7], Ranking.Rank([Done(7, 1), Done(2, 1), Done(4, 1)], maximize: true).Select(ranked => ranked.Trial.Number));

    [Fact]
    public void Rank_BreaksTiesByCostOnTheDevSetThenByTheSmallerNetwork()
    {
        Trial[] trials =
        [
            Done(0, 0), Done(1, 0, ("dev_cost", 631)), Done(2, 0, ("dev_cost", 0.02), ("parameters", 900)),
            Done(3, 0, ("dev_cost", 0.02), ("parameters", 100)), Done(4, 0, ("dev_cost", 0.01)), Done(5, 0.1, ("dev_cost", 0.001)),
        ];
        Assert.Equal([4, 3, 2, 1, 0, 5], Ranking.Rank(trials, maximize: false).Select(ranked => ranked.Trial.Number));
        Assert.Equal([5, 4, 3, 2, 1, 0], Ranking.Rank(trials, maximize: true).Select(ranked => ranked.Trial.Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rank_NeverLetsANonFiniteValueWin(bool maximize)
    {
        var ranked = Ranking.Rank([Done(0, double.NaN), Done(1, double.PositiveInfinity), Done(2, double.NegativeInfinity), Done(3, 9)],
            maximize);
        Assert.Equal(3, ranked[0].Trial.Number);
        Assert.All(ranked.Skip(1), entry => Assert.Null(entry.Value));
    }

    [Fact]
    public void Rank_ByMetricKnowsItsDirection()
    {
        var trials = new[] { Done(0, 0.1, ("dev_accuracy", 0.9), ("seconds", 5)), Done(1, 0.2, ("dev_accuracy", 0.95), ("seconds", 1)),
            Done(2, 0.3) };
        Assert.Equal([1, 0, 2], Ranking.Rank(trials, maximize: false, "dev_accuracy").Select(ranked => ranked.Trial.Number));
        Assert.Equal([1, 0, 2], Ranking.Rank(trials, maximize: true, "seconds").Select(ranked => ranked.Trial.Number));
    }

    [Theory]
    [InlineData("dev_error", false)]
    [InlineData("train_cost", false)]
    [InlineData("rmse", false)]
    [InlineData("val_loss", false)]
    [InlineData("accuracy", true)]
    [InlineData("dev_r2", true)]
    [InlineData("wobble", null)]
    public void MoreIsBetter_ReadsTheName(string metric, bool? more) => Assert.Equal(more, Metrics.MoreIsBetter(metric));

    [Fact]
    public void BestSoFar_IsMonotoneAndIgnoresValuesOfFewEpochs()
    {
        var best = Ranking.BestSoFar([Of(0, OutcomeState.Failed), Of(1, OutcomeState.Stopped, 0.01), Done(2, 0.5), Done(3, 0.7),
            Done(4, 0.2)], maximize: false);
        Assert.Equal([double.NaN, double.NaN, 0.5, 0.5, 0.2], best);
    }

    [Fact]
    public void BestSoFar_UsesStoppedTrialsWhenNothingElseHasAValue() =>
        Assert.Equal([0.4, 0.4, 0.6], Ranking.BestSoFar([Of(0, OutcomeState.Stopped, 0.4), Of(1, OutcomeState.Diverged),
            Of(2, OutcomeState.Stopped, 0.6)], maximize: true));

    [Fact]
    public void Rank_PutsConfirmedTrialsByTheirMeanAndNeverALuckyScoreBeforeThem()
    {
        Trial[] trials = [Done(0, 0.10), Confirmed(1, 0.08, 0.12, 0.14), Confirmed(2, 0.09, 0.11, 0.11), Done(3, 0.5)];
        var ranked = Ranking.Rank(trials, maximize: false);
        Assert.Equal([2, 1, 0, 3], ranked.Select(entry => entry.Trial.Number));
        Assert.Equal([0.11, 0.13, 0.10, 0.5], ranked.Select(entry => entry.Value!.Value), Close);
    }

    [Fact]
    public void Rank_PutsTrialsThatScoredBetterThanAllConfirmedBeforeThem() =>
        Assert.Equal([3, 2, 1], Ranking.Rank([Confirmed(1, 0.08, 0.12, 0.14), Confirmed(2, 0.09, 0.11, 0.11), Done(3, 0.07)],
            maximize: false).Select(entry => entry.Trial.Number));

    [Fact]
    public void Rank_PutsAConfirmedTrialThatDivergedBehindThoseThatDidNot()
    {
        var fragile = Confirmed(1, 0.08, 0.05, 0.05);
        fragile = fragile with { Confirmed = fragile.Confirmed! with { Diverged = 1 } };
        Assert.Equal([2, 1], Ranking.Rank([fragile, Confirmed(2, 0.09, 0.11, 0.11)], maximize: false).Select(entry => entry.Trial.Number));
    }

    [Fact]
    public void Confirmation_HasTheStandardErrorOfItsMean()
    {
        var confirmation = new Confirmation([1, 2, 3, 4], 0);
        Assert.Equal(2.5, confirmation.Mean);
        Assert.Equal(Math.Sqrt(5.0 / 3) / 2, confirmation.StandardError!.Value, 12);
        Assert.Null(new Confirmation([1], 0).StandardError);
    }

    [Fact]
    public void Rank_OfNothingIsEmpty() => Assert.Empty(Ranking.Rank([], maximize: false));

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-12;

    private static Trial Confirmed(int number, double score, params double[] repeats) =>
        Done(number, score) with { Confirmed = new Confirmation([.. repeats], 0) };

    private static Trial Done(int number, double value, params (string Name, double Value)[] metrics) =>
        Of(number, OutcomeState.Completed, value) with
        {
            Metrics = metrics.ToImmutableSortedDictionary(metric => metric.Name, metric => metric.Value, StringComparer.Ordinal),
        };

    private static Trial Of(int number, OutcomeState state, double? value = null) =>
        new() { Number = number, Point = new Point([]), Origin = new Origin(OriginKind.Global), State = state, Value = value };
}
