namespace HyperSearch.Training.Data.Reading;

/// <summary>All examples as they were read, before any is encoded, split or normalized.</summary>
/// <param name="Origin">Where they came from, for messages.</param>
/// <param name="Columns">The input columns, without what stands in for missing values.</param>
/// <param name="Cells">One row per example and one cell per column: a number as its distance from the column's origin, the position of a
/// category, or NaN where it is missing.</param>
/// <param name="Labels">One label per example.</param>
internal sealed record RawTable(string Origin, IReadOnlyList<InputColumn> Columns, FeatureMatrix Cells, LabelCells Labels) : IDisposable
{
    /// <summary>The picture that a row is; null when it is none.</summary>
    public ImageShape? Image { get; init; }

    /// <summary>
    /// How many rows belong to a part because a file of its own held them: training rows come first, then development, then test.
    /// </summary>
    public SplitSizes Given { get; init; } = new(Cells.Rows, 0, 0);

    /// <summary>The findings of the reader.</summary>
    public ReadingReport Report { get; init; } = ReadingReport.Empty;

    /// <summary>Frees the cells.</summary>
    public void Dispose() => Cells.Dispose();
}
