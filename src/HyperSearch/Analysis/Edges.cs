using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Finds parameters whose optimum may lie beyond the range searched.</summary>
public static class Edges
{
    /// <summary>The winner counts as at an end when it lies within this share of the range of it.</summary>
    private const double OfTheWinner = 0.1;

    /// <summary>A leader counts as at an end when it lies within this share of the range of it: few random trials fall closer.</summary>
    private const double OfTheLeaders = 0.15;

    /// <summary>The parameters whose winner (every one, where trials share the best value) lies within a tenth of the range of one end, and
    /// at least 60 % of whose leaders (the best tenth, at least five, of whom four) lie within 15 %.</summary>
    /// <param name="snapshot">With fewer than 15 trials that have a value nothing is said.</param>
    public static ImmutableArray<EdgeFinding> Find(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (BestTenth.Of(snapshot) is not { } leaders)
            return [];
        var findings = ImmutableArray.CreateBuilder<EdgeFinding>();
        foreach (var parameter in snapshot.Search.Space.Searched)
        {
            if (!parameter.Scale.IsOrdered || parameter.Scale.Count is <= 3)
                continue;
            var (positions, winners) = leaders.Positions(parameter);
            if (positions.Length == 0)
                continue;
            foreach (var high in new[] { false, true })
            {
                var crowd = positions.Count(position => high ? position >= 1 - OfTheLeaders : position <= OfTheLeaders);
                var winnerIsThere = positions.Take(winners).All(position => high ? position >= 1 - OfTheWinner : position <= OfTheWinner);
                if (winnerIsThere && crowd >= Math.Max(4, 0.6 * positions.Length))
                    findings.Add(EdgeFinding.Of(parameter, high, crowd, positions.Length));
            }
        }

        return findings.ToImmutable();
    }
}

/// <summary>A parameter whose best values crowd at an end of its range.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="AtHigh">Whether it is the end at position 1.</param>
/// <param name="Crowd">How many of the leaders lie within 15 % of the range of that end.</param>
/// <param name="Leaders">How many leaders were looked at.</param>
/// <param name="Wider">The range widened at that end, in a few words such as <c>log [0.0001, 10]</c>; <c>null</c> where values beyond it
/// make no sense.</param>
/// <param name="Line">The line of the search file that widens the range; <c>null</c> also for a scale of a program's own, which no search
/// file can write.</param>
public sealed record EdgeFinding(string Parameter, bool AtHigh, int Crowd, int Leaders, string? Wider, string? Line)
{
    /// <summary>The line of the search file that fixes the parameter at that end, where values beyond it make no sense; else
    /// <c>null</c>.</summary>
    public string? Fixed { get; init; }

    /// <summary>The line to put into the search file: <see cref="Line"/> or <see cref="Fixed"/>; <c>null</c> for a scale of a program's
    /// own.</summary>
    public string? Advised => Line ?? Fixed;

    /// <summary>The finding and the advice, for people.</summary>
    public string Sentence =>
        $"{Crowd} of the best {Leaders} trials lie at the {(AtHigh ? "upper" : "lower")} end of {Parameter}" + (this switch
        {
            { Line: not null } => ": widen it.",
            { Wider: { } wider } => $": widen it to {wider}, in the program that made this search.",
            { Parameter: "keep_prob", AtHigh: true } => ": dropout does not help here, so fix it there.",
            _ => ", and nothing lies beyond: fix it there.",
        });

    internal static EdgeFinding Of(Parameter parameter, bool high, int crowd, int leaders)
    {
        var wider = parameter.Scale.Widened(high);
        var line = wider is null ? null : SpaceText.Line(parameter with { Scale = wider });
        var fixedAt = wider is null
            ? SpaceText.Line(parameter with { Scale = new FixedScale(parameter.Scale.At(high ? 1 : 0)), Default = null })
            : null;
        return new EdgeFinding(parameter.Name, high, crowd, leaders, wider?.Describe(), line) { Fixed = fixedAt };
    }
}
