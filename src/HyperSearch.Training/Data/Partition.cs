namespace HyperSearch.Training.Data;

/// <summary>The examples of one part of a <see cref="Dataset"/>: training, development or test.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
public sealed class Partition
{
    private readonly int[] _labels;
    private readonly float[] _targets;

    internal Partition(FeatureMatrix features, int[] labels, float[] targets)
    {
        Features = features;
        _labels = labels;
        _targets = targets;
    }

    /// <summary>Normalized inputs, shape [Rows, features].</summary>
    public FeatureMatrix Features { get; }

    /// <summary>Class of each example, an index into <see cref="Dataset.Classes"/> (0 or 1 when binary); empty for regression.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>
    /// Standardized target of each example (see <see cref="Dataset.Targets"/>); for a binary task 0 or 1; empty for several classes.
    /// </summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>Number of examples.</summary>
    public int Rows => Features.Rows;
}
