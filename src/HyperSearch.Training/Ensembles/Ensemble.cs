using HyperSearch.Training.Data;
using HyperSearch.Training.Models;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Ensembles;

/// <summary>The networks that answer together, and how well they do on rows that they never saw.</summary>
/// <param name="Counts">How often each candidate counts; 0 for one that was left out.</param>
/// <param name="Model">The mean answer of all networks of the chosen candidates.</param>
/// <param name="CrossFitted">
/// How such an ensemble does on held-out rows: for each fold the candidates are chosen on the other folds and judged on this one, so that
/// no row helps to choose, or to end, what it judges.
/// </param>
/// <param name="Test">How the ensemble does on the test rows; null where there are none.</param>
public sealed record Ensemble(IReadOnlyList<int> Counts, Model Model, Evaluation CrossFitted, Evaluation? Test)
{
    /// <summary>The sampling errors of <see cref="Test"/>, without it of <see cref="CrossFitted"/>.</summary>
    public required SamplingErrors Sampling { get; init; }

    /// <summary>Chooses an ensemble and judges it.</summary>
    /// <param name="folds">The examples.</param>
    /// <param name="candidates">At least one, the best first.</param>
    /// <param name="rounds">The largest sum of the counts; 1 takes the first candidate alone.</param>
    /// <param name="unstopped">
    /// Gives the answers of a candidate on the rows of a fold by a network that those rows did not end, row-major. Default: its held-out
    /// answers, which is right where nothing ended the networks early.
    /// </param>
    public static Ensemble Build(
        Folds folds,
        IReadOnlyList<FoldNetworks> candidates,
        int rounds = EnsembleSelection.DefaultRounds,
        Func<int, int, float[]>? unstopped = null)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(candidates);
        var truth = new HeldOutTruth(folds);
        int[] rows = [.. Enumerable.Range(0, folds.Rows)];
        float[][] heldOut = [.. candidates.Select(static candidate => candidate.HeldOut)];
        var counts = EnsembleSelection.Choose(heldOut, truth, rows, rounds);
        var crossFitted = CrossFit(folds, heldOut, truth, rounds, unstopped);
        var (evaluation, confusion, sampling) =
            (truth.Evaluate(crossFitted, rows), truth.Confusion(crossFitted), truth.Sample(crossFitted));

        Evaluation? test = null;
        if (folds.Parts[0].Test.Rows > 0)
        {
            var own = new HeldOutTruth(folds.Parts[0], folds.Parts[0].Test);
            var answers = EnsembleSelection.Mean([.. candidates.Select(static candidate => candidate.Test)], counts);
            (test, confusion, sampling) =
                (own.Evaluate(answers, [.. Enumerable.Range(0, own.Rows)]), own.Confusion(answers), own.Sample(answers));
        }

        var chosen = candidates.SelectMany((candidate, c) => candidate.Models.Select(model => (model, counts[c])))
            .Where(static entry => entry.Item2 > 0);
        return new Ensemble(counts, Model.Average([.. chosen], confusion), evaluation, test) { Sampling = sampling };
    }

    private static float[] CrossFit(
        Folds folds, float[][] heldOut, HeldOutTruth truth, int rounds, Func<int, int, float[]>? unstopped)
    {
        var answers = new float[heldOut[0].Length];
        for (var fold = 0; fold < folds.Parts.Count; fold++)
        {
            var (judged, width) = (folds.HeldOut(fold).ToArray(), truth.Width);
            int[] others = [.. Enumerable.Range(0, folds.Rows).Except(judged)];
            var counts = EnsembleSelection.Choose(heldOut, truth, others, rounds);
            int[] chosen = [.. Enumerable.Range(0, counts.Length).Where(candidate => counts[candidate] > 0)];
            var mean = EnsembleSelection.Mean(
                [.. chosen.Select(candidate => unstopped?.Invoke(candidate, fold) ?? Rows(heldOut[candidate], judged, width))],
                [.. chosen.Select(candidate => counts[candidate])]);
            for (var i = 0; i < judged.Length; i++)
                mean.AsSpan(i * width, width).CopyTo(answers.AsSpan(judged[i] * width));
        }

        return answers;
    }

    private static float[] Rows(float[] answers, int[] rows, int width) =>
        [.. rows.SelectMany(row => answers.Skip(row * width).Take(width))];
}
