using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>A comparison of a population (<c>pbt</c>): which trials gave way to copies of which.</summary>
/// <param name="Epochs">After how many epochs.</param>
/// <param name="Copies">The copies, by number.</param>
public sealed record PopulationStep(int Epochs, ImmutableArray<PopulationCopy> Copies)
{
    /// <summary>Which population it is of, from 1: one trains after the other, and those in which nobody gave way are not
    /// counted.</summary>
    public int Population { get; init; } = 1;

    /// <summary>The steps of a campaign whose copies have ended a job, in order; empty under any other schedule.</summary>
    public static ImmutableArray<PopulationStep> Of(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var known = snapshot.Trials.ToDictionary(trial => trial.Number);
        var steps = ImmutableArray.CreateBuilder<PopulationStep>();
        foreach (var trial in snapshot.Trials.Where(trial => trial.Origin.Kind == OriginKind.Copy))
        {
            var copy = PopulationCopy.Of(snapshot.Search, known, trial);
            // In the next population the same epochs come again: its originals are younger than the copies of this one.
            var isSame = steps.Count > 0 && steps[^1].Epochs == trial.Origin.Rung && copy.Parent.Trial < steps[^1].Copies[0].Trial;
            if (isSame)
            {
                steps[^1] = steps[^1] with { Copies = steps[^1].Copies.Add(copy) };
                continue;
            }

            // The first ancestors of all members begin before any of their copies.
            var population = steps.Count == 0 ? 1 : steps[^1].Population + (trial.Root > steps[^1].Copies[^1].Trial ? 1 : 0);
            steps.Add(new PopulationStep(trial.Origin.Rung ?? 0, [copy]) { Population = population });
        }

        return steps.ToImmutable();
    }
}

/// <summary>A trial that took another one's place and went on from the checkpoint of a third.</summary>
/// <param name="Trial">The copy.</param>
/// <param name="Parent">The trial that was copied, with its value there.</param>
/// <param name="Instead">The trial that gave way, with its value there.</param>
/// <param name="Moves">The parameters that changed: their values with the original and with the copy; <c>null</c> where one plays no
/// part.</param>
/// <param name="Why">The reason, for people.</param>
public sealed record PopulationCopy(
    int Trial, SeenTrial Parent, SeenTrial Instead, ImmutableArray<(string Parameter, ParameterValue? From, ParameterValue? To)> Moves,
    string Why)
{
    /// <summary>The copy in a sentence.</summary>
    public string Sentence
    {
        get
        {
            var moves = Moves.Select(move => $"{move.Parameter} {Shown(move.From)} → {Shown(move.To)}");
            return FormattableString.Invariant($"Trial {Trial} took the place of trial {Told(Instead)} and went on from the checkpoint of ")
                + $"trial {Told(Parent)}, {(Moves.IsEmpty ? "with the same configuration" : $"with {string.Join(", ", moves)}")}.";
        }
    }

    internal static PopulationCopy Of(Search search, IReadOnlyDictionary<int, Trial> known, Trial copy)
    {
        var (parent, rung) = (copy.Origin.Around[0], copy.Origin.Rung);
        var moves = known.TryGetValue(parent, out var original)
            ? Explanation.Differences(search.Space.Searched, original.Point, copy.Point) : [];
        return new PopulationCopy(copy.Number, Seen(parent), Seen(copy.Origin.Evidence[0]), moves, copy.Origin.Decision ?? "");

        SeenTrial Seen(int number) =>
            known.TryGetValue(number, out var trial) ? SeenTrial.Of(trial, rung) : new SeenTrial(number, OriginKind.Global, null);
    }

    private static string Shown(ParameterValue? value) => value is { } known ? Figures.Brief(known) : "-";

    private static string Told(SeenTrial seen) => FormattableString.Invariant($"{seen.Trial} ")
        + (seen.Value is { } value ? $"({Figures.Brief(value, 4)})" : "(no value)");
}
