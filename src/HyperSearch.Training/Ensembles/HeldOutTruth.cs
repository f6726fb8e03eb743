using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Ensembles;

/// <summary>The truth about rows that were held out, and how far answers are from it.</summary>
/// <remarks>
/// Answers are row-major: probabilities of the classes, of the second class alone when there are two, or numbers in the target's unit. Cost
/// per row: −ln of the right class's probability, or half the squared difference in units of the targets' deviation.
/// </remarks>
public sealed class HeldOutTruth
{
    /// <summary>Keeps a cost finite where a network is certain and wrong; float probabilities round to 0 below about 10⁻⁴⁵.</summary>
    private const double LeastProbability = 1e-15;

    private readonly int[] _labels;
    private readonly double[] _targets;
    private readonly TargetScale? _scale;
    private readonly IReadOnlyList<string> _classes;
    private readonly int? _positive;

    /// <summary>The truth of folds.</summary>
    /// <param name="folds">The examples.</param>
    public HeldOutTruth(Folds folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        (_labels, _targets, _scale, _classes) =
            (folds.Labels.ToArray(), folds.Targets.ToArray(), folds.Schema.Targets, folds.Schema.Classes);
        (Width, _positive) = (folds.Parts[0].Outputs, folds.Parts[0].Positive);
    }

    /// <summary>The truth of one part of a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="part">One of its parts.</param>
    public HeldOutTruth(Dataset data, Partition part)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(part);
        (_labels, _scale, _classes, Width) = (part.Labels.ToArray(), data.Targets, data.Classes, data.Outputs);
        _positive = data.Positive;
        _targets = _scale is null ? [] : [.. part.Targets.ToArray().Select(target => _scale.Restore(target))];
    }

    /// <summary>Number of rows.</summary>
    public int Rows => IsRegression ? _targets.Length : _labels.Length;

    /// <summary>Numbers in the answer for one row.</summary>
    public int Width { get; }

    private bool IsRegression => _scale is not null;

    /// <summary>The mean cost of the mean answer sum/size.</summary>
    public double Cost(ReadOnlySpan<double> sum, double size, ReadOnlySpan<int> rows) => Cost(sum, default, size, rows);

    /// <summary>The mean cost of (sum + more)/size.</summary>
    public double Cost(ReadOnlySpan<double> sum, ReadOnlySpan<float> more, double size, ReadOnlySpan<int> rows)
    {
        double total = 0;
        foreach (var row in rows)
        {
            var at = row * Width + (Width > 1 ? _labels[row] : 0);
            var answer = (sum[at] + (more.IsEmpty ? 0 : more[at])) / size;
            total += CostOf(row, answer);
        }

        return total / rows.Length;
    }

    /// <summary>The mean cost of answers.</summary>
    /// <param name="answers">Row-major, for all rows.</param>
    /// <param name="rows">The rows that count.</param>
    public double Cost(ReadOnlySpan<float> answers, ReadOnlySpan<int> rows)
    {
        double total = 0;
        foreach (var row in rows)
            total += CostOf(row, answers[row * Width + (Width > 1 ? _labels[row] : 0)]);
        return total / rows.Length;
    }

    /// <summary>How answers do on rows.</summary>
    /// <param name="answers">Row-major.</param>
    /// <param name="rows">The rows that count, at least one.</param>
    public Evaluation Evaluate(ReadOnlySpan<float> answers, ReadOnlySpan<int> rows)
    {
        var cost = Cost(answers, rows);
        if (!IsRegression)
            return EvaluateClasses(answers, rows, cost);
        double[] actual = new double[rows.Length], predicted = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            (actual[i], predicted[i]) = (_targets[rows[i]], answers[rows[i]]);
        var scores = RegressionScores.Of(actual, predicted);
        return new(rows.Length, cost, 1 - scores.R2, scores.Rmse, scores.R2) { Mae = scores.Mae };
    }

    /// <summary>How far the figures of answers may lie from those of all rows, and the figures of an answer that looks at no
    /// input.</summary>
    /// <param name="answers">Row-major, for all rows.</param>
    public SamplingErrors Sample(float[] answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        double[] costs = [.. Enumerable.Range(0, Rows).Select(row => CostOf(row, answers[row * Width + (Width > 1 ? _labels[row] : 0)]))];
        return IsRegression
            ? SamplingErrors.Of(costs, _targets, [.. answers.Select(static answer => (double)answer)])
            : SamplingErrors.Of(costs, _labels);
    }

    /// <summary>How often each class was taken for each other; null for a regression.</summary>
    /// <param name="answers">Row-major, for all rows.</param>
    public ConfusionMatrix? Confusion(float[] answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return IsRegression
            ? null
            : new ConfusionMatrix(_classes, _labels, [.. Enumerable.Range(0, Rows).Select(row => ClassOf(answers, row))]);
    }

    private Evaluation EvaluateClasses(ReadOnlySpan<float> answers, ReadOnlySpan<int> rows, double cost)
    {
        var labels = new int[rows.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = _labels[rows[i]];
        var tally = new ClassTally(labels, _classes.Count, _positive, ranks: Width == 1);
        double wrong = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var predicted = ClassOf(answers, rows[i]);
            if (predicted != labels[i])
            {
                wrong++;
                tally.Mistake(labels[i], predicted);
            }

            if (tally.Ranks)
                tally.Score(i, labels[i], answers[rows[i]]);
        }

        return Evaluation.OfClasses(cost, cost, wrong / labels.Length, tally);
    }

    private double CostOf(int row, double answer)
    {
        if (IsRegression)
        {
            var miss = (_targets[row] - answer) / _scale!.Deviation;
            return miss * miss / 2;
        }

        var right = Width > 1 || _labels[row] == 1 ? answer : 1 - answer;
        return -PortableMath.Log(Math.Max(right, LeastProbability));
    }

    private int ClassOf(ReadOnlySpan<float> answers, int row)
    {
        if (Width == 1)
            return answers[row] > 0.5f ? 1 : 0;
        var (first, largest) = (row * Width, 0);
        for (var c = 1; c < Width; c++)
            largest = answers[first + c] > answers[first + largest] ? c : largest;
        return largest;
    }
}
