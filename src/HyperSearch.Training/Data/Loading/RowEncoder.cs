using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Turns the cells of a row into network inputs: numbers stay, missing ones are filled, categories become one-hot.</summary>
internal static class RowEncoder
{
    /// <summary>Writes the raw inputs of one row; <paramref name="inputs"/> is overwritten.</summary>
    /// <param name="columns">The columns, with what stands in for missing values.</param>
    /// <param name="cells">One cell per column: a number as its distance from the column's origin, the position of a category (-1 for none
    /// of them), or NaN where it is missing.</param>
    /// <param name="inputs">As long as the columns' widths together.</param>
    public static void Encode(IReadOnlyList<InputColumn> columns, ReadOnlySpan<float> cells, Span<float> inputs)
    {
        inputs.Clear();
        var start = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var column = columns[i];
            var cell = cells[i];
            if (column.Categories is null)
                inputs[start] = float.IsNaN(cell) ? column.FillNumber!.Value : cell;
            else if (cell is not -1)
                inputs[start + (float.IsNaN(cell) ? Position(column.Categories, column.FillCategory!) : (int)cell)] = 1;
            start += column.Width;
        }
    }

    /// <summary>Settles what stands in for missing values, from the training rows alone.</summary>
    /// <param name="table">Cells as they were read.</param>
    /// <param name="training">Numbers of the training rows.</param>
    /// <param name="missing">refuse, mean or mode.</param>
    /// <exception cref="DataException">A column has no value in any training row.</exception>
    public static IReadOnlyList<InputColumn> WithFills(RawTable table, int[] training, string missing)
    {
        if (missing == "refuse")
            return table.Columns;
        return [.. table.Columns.Select((column, i) =>
        {
            var present = training.Select(row => table.Cells.Row(row)[i]).Where(static cell => !float.IsNaN(cell)).ToArray();
            if (present.Length == 0)
                throw new DataException($"{table.Origin}: column \"{column.Name}\" has no value in any training row. List it under "
                    + $"ignore.");
            if (column.Categories is { } categories)
                return column with { FillCategory = categories[(int)Mode(present)] };
            return column with { FillNumber = missing == "mean" ? (float)present.Average(static cell => (double)cell) : Mode(present) };
        })];
    }

    /// <summary>The most frequent value; of equally frequent ones the smallest.</summary>
    private static float Mode(float[] values) =>
        values.GroupBy(static value => value).OrderByDescending(static group => group.Count()).ThenBy(static group =>
            group.Key).First().Key;

    private static int Position(IReadOnlyList<string> categories, string name)
    {
        for (var i = 0; i < categories.Count; i++)
        {
            if (categories[i] == name)
                return i;
        }
        throw new DataException($"The data schema fills in \"{name}\", which is none of its categories.");
    }
}
