namespace HyperSearch.Training.Data.Reading;

/// <summary>A column that was read to its end: an input with its cells, or one that is left out.</summary>
/// <param name="Column">The input; null when the column is left out.</param>
/// <param name="Cells">A number, the position of a category, or NaN where it is missing, for each row.</param>
internal sealed record FinishedColumn(InputColumn? Column, List<double> Cells)
{
    /// <summary>Why the column is left out; null for an input.</summary>
    public string? Reason { get; private init; }

    /// <summary>Whether its numbers have decimal commas.</summary>
    public bool UsesCommas { get; init; }

    /// <summary>Why it should perhaps not be an input; null when nothing speaks against it.</summary>
    public string? Question { get; init; }

    /// <summary>A column that is no input.</summary>
    public static FinishedColumn LeftOut(string reason) => new(null, []) { Reason = reason };
}
