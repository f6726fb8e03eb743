using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Repetitions of one campaign.</summary>
/// <param name="Name">The setting that they have in common.</param>
/// <param name="Campaigns">Their names.</param>
/// <param name="Best">The best value of each, where its winner was confirmed the mean of the repeats; NaN for one without a value.</param>
/// <param name="Progress">The best so far after each trial, for each campaign; NaN until there is a value.</param>
public sealed record ComparedGroup(string Name, ImmutableArray<string> Campaigns, ImmutableArray<double> Best,
    ImmutableArray<ImmutableArray<double>> Progress)
{
    /// <summary>The median of the best values; NaN when there is none.</summary>
    public double Median => Quantile(Best, 0.5);

    /// <summary>A quantile of the best so far after n trials, over the campaigns that went that far; NaN when none has a value.</summary>
    /// <param name="trials">n, from 1.</param>
    /// <param name="share">The quantile, in [0, 1].</param>
    public double After(int trials, double share) =>
        Quantile(Progress.Where(progress => progress.Length >= trials).Select(progress => progress[trials - 1]), share);

    /// <summary>The most trials that one of the campaigns has.</summary>
    internal int Trials => Progress.Max(steps => steps.Length);

    /// <summary>The best values that there are, the best of them first.</summary>
    internal IEnumerable<double> Ordered(bool maximize) =>
        Best.Where(double.IsFinite).OrderBy(value => maximize ? -value : value);

    internal static ComparedGroup Of(string name, ImmutableArray<CampaignSnapshot> snapshots, bool maximize)
    {
        var progress = snapshots.Select(snapshot => Ranking.BestSoFar(snapshot.Trials, maximize)).ToImmutableArray();
        return new ComparedGroup(name, [.. snapshots.Select(snapshot => snapshot.Name)],
            [.. snapshots.Zip(progress,
                (snapshot, steps) => Ranking.Best(snapshot)?.Confirmed?.Mean ?? (steps.IsEmpty ? double.NaN : steps[^1]))], progress);
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? double.Lerp(sorted[below], sorted[below + 1], place - below) : sorted[below];
    }
}
