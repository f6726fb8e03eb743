using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Finds parameters whose range made little difference, so that a next search need not spend trials on them.</summary>
public static class IdleRanges
{
    private const int FewestTrials = 50;
    private const double LeastShare = 0.02, LeastPairs = 0.05;

    /// <summary>The parameters that explain less than 2 % of the variance (two standard errors included), little of it in pairs, and do not
    /// tell good trials from others.</summary>
    /// <param name="snapshot">With fewer than 50 trials, or five a parameter, nothing is said; nor where metrics are traded off, nor
    /// of a parameter that plays a part in less than half of the trials.</param>
    public static ImmutableArray<IdleFinding> Find(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var dimensions = snapshot.Search.Space.Dimensions;
        if (!snapshot.Search.Further.IsEmpty) // what does not matter to one metric may decide another
            return [];
        if (dimensions < 2 || snapshot.Trials.Count(trial => trial.Succeeded) < Math.Max(FewestTrials, 5 * dimensions)
            || Ranking.Best(snapshot) is not { } best)
            return [];
        var report = Importance.Of(snapshot);
        var chance = Math.Max(0.05, 0.5 / dimensions);
        return
        [
            .. report.Parameters
                .Where(entry => entry.Share + 2 * entry.ShareError < LeastShare && entry.GoodShare < chance && entry.TopShare < chance
                    && report.Pairs.Where(pair => pair.First == entry.Name || pair.Second == entry.Name)
                        .Sum(pair => pair.Share) < LeastPairs
                    && 2 * snapshot.Trials.Count(trial => trial.Point.ContainsKey(entry.Name)) >= snapshot.Trials.Length
                    && best.Point.ContainsKey(entry.Name))
                .Select(entry => new IdleFinding(entry.Name, entry.Share,
                    LineOf(snapshot.Search.Space.Searched.First(parameter => parameter.Name == entry.Name), best.Point[entry.Name]))
                { ShareError = entry.ShareError }),
        ];
    }

    /// <summary>The line that fixes a parameter, at six digits of the value where the scale still contains it then.</summary>
    private static string LineOf(Parameter parameter, ParameterValue value)
    {
        if (value.IsNumber && NiceNumbers.Digits(value.Number, 6) is var brief && parameter.Scale.Contains(brief))
            value = brief;
        return SpaceText.Line(parameter with { Scale = new FixedScale(value), Default = null })!; // a fixed value can always be written
    }
}

/// <summary>A parameter whose range made little difference here.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Share">Its share of the variance over the whole space, by functional ANOVA.</param>
/// <param name="Line">The line of the search file that fixes it at the winner's value.</param>
public sealed record IdleFinding(string Parameter, double Share, string Line)
{
    /// <summary>One standard deviation of <see cref="Share"/> over resampled trials.</summary>
    public double ShareError { get; init; }
}
