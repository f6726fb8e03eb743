using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Why a trial's point was chosen.</summary>
public sealed record Explanation
{
    /// <summary>The trial.</summary>
    public required int Trial { get; init; }

    /// <summary>The rule that proposed it.</summary>
    public required OriginKind Rule { get; init; }

    /// <summary>The reasons, a sentence each.</summary>
    public required ImmutableArray<string> Sentences { get; init; }

    /// <summary>The trials it was placed around, as they stand, the best first.</summary>
    public ImmutableArray<RankedTrial> Around { get; init; } = [];

    /// <summary>For each parameter that changed against the first trial around: its name, the value there and the value here.</summary>
    public ImmutableArray<(string Parameter, ParameterValue? From, ParameterValue? To)> Moves { get; init; } = [];

    /// <summary>For a box: each searched parameter that is not a category, with the values at its two ends.</summary>
    public ImmutableArray<(string Parameter, ParameterValue Low, ParameterValue High)> Box { get; init; } = [];

    /// <summary>The round it belongs to, from 1; <c>null</c> where the sampler has none.</summary>
    public int? Round { get; init; }

    /// <summary>Its way up the rungs of the schedule; empty where there is only one.</summary>
    public ImmutableArray<RungStanding> Rungs { get; init; } = [];

    /// <summary>Explains a trial of a campaign.</summary>
    /// <exception cref="ArgumentException">The campaign has no trial of that number.</exception>
    public static Explanation Of(CampaignSnapshot snapshot, int trial)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var known = snapshot.Trials.FirstOrDefault(entry => entry.Number == trial)
            ?? throw new ArgumentException($"\"{snapshot.Name}\" has no trial {trial}; it has {snapshot.Trials.Length}.", nameof(trial));
        var around = Ranking.Rank(snapshot.Trials.Where(entry => known.Origin.Around.Contains(entry.Number)), snapshot.Search.Maximize);
        var searched = snapshot.Search.Space.Searched;
        var origin = known.Origin;
        var hasBox = origin.Low.Length == searched.Length && origin.High.Length == searched.Length && !origin.Low.IsEmpty;
        var round = Rounds.Containing(Rounds.Of(snapshot), trial);
        return new Explanation
        {
            Trial = trial,
            Round = round?.Number,
            Rungs = RungStanding.Climb(snapshot, known),
            Rule = origin.Kind,
            Around = around,
            Moves = around.IsEmpty ? [] : Differences(searched, around[0].Trial.Point, known.Point),
            Box = hasBox ? [.. Enumerable.Range(0, searched.Length).Where(d => !searched[d].Scale.IsCategorical)
                .Select(d => (searched[d].Name, End(d, origin.Low), End(d, origin.High)))] : [],
            Sentences = [.. Reasons(snapshot, known, around, round)],
        };

        ParameterValue End(int d, ImmutableArray<double> corner) => searched[d].Scale.At(Math.Clamp(corner[d], 0, 1));
    }

    /// <summary>The parameters that differ between two configurations.</summary>
    internal static ImmutableArray<(string, ParameterValue?, ParameterValue?)> Differences(ImmutableArray<Parameter> searched, Point from,
        Point to) =>
    [
        .. searched.Select(parameter => (parameter.Name, From: Value(from, parameter.Name), To: Value(to, parameter.Name)))
            .Where(move => move.From != move.To),
    ];

    private static ParameterValue? Value(Point point, string name) =>
        point.TryGetValue(name, out var value) ? value : default(ParameterValue?);

    private static IEnumerable<string> Reasons(CampaignSnapshot snapshot, Trial trial, ImmutableArray<RankedTrial> around, Round? round)
    {
        var origin = trial.Origin;
        var share = Metrics.IsShare(snapshot.Search.Metric);
        string Values() => string.Join(", ", around.Select(entry => entry.Value is { } value
            ? $"{entry.Trial.Number} ({Figures.Of(value, share)})" : $"{entry.Trial.Number} (no value)"));
        if (round is not null)
            yield return $"It belongs to round {round.Number}, with zoom {Figures.Brief(round.Zoom)} (smaller is closer), of trials "
                + $"{round.Trials[0]} to {round.Trials[^1]}.";
        if (origin.Change is { } change)
            yield return $"Its round began with it: {change}.";
        if (origin.Rung is { } rung && origin.Kind != OriginKind.Copy)
            yield return $"It was chosen by results after {Figures.Count(rung, "epoch")}.";
        yield return origin.Kind switch
        {
            OriginKind.Global => "It is a global point: placed anywhere in the space, to see what lies there.",
            OriginKind.Hop when !around.IsEmpty => $"It is a hop: a heavy-tailed step from trial {Values()}.",
            OriginKind.Hop => "It is a hop: a heavy-tailed step from a good trial.",
            OriginKind.Box when !around.IsEmpty => $"It is uniform in the box that the best trials span: {Values()}.",
            OriginKind.Box => "It is uniform in a box around the best trials.",
            OriginKind.Model => "It is where a model of the outcomes expected the greatest improvement"
                + (origin.LogExpectedImprovement is { } gain && double.IsFinite(gain)
                    ? $": {Figures.Brief(Math.Exp(gain))} (its logarithm {Figures.Brief(gain)})." : "."),
            OriginKind.Copy => PopulationCopy.Of(snapshot.Search, snapshot.Trials.ToDictionary(entry => entry.Number), trial).Sentence,
            _ when TrialPlan.IsAgain(origin) => $"It is {origin.Note}.",
            _ => origin.Note is null ? "It was given by the user." : "It was tried before anything was proposed.",
        };
        if (origin.Width is { } width && origin.Kind is OriginKind.Hop or OriginKind.Box)
            yield return origin.Kind == OriginKind.Box
                ? $"The box is {Figures.Brief(100 * width)} % of a range wide on average, each parameter on its own scale."
                : $"The typical step is {Figures.Brief(100 * width)} % of a parameter's range on its own scale.";
        if (origin.LogExpectedImprovement is { } expected && origin.Kind is not OriginKind.Model)
            yield return $"It was chosen among several such points, because a quick model expected its improvement to be the greatest: "
                + $"{Figures.Brief(Math.Exp(expected))}.";
        if (origin.Note is { Length: > 0 } note && !TrialPlan.IsAgain(origin))
            yield return char.ToUpperInvariant(note[0]) + note[1..] + ".";
        if (origin.Decision is { } started)
            yield return $"It was started because {started}.";
        if (Lineage.Sentence(trial) is { } lineage)
            yield return lineage;
        foreach (var job in trial.Jobs.Where(job => job.FromEpochs > 0 && job.Origin is { Kind: not OriginKind.Copy, Decision: not null }))
            yield return $"After {Figures.Count(job.FromEpochs, "epoch")} it went on because {job.Origin.Decision}.";
    }
}
