using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>The configurations by which a network was trained in turn, where its trial is a copy of another (<c>pbt</c>).</summary>
public static class Lineage
{
    /// <summary>The stretches of a trial's ancestors and its own; one stretch for a trial that began from nothing.</summary>
    public static ImmutableArray<Stretch> Of(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.Past.Add(new Stretch(trial.Number, trial.Point, trial.Epochs));
    }

    /// <summary>The parameters whose values differ between the stretches, in the order of the space; those that play no part in some of
    /// them too.</summary>
    public static ImmutableArray<string> Changing(Search search, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(search);
        var stretches = Of(trial);
        return
        [
            .. search.Space.Searched.Select(parameter => parameter.Name).Where(name => stretches
                .Select(stretch => stretch.Point.TryGetValue(name, out var value) ? value : (ParameterValue?)null).Distinct().Count() > 1),
        ];
    }

    /// <summary>The stretches in a sentence; <c>null</c> for a trial that began from nothing.</summary>
    public static string? Sentence(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Past.IsEmpty)
            return null;
        var ancestors = trial.Past.Select((stretch, i) =>
            FormattableString.Invariant($"{(i == 0 ? "that of trial" : "of trial")} {stretch.Trial} to epoch {stretch.ToEpochs}"));
        return $"Its network had {Figures.Count(trial.Past.Length + 1, "configuration")} in turn: "
            + $"{string.Join(", ", ancestors)}, then its own.";
    }

    /// <summary>The epochs that a trial trained itself and their time; those of its ancestors, which are theirs, are named
    /// apart.</summary>
    internal static string Work(Trial trial)
    {
        var before = trial.Past.IsEmpty ? 0 : trial.Past[^1].ToEpochs;
        return $"{Figures.Count(trial.Epochs - before, "epoch")} in {Figures.Duration(trial.Seconds)}"
            + (before > 0 ? $" after {before} of its ancestors" : "");
    }

    /// <summary>What it takes to train the network of a copy again; <c>null</c> for a trial that began from nothing.</summary>
    public static string? Again(Search search, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.Past.IsEmpty)
            return null;
        return search.Objective.IsBuiltInTrainer
            ? "Its last configuration alone does not give that network. The campaign trains it by all of them in turn wherever it trains "
                + "the winner again."
            : "Its last configuration alone does not give that network: it takes all of them in turn, each going on from the checkpoint of "
                + "the one before, with the seed of the first. HyperSearch cannot run the command so again by itself.";
    }
}
