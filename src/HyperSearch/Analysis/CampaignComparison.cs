using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Campaigns side by side: runs of the same search under several seeds form a group; groups are ranked and tested against each
/// other.</summary>
public sealed record CampaignComparison
{
    /// <summary>The groups, the best median first.</summary>
    public required ImmutableArray<ComparedGroup> Groups { get; init; }

    /// <summary>Each pair of groups, in the order of <see cref="Groups"/>.</summary>
    public required ImmutableArray<ComparedPair> Pairs { get; init; }

    /// <summary>The reason why the comparison is unfair: some of the campaigns confirmed their leaders, so that the others are better by
    /// luck; <c>null</c> where nothing does.</summary>
    public string? Warning { get; init; }

    /// <summary>The campaigns that people stepped into while they ran.</summary>
    internal ImmutableArray<CampaignSnapshot> SteppedInto { get; init; } = [];

    /// <summary>Compares campaigns, grouped by a label.</summary>
    /// <param name="snapshots">One or more.</param>
    /// <param name="label">Campaigns of one label are repetitions of each other.</param>
    /// <exception cref="ArgumentException">There is none, or their values do not compare (<see cref="Refusal"/>).</exception>
    public static CampaignComparison Of(IReadOnlyList<CampaignSnapshot> snapshots, Func<CampaignSnapshot, string> label)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(label);
        if (snapshots.Count == 0)
            throw new ArgumentException("A comparison needs at least one campaign.", nameof(snapshots));
        if (Refusal(snapshots) is { } refusal)
            throw new ArgumentException(refusal, nameof(snapshots));
        var maximize = snapshots[0].Search.Maximize;
        var groups = snapshots.GroupBy(label, StringComparer.Ordinal)
            .Select(group => ComparedGroup.Of(group.Count() == 1 ? group.First().Name : group.Key, [.. group], maximize))
            .OrderBy(group => double.IsNaN(group.Median) ? double.PositiveInfinity : maximize ? -group.Median : group.Median)
                .ToImmutableArray();
        var pairs = ImmutableArray.CreateBuilder<ComparedPair>();
        for (var i = 0; i < groups.Length; i++)
        {
            for (var j = i + 1; j < groups.Length; j++)
                pairs.Add(ComparedPair.Of(groups[i], groups[j], maximize));
        }

        var confirmed = snapshots.Where(IsConfirmed).Select(snapshot => snapshot.Name).ToArray();
        var other = snapshots.FirstOrDefault(snapshot => !IsConfirmed(snapshot));
        return new CampaignComparison
        {
            Groups = groups,
            Pairs = pairs.ToImmutable(),
            SteppedInto = [.. snapshots.Where(snapshot => !snapshot.Interventions.IsEmpty)],
            Warning = confirmed.Length > 0 && other is not null
                ? $"{confirmed[0]} stands with the mean of its winner's repeats, {other.Name} with the one score that made it the " +
                    "winner, which luck flatters. Confirm the leaders of all, or of none."
                : null,
        };

        static bool IsConfirmed(CampaignSnapshot snapshot) => Ranking.Best(snapshot)?.Confirmed is not null;
    }

    /// <summary>Why the values of campaigns do not compare: other metrics or directions, or other data under the same seed; <c>null</c>
    /// where they do.</summary>
    /// <remarks>The seed deals the rows, so that campaigns with other seeds have other parts of the same data, and other
    /// fingerprints.</remarks>
    public static string? Refusal(IReadOnlyList<CampaignSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        foreach (var (first, other) in snapshots.SelectMany((first, i) => snapshots.Skip(i + 1).Select(other => (first, other))))
        {
            if (first.Search.Goals[0] != other.Search.Goals[0])
                return $"{first.Name} decides by {first.Search.Goals[0]}, {other.Name} by {other.Search.Goals[0]}: their values do not " +
                    "compare. Compare campaigns of one metric.";
            if (first.DataFingerprint is { } known && other.DataFingerprint is { } found && first.Search.Seed == other.Search.Seed
                && known != found)
            {
                return $"{first.Name} and {other.Name} have the same seed and other data, or other splits of them: " +
                    "their values do not compare. "
                    + "Run both on the same data with the same split.";
            }
        }

        return null;
    }
}

/// <summary>Two groups of campaigns against each other.</summary>
/// <param name="First">The group with the better median.</param>
/// <param name="Second">The other.</param>
/// <param name="WinShare">How often a campaign of the first beats one of the second, ties counting half; in [0, 1].</param>
/// <param name="PValue">Of the two-sided Mann–Whitney rank test that neither tends to be better; <c>null</c> when a group has a single
/// campaign, for then nothing can be tested.</param>
public sealed record ComparedPair(string First, string Second, double WinShare, double? PValue)
{
    /// <summary>What the pair tells, in a sentence; <c>null</c> when one of the two has no value.</summary>
    internal string? Sentence => !double.IsFinite(WinShare) ? null : PValue is { } p
        ? $"{Named(First)} beats {Named(Second)} in {Figures.Brief(100 * WinShare)} % of the pairs of runs; "
            + $"p = {Figures.Brief(p, 2)} (Mann-Whitney rank test){(p < 0.05 ? "" : ", so that may be chance")}."
        : $"{Named(First)} {(WinShare == 0.5 ? "equals" : WinShare > 0.5 ? "is ahead of" : "is behind")} "
            + $"{Named(Second)} here, but a single run cannot tell luck from skill: repeat both with other seeds.";

    internal static ComparedPair Of(ComparedGroup first, ComparedGroup second, bool maximize)
    {
        var sign = maximize ? -1 : 1;
        double[] a = [.. first.Best.Where(double.IsFinite).Select(value => sign * value)];
        double[] b = [.. second.Best.Where(double.IsFinite).Select(value => sign * value)];
        if (a.Length == 0 || b.Length == 0)
            return new ComparedPair(first.Name, second.Name, double.NaN, null);
        var wins = RankTest.Wins(a, b);
        double? chance = a.Length > 1 && b.Length > 1 ? RankTest.PValue(a, b) : null;
        return new ComparedPair(first.Name, second.Name, wins / (a.Length * (double)b.Length), chance);
    }

    private static string Named(string group) => group.Contains(' ', StringComparison.Ordinal) ? $"\"{group}\"" : group;
}
