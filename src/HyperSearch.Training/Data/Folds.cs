using System.IO.Hashing;
using System.Text;

namespace HyperSearch.Training.Data;

/// <summary>
/// Examples dealt into folds: each data set holds one fold out as its development part and learns from all the others, so that every row is
/// judged by a network that never saw it.
/// </summary>
/// <remarks>
/// The folds are stratified: each class is spread over them evenly. Each data set is normalized by its own training rows; what stands in
/// for missing values, and the
/// mean and deviation of regression targets, come from all rows learned from, so that the folds' costs are in one unit. Test rows belong
/// to no fold.
/// Immutable and safe to read from any number of threads. Dispose it after the last trial. Source: Hastie, Tibshirani and Friedman, The
/// Elements of Statistical Learning, 7.10.
/// </remarks>
public sealed class Folds : IDisposable
{
    private readonly int[][] _heldOut;
    private readonly int[] _labels;
    private readonly double[] _targets;

    internal Folds(IReadOnlyList<Dataset> parts, int[][] heldOut, int[] labels, double[] targets)
    {
        (Parts, _heldOut, _labels, _targets) = (parts, heldOut, labels, targets);
        Fingerprint = Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join(' ', parts.Select(static part =>
            part.Fingerprint)))));
    }

    /// <summary>One data set for each fold; all have the same test rows.</summary>
    public IReadOnlyList<Dataset> Parts { get; }

    /// <summary>Number of examples that are learned from; each is held out once.</summary>
    public int Rows => Math.Max(_labels.Length, _targets.Length);

    /// <summary>The task and the way from raw rows to inputs; the normalization is the first fold's.</summary>
    public DataSchema Schema => Parts[0].Schema;

    /// <summary>Class of each example, an index into <see cref="DataSchema.Classes"/>; empty for regression.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Target of each example in its own unit; empty unless the task is regression.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>Hash of the content and of how it was dealt, 32 hexadecimal digits: equal folds train the same.</summary>
    public string Fingerprint { get; }

    /// <summary>The numbers of the examples that a fold holds out, in the order of its development part.</summary>
    /// <param name="fold">From 0.</param>
    public ReadOnlySpan<int> HeldOut(int fold) => _heldOut[fold];

    /// <summary>Frees the features of all folds; nobody may be reading them.</summary>
    public void Dispose()
    {
        foreach (var part in Parts)
            part.Dispose();
    }
}
