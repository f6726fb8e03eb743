using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Campaigns side by side: runs of the same search under several seeds form a group; groups are ranked and tested against each
/// other.</summary>
public sealed record Comparison
{
    /// <summary>The groups, the best median first.</summary>
    public required ImmutableArray<ComparedGroup> Groups { get; init; }

    /// <summary>Each pair of groups, in the order of <see cref="Groups"/>.</summary>
    public required ImmutableArray<ComparedPair> Pairs { get; init; }

    /// <summary>Why the campaigns should not be compared as they are (other metrics, other directions); <c>null</c> when they
    /// can.</summary>
    public string? Warning { get; init; }

    /// <summary>Compares campaigns, grouped by a label.</summary>
    /// <param name="snapshots">One or more.</param>
    /// <param name="label">Campaigns of one label are repetitions of each other.</param>
    public static Comparison Of(IReadOnlyList<CampaignSnapshot> snapshots, Func<CampaignSnapshot, string> label)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        ArgumentNullException.ThrowIfNull(label);
        if (snapshots.Count == 0)
            throw new ArgumentException("A comparison needs at least one campaign.", nameof(snapshots));
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

        var mixed = snapshots.Any(snapshot => snapshot.Search.Metric != snapshots[0].Search.Metric || snapshot.Search.Maximize != maximize);
        return new Comparison
        {
            Groups = groups,
            Pairs = pairs.ToImmutable(),
            Warning = mixed ? "The campaigns do not all decide by the same metric, so their values do not compare." : null,
        };
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
}
