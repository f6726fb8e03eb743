namespace HyperSearch.Training.Data.Reading;

/// <summary>Where a row of a CSV file stands.</summary>
/// <param name="File">The file as messages name it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Row">The row, from 1, the header not counted.</param>
internal readonly record struct CellPlace(string File, long Line, int Row)
{
    /// <summary>"file:line: row r, column "name"" of a cell of the row.</summary>
    public string Of(string column) => $"{File}:{Line}: row {Row}, column \"{column}\"";
}
