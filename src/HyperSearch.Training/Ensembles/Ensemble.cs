using HyperSearch.Training.Data;
using HyperSearch.Training.Models;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Ensembles;

/// <summary>The networks that answer together, and how well they do on rows that they never saw.</summary>
/// <param name="Counts">How often each candidate counts; 0 for one that was left out.</param>
/// <param name="Model">The mean answer of all networks of the chosen candidates.</param>
/// <param name="CrossFitted">
/// How such an ensemble does on held-out rows: for each fold the candidates and the members among them are chosen on the other folds and
/// judged on this one, so that no row helps to choose, or to end, what it judges.
/// </param>
/// <param name="Test">How the ensemble does on the test rows; null where there are none.</param>
public sealed record Ensemble(IReadOnlyList<int> Counts, Model Model, Evaluation CrossFitted, Evaluation? Test)
{
    /// <summary>The sampling errors of <see cref="Test"/>, without it of <see cref="CrossFitted"/>.</summary>
    public required SamplingErrors Sampling { get; init; }

    /// <summary>How many of the best candidates an ensemble is chosen among.</summary>
    public const int Candidates = 25;

    /// <summary>Chooses an ensemble and judges it.</summary>
    /// <param name="folds">The examples.</param>
    /// <param name="candidates">
    /// At least one, the best first. The ensemble is chosen among the first <see cref="Candidates"/>; without the rows of a fold others
    /// are among the best, so give twice as many where there are.
    /// </param>
    /// <param name="rounds">The largest sum of the counts; 1 takes the first candidate alone.</param>
    /// <param name="unstopped">
    /// Gives, for candidates and folds, the answers of each candidate on the rows of its fold by a network that those rows did not end,
    /// row-major. It is called once. Default: the candidates' held-out answers, which is right where nothing ended the networks early.
    /// </param>
    public static Ensemble Build(
        Folds folds,
        IReadOnlyList<FoldNetworks> candidates,
        int rounds = EnsembleSelection.DefaultRounds,
        Func<IReadOnlyList<(int Candidate, int Fold)>, IReadOnlyList<float[]>>? unstopped = null)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(candidates);
        var truth = new HeldOutTruth(folds);
        int[] rows = [.. Enumerable.Range(0, folds.Rows)];
        float[][] heldOut = [.. candidates.Select(static candidate => candidate.HeldOut)];
        int[] counts = [.. EnsembleSelection.Choose(heldOut[..Math.Min(Candidates, heldOut.Length)], truth, rows, rounds),
            .. Enumerable.Repeat(0, Math.Max(0, heldOut.Length - Candidates))];
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

    private static float[] CrossFit(Folds folds, float[][] heldOut, HeldOutTruth truth, int rounds,
        Func<IReadOnlyList<(int Candidate, int Fold)>, IReadOnlyList<float[]>>? unstopped)
    {
        var width = truth.Width;
        int[][] judged = [.. Enumerable.Range(0, folds.Parts.Count).Select(fold => folds.HeldOut(fold).ToArray())];
        int[][] counts = [.. judged.Select(rows => ChooseWithout(rows, heldOut, truth, rounds))];
        (int Candidate, int Fold)[] chosen = [.. counts.SelectMany((own, fold) =>
            Enumerable.Range(0, own.Length).Where(candidate => own[candidate] > 0).Select(candidate => (candidate, fold)))];
        var given = unstopped?.Invoke(chosen) ?? [.. chosen.Select(one => Rows(heldOut[one.Candidate], judged[one.Fold], width))];

        var answers = new float[heldOut[0].Length];
        foreach (var own in chosen.Index().GroupBy(one => one.Item.Fold))
        {
            var mean = EnsembleSelection.Mean(
                [.. own.Select(one => given[one.Index])], [.. own.Select(one => counts[own.Key][one.Item.Candidate])]);
            foreach (var (place, row) in judged[own.Key].Index())
                mean.AsSpan(place * width, width).CopyTo(answers.AsSpan(row * width));
        }

        return answers;
    }

    /// <summary>The counts that are chosen without some rows, among those that are the best candidates without them.</summary>
    private static int[] ChooseWithout(int[] judged, float[][] heldOut, HeldOutTruth truth, int rounds)
    {
        int[] others = [.. Enumerable.Range(0, truth.Rows).Except(judged)];
        int[] ranked = [.. Enumerable.Range(0, heldOut.Length).OrderBy(candidate => truth.Cost(heldOut[candidate], others))
            .Take(Candidates)];
        var own = EnsembleSelection.Choose([.. ranked.Select(candidate => heldOut[candidate])], truth, others, rounds);
        var counts = new int[heldOut.Length];
        foreach (var (place, candidate) in ranked.Index())
            counts[candidate] = own[place];
        return counts;
    }

    private static float[] Rows(float[] answers, int[] rows, int width) =>
        [.. rows.SelectMany(row => answers.Skip(row * width).Take(width))];
}
