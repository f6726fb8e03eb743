using HyperSearch.Analysis;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

/// <summary>Leaders are told apart row by row as seldom wrongly as is claimed, and far more often rightly than by their shares.</summary>
public sealed class PairedRowsTests
{
    private const int Campaigns = 500;

    private static readonly Space Space = new([new Parameter("x", new UniformScale(0, 1))]);

    [Fact]
    public void HalvesUpTo_IsTheBinomialDistribution()
    {
        Assert.Equal(11 / 1024.0, PairedRows.HalvesUpTo(1, 10), 12);
        Assert.Equal(1, PairedRows.HalvesUpTo(10, 10), 12);
        Assert.Equal(1, PairedRows.HalvesUpTo(0, 0), 12);
        Assert.Equal(0.5, PairedRows.HalvesUpTo(1_000, 2_001), 9);
    }

    /// <summary>Ten rows that only the worse one gets wrong and one that only the better one does: P(X ≤ 1), n = 11.</summary>
    [Fact]
    public void Chance_OfSharesCountsOnlyTheRowsThatTellThemApart()
    {
        float[] better = new float[200], worse = new float[200];
        better.AsSpan(0, 31).Fill(1); // 30 rows that both get wrong
        worse.AsSpan(1, 40).Fill(1);
        Assert.Equal(12 / 2048.0, PairedRows.Chance(RowErrors.OfMistakes(better)!, RowErrors.OfMistakes(worse)!), 12);
        Assert.Equal(1, PairedRows.Chance(RowErrors.OfMistakes(better)!, RowErrors.OfMistakes(better)!));
    }

    /// <summary>Student's quantile of 9 degrees of freedom at 2.5 % is 2.262.</summary>
    [Fact]
    public void Chance_OfLossesIsStudents()
    {
        var spread = new float[] { -9, -7, -5, -3, -1, 1, 3, 5, 7, 9 };
        var shift = (float)(2.262 * Math.Sqrt(spread.Sum(value => value * value) / 9 / 10));
        var worse = RowErrors.OfLosses([.. spread.Select(value => value + shift)])!;
        Assert.Equal(0.025, PairedRows.Chance(RowErrors.OfLosses(new float[10])!, worse), 3);
    }

    /// <summary>Some rows are hard for every network, as in practice. The truly best trial is told from the best measured one in at most
    /// one
    /// campaign of twenty; and the paired test tells more apart than two independent shares do.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.95)]
    public void IndistinguishableFromBest_HoldsTheTrulyBestTrialInNineteenCampaignsOfTwenty(double likeness)
    {
        var (missed, byRow, byShare) = (0, 0, 0);
        for (var campaign = 0; campaign < Campaigns; campaign++)
        {
            var random = RandomStream.For(19, (ulong)campaign, "truth");
            int trials = new[] { 3, 10, 25 }[campaign % 3], rows = new[] { 114, 360, 1000 }[random.NextInt(3)];
            var errors = Enumerable.Range(0, trials)
                .Select(_ => Math.Exp(double.Lerp(Math.Log(0.01), Math.Log(0.3), random.NextDouble()))).ToArray();
            if (campaign % 3 == 0)
                errors = [.. errors.Select(_ => errors[0])]; // nothing to choose: the best measured one is luck alone
            var wrong = errors.Select(_ => new float[rows]).ToArray();
            for (var row = 0; row < rows; row++)
            {
                var common = random.NextDouble();
                for (var trial = 0; trial < trials; trial++)
                    wrong[trial][row] = (random.NextDouble() < likeness ? common : random.NextDouble()) < errors[trial] ? 1 : 0;
            }

            var values = wrong.Select(row => (double)row.Average()).ToArray();
            var (best, truly) = (Array.IndexOf(values, values.Min()), Array.IndexOf(errors, errors.Min()));
            var told = Enumerable.Range(0, trials).Where(trial => trial != best && PairedRows.Chance(RowErrors.OfMistakes(wrong[best])!,
                RowErrors.OfMistakes(wrong[trial])!) <= 0.05 / (trials - 1)).ToArray();
            missed += told.Contains(truly) ? 1 : 0;
            byRow += told.Length;
            byShare += Enumerable.Range(0, trials).Count(trial => RowNoise.Of("dev_error", [])!.Tells(
                values[best], rows, values[trial], rows, RowNoise.Quantile(trials - 1)));
        }

        Assert.InRange(missed, 0, Campaigns / 20);
        if (likeness > 0)
            Assert.True(byRow > 1.1 * byShare, $"{byRow} pairs are told apart row by row, {byShare} by their shares");
    }

    /// <summary>Losses as a log loss has them: most rows near 0, some far away, common to all networks in part.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.8)]
    public void IndistinguishableFromBest_OfLossesHoldsTheTrulyBestToo(double likeness)
    {
        var missed = 0;
        for (var campaign = 0; campaign < Campaigns; campaign++)
        {
            var random = RandomStream.For(23, (ulong)campaign, "truth");
            int trials = new[] { 3, 10, 25 }[campaign % 3], rows = new[] { 60, 150, 500 }[random.NextInt(3)];
            var scales = Enumerable.Range(0, trials).Select(_ => campaign % 2 == 0 ? 1 : 1 + random.NextDouble()).ToArray();
            var losses = scales.Select(_ => new float[rows]).ToArray();
            for (var row = 0; row < rows; row++)
            {
                var hard = random.NextNormal(); // what no network can know is common to all
                for (var trial = 0; trial < trials; trial++)
                {
                    var margin = Math.Sqrt(likeness) * hard + Math.Sqrt(1 - likeness) * random.NextNormal();
                    losses[trial][row] = (float)(scales[trial] * Math.Log(1 + Math.Exp(-2 - 2 * margin)));
                }
            }

            var values = losses.Select(row => (double)row.Average()).ToArray();
            var (best, truly) = (Array.IndexOf(values, values.Min()), Array.IndexOf(scales, scales.Min()));
            missed += best != truly && PairedRows.Chance(RowErrors.OfLosses(losses[best])!, RowErrors.OfLosses(losses[truly])!)
                <= 0.05 / (trials - 1) ? 1 : 0;
        }

        Assert.InRange(missed, 0, Campaigns / 20);
    }

    /// <summary>Two trials of 5 and 11 errors on 100 rows cannot be told apart by their shares, for all that their rows say.</summary>
    [Fact]
    public void Sentences_TellLeadersApartByTheirRows()
    {
        float[] good = new float[100], bad = new float[100];
        good.AsSpan(0, 5).Fill(1);
        bad.AsSpan(0, 11).Fill(1);
        Trial[] plain = [Synthetic.Done(0, Space.At([0.1]), 0.05), Synthetic.Done(1, Space.At([0.9]), 0.11)];
        Assert.Contains(". The other trial cannot be told from the best on 100 dev rows (at 95 % certainty for all trials together):",
            Assert.Single(Uncertainty.Sentences(Synthetic.Of(Space, plain) with { DevRows = 100 })), StringComparison.Ordinal);
        Trial[] rows = [WithRows(plain[0], good), WithRows(plain[1], bad)];
        Assert.Contains("Every other trial is worse than the best by more than chance explains on 100 dev rows (at 95 % certainty for all "
            + "trials together, the leaders compared row by row)",
            Assert.Single(Uncertainty.Sentences(Synthetic.Of(Space, rows) with { DevRows = 100 })), StringComparison.Ordinal);
    }

    private static Trial WithRows(Trial trial, float[] mistakes) => trial with
    {
        Jobs = [Outcome.Of(new Job(trial.Number, trial.Number, trial.Point, trial.Origin, 0, 1, null, 0), OutcomeState.Completed) with
        {
            Value = trial.Value,
            RowErrors = RowErrors.OfMistakes(mistakes),
        }],
    };
}
