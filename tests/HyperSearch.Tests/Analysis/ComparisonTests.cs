using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Tpe;

namespace HyperSearch.Tests.Analysis;

public sealed class ComparisonTests
{
    [Fact] // the tables of Mann and Whitney: n = m = 5, U = 0 has probability 1/252 a side
    public void PValue_IsExactForSmallSamples()
    {
        Assert.Equal(2.0 / 252, RankTest.PValue([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), 12);
        Assert.Equal(2.0 * 2 / 252, RankTest.PValue([1, 2, 3, 4, 6], [5, 7, 8, 9, 10]), 12);
        Assert.Equal(1, RankTest.PValue([1, 4], [2, 3]), 12);
    }

    [Fact]
    public void PValue_OfTheApproximationAgreesWithTheExactOne()
    {
        double[] a = [.. Enumerable.Range(0, 20).Select(i => i + 0.0)], b = [.. Enumerable.Range(0, 20).Select(i => i + 6.5)];
        var exact = RankTest.PValue(a, b);
        var approximate = RankTest.PValue([.. a, 0], [.. b, 6.5]); // a tie, and 21 × 21 > 400
        Assert.InRange(approximate, exact / 2, exact * 2);
        Assert.Equal(1, RankTest.PValue([1, 1], [1, 1]));
    }

    [Fact]
    public void Of_GroupsSeedsOfOneSearchAndPutsTheBetterFirst()
    {
        CampaignSnapshot[] bad = [.. Enumerable.Range(0, 5).Select(seed => Constant($"bad-{(char)('a' + seed)}", 0.3 + 0.01 * seed))];
        CampaignSnapshot[] good = [.. Enumerable.Range(0, 5).Select(seed => Constant($"good-{(char)('a' + seed)}", 0.1 + 0.01 * seed))];
        var comparison = CampaignComparison.Of([.. bad, .. good], snapshot => snapshot.Name[..^2]);
        Assert.Equal(["good", "bad"], comparison.Groups.Select(group => group.Name));
        Assert.Equal(0.12, comparison.Groups[0].Median, 12);
        Assert.Equal(0.11, comparison.Groups[0].After(1, 0.25), 12);
        var pair = Assert.Single(comparison.Pairs);
        Assert.Equal((1.0, 2.0 / 252), (pair.WinShare, Math.Round(pair.PValue!.Value, 15)),
            EqualityComparer<(double, double)>.Create((x, y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-12));
        Assert.Null(comparison.Warning);
    }

    [Fact]
    public void Of_GroupsWhatDiffersInTheSeedAloneUnderTheNamesOfTheSearchFile()
    {
        CampaignSnapshot[] campaigns = [.. Enumerable.Range(1, 2).Select(seed => Seeded(Constant($"a-{(char)('0' + seed)}", 0.1), seed)),
            .. Enumerable.Range(1, 2).Select(seed => Seeded(Constant($"b-{(char)('0' + seed)}", 0.2), seed))];
        Assert.Equal([$"digits, random, {Figures.Count(campaigns[0].Search.Trials, "trial")}"],
            SearchComparison.Of(campaigns).Groups.Select(group => group.Name));
        campaigns = [.. campaigns.Select(campaign => campaign.Name[0] == 'b'
            ? campaign with { Search = campaign.Search with { BaseError = 0.01, Sampler = new TpeSampler() } } : campaign)];
        var trials = Figures.Count(campaigns[0].Search.Trials, "trial");
        Assert.Equal([$"digits, random, {trials}", $"digits, tpe, {trials}"],
            SearchComparison.Of(campaigns).Groups.Select(group => group.Name));
        campaigns = [.. campaigns.Select(campaign => campaign with { Search = campaign.Search with { Sampler = new TpeSampler() } })];
        Assert.Equal(["a-1 a-2", "b-1 b-2"], SearchComparison.Of(campaigns).Groups.Select(group => string.Join(' ', group.Campaigns)));
        Assert.EndsWith("trial, like b-1", SearchComparison.Of(campaigns).Groups[1].Name, StringComparison.Ordinal);

        static CampaignSnapshot Seeded(CampaignSnapshot campaign, int seed) =>
            campaign with { Search = campaign.Search with { Name = "digits", Seed = (ulong)seed } };
    }

    [Fact]
    public void Of_SingleCampaignsIsNotTested() =>
        Assert.Null(Assert.Single(CampaignComparison.Of([Constant("a", 0.1), Constant("b", 0.2)], snapshot => snapshot.Name).Pairs).PValue);

    [Fact]
    public void Of_OtherMetricsOrDataIsRefused()
    {
        var (first, second) = (Constant("a", 0.1), Constant("b", 0.2));
        var other = second with { Search = second.Search with { Metric = "dev_rmse" } };
        Assert.Equal(
            "a decides by minimize dev_error, b by minimize dev_rmse: their values do not compare. Compare campaigns of one metric.",
            SearchComparison.Refusal([first, other]));
        Assert.Throws<ArgumentException>(() => CampaignComparison.Of([first, other], snapshot => snapshot.Name));
        CampaignSnapshot[] split = [first with { DataFingerprint = "1" }, second with { DataFingerprint = "2" }];
        Assert.Contains("same seed and other data", SearchComparison.Refusal(split), StringComparison.Ordinal);
        // another seed deals the rows anew
        Assert.Null(SearchComparison.Refusal([split[0], split[1] with { Search = second.Search with { Seed = 2 } }]));
        Assert.Null(SearchComparison.Refusal([first, second]));
    }

    [Fact]
    public void Of_TakesTheMeanOfRepeatsWhereThereAreAnyAndWarnsOfUnequalCare()
    {
        var (lucky, plain) = (Constant("a", 0.1), Constant("b", 0.2));
        var confirmed = lucky with { Trials = [lucky.Trials[0] with { Confirmed = new Confirmation([0.3, 0.4], 0) }] };
        var comparison = CampaignComparison.Of([confirmed, plain], snapshot => snapshot.Name);
        Assert.Equal(["b", "a"], comparison.Groups.Select(group => group.Name));
        Assert.Equal(0.35, comparison.Groups[1].Median, 12);
        Assert.StartsWith("a stands with the mean", comparison.Warning, StringComparison.Ordinal);
        var both = CampaignComparison.Of([confirmed, confirmed with { Name = "b" }], snapshot => snapshot.Name);
        Assert.EndsWith("of the search's own scores; figures are means of fresh runs",
            ComparisonPicture.Draw(both, "dev_error", maximize: false).Subtitle, StringComparison.Ordinal);
        Assert.Null(CampaignComparison.Of([lucky, plain], snapshot => snapshot.Name).Warning);
    }

    /// <summary>An error of a regression is 1 − R², which may be anything: 28.25 is not 2825 %.</summary>
    [Fact]
    public void Picture_WritesNoPercentForWhatIsNoShare()
    {
        var picture = ComparisonPicture.Draw(CampaignComparison.Of([Constant("a", 28.25), Constant("b", 30)], snapshot => snapshot.Name),
            "dev_error", maximize: false);
        Assert.StartsWith("a: 28.3", picture.Legend[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain('%', picture.Legend[0].Text);
    }

    [Fact]
    public void Explanation_NamesTheTrialsAroundAndWhatMoved()
    {
        var snapshot = Synthetic.Digits(60);
        var hop = snapshot.Trials.First(trial => trial.Origin.Kind == OriginKind.Hop);
        var explanation = Explanation.Of(snapshot, hop.Number);
        Assert.Equal(hop.Origin.Around, explanation.Around.Select(entry => entry.Trial.Number));
        Assert.Contains(explanation.Sentences, sentence =>
            sentence.StartsWith("It is a hop: a heavy-tailed step from trial " + hop.Origin.Around[0], StringComparison.Ordinal));
        Assert.All(explanation.Moves, move => Assert.NotEqual(move.From, move.To));
        var box = snapshot.Trials.First(trial => trial.Origin.Kind == OriginKind.Box);
        var rate = Explanation.Of(snapshot, box.Number).Box.Single(side => side.Parameter == "learning_rate");
        Assert.InRange(box.Point["learning_rate"].Number, rate.Low.Number, rate.High.Number);
        Assert.Contains("no trial 999", Assert.Throws<ArgumentException>(() => Explanation.Of(snapshot, 999)).Message,
            StringComparison.Ordinal);
    }

    [Fact] // the roots q of |p − q| = z·√(q(1 − q)/n) for 7 of 360, found by bisection in a separate program
    public void Interval_IsWilsons()
    {
        var (low, high) = Uncertainty.Interval(7 / 360.0, 360);
        Assert.Equal(0.00945, low, 5);
        Assert.Equal(0.03959, high, 5);
        Assert.Equal(0, Uncertainty.Interval(0, 10).Low);
    }

    [Fact]
    public void IndistinguishableFromBest_CountsThoseThatTheDevRowsDoNotTell()
    {
        var point = Synthetic.Digits(1).Trials[0].Point;
        var snapshot = Synthetic.Of(Synthetic.DigitsSpace, Leaders.Select((value, i) => Synthetic.Done(i, point, value)));
        // Newcombe’s interval of 0.13 − 0.10 at z = 2.13 is −0.0005 to 0.061
        Assert.Equal(3, Uncertainty.IndistinguishableFromBest(snapshot, 1000));
        Assert.Equal(2, Uncertainty.IndistinguishableFromBest(snapshot, 2000));
        Assert.Equal(1, Uncertainty.IndistinguishableFromBest(snapshot, 100_000));
        Assert.Null(Uncertainty.IndistinguishableFromBest(snapshot with { Search = snapshot.Search with { Metric = "loss" } }, 1000));
    }

    private static readonly double[] Leaders = [0.10, 0.11, 0.13, 0.30];

    private static CampaignSnapshot Constant(string name, double value) =>
        Synthetic.Of(Synthetic.DigitsSpace, [Synthetic.Done(0, Synthetic.Digits(1).Trials[0].Point, value)], name: name);
}
