namespace HyperSearch.Training.Data;

/// <summary>The findings of a loader that a user should know before trusting a result.</summary>
/// <param name="Notes">How the files were read where that is not plain CSV in UTF-8, one sentence each.</param>
/// <param name="LeftOut">Columns that are no inputs, in the files' order.</param>
/// <param name="Questions">Columns that are inputs and perhaps should not be, one sentence each with what to do.</param>
public sealed record ReadingReport(IReadOnlyList<string> Notes, IReadOnlyList<LeftOutColumn> LeftOut, IReadOnlyList<string> Questions)
{
    /// <summary>Nothing to tell.</summary>
    public static ReadingReport Empty { get; } = new([], [], []);
}

/// <summary>A column that is no input.</summary>
/// <param name="Name">Its name; "column 1" where it has none.</param>
/// <param name="Reason">Why, to follow "left out: ".</param>
/// <param name="HasName">Whether the file names it.</param>
public sealed record LeftOutColumn(string Name, string Reason, bool HasName = true);
