namespace HyperSearch.Training.Scores;

/// <summary>How often each class was taken for each other.</summary>
public sealed class ConfusionMatrix
{
    private readonly int[][] _counts;

    /// <summary>Counts predictions against the truth.</summary>
    /// <param name="classes">Names of the classes, in the order of their numbers.</param>
    /// <param name="actual">Class number of each example.</param>
    /// <param name="predicted">Class number that was predicted for each example.</param>
    /// <exception cref="ArgumentException">The spans differ in length, or hold a number that is no class.</exception>
    public ConfusionMatrix(IReadOnlyList<string> classes, ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        ArgumentNullException.ThrowIfNull(classes);
        if (actual.Length != predicted.Length)
            throw new ArgumentException(
                $"There are {actual.Length} labels and {predicted.Length} predictions; each example has one of each.", nameof(predicted));
        Classes = classes;
        Rows = actual.Length;
        _counts = [.. classes.Select(_ => new int[classes.Count])];
        for (var i = 0; i < actual.Length; i++)
        {
            if ((uint)actual[i] >= (uint)classes.Count || (uint)predicted[i] >= (uint)classes.Count)
                throw new ArgumentException(
                    $"Example {i} has class {actual[i]}, predicted {predicted[i]}; classes are 0 to {classes.Count - 1}.", nameof(actual));
            _counts[actual[i]][predicted[i]]++;
        }
    }

    /// <summary>A matrix of counts as <see cref="Counts"/> gave them.</summary>
    internal ConfusionMatrix(IReadOnlyList<string> classes, int[][] counts)
    {
        if (counts.Length != classes.Count || counts.Any(row => row.Length != classes.Count || row.Any(int.IsNegative)))
            throw new ArgumentException(
                $"The counts of {classes.Count} classes are a square matrix of numbers not negative.", nameof(counts));
        Classes = classes;
        Rows = counts.Sum(static row => row.Sum());
        _counts = counts;
    }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Number of examples.</summary>
    public int Rows { get; }

    /// <summary>Counts[a][p]: examples of class a that were taken for class p.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts => _counts;

    /// <summary>Share of examples whose class was predicted, 0 to 1; NaN without examples.</summary>
    public double Accuracy => (double)Correct / Rows;

    /// <summary>Share of examples whose class was not predicted, 1 − <see cref="Accuracy"/>; NaN without examples.</summary>
    public double Error => (double)(Rows - Correct) / Rows;

    /// <summary>Scores of each class, in the order of <see cref="Classes"/>.</summary>
    public IReadOnlyList<ClassScores> PerClass => [.. Classes.Select((name, c) =>
    {
        int right = _counts[c][c], rows = _counts[c].Sum(), said = _counts.Sum(row => row[c]);
        return new ClassScores(name, rows, Ratio(right, said), Ratio(right, rows), Ratio(2 * right, said + rows));
    })];

    /// <summary>Mean F1 over the classes that occur, each with the same weight; NaN without examples.</summary>
    public double MacroF1 =>
        PerClass.Where(static scores => scores.Rows > 0).Select(static scores => scores.F1).DefaultIfEmpty(double.NaN).Average();

    private int Correct => _counts.Select(static (row, c) => row[c]).Sum();

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>How well one class is told from the others.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Rows">Examples that are of the class, TP + FN.</param>
/// <param name="Precision">TP/(TP + FP): how often "it is this class" is right; 0 when it is never said.</param>
/// <param name="Recall">TP/(TP + FN): how many of the class are found; 0 when there is none.</param>
/// <param name="F1">Harmonic mean of the two, 2·TP/(2·TP + FP + FN); 0 when both are 0.</param>
public sealed record ClassScores(string Name, int Rows, double Precision, double Recall, double F1);
