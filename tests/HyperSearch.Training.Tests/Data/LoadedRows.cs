using System.Globalization;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

/// <summary>The rows of a data set as sorted lines: their order is the split's.</summary>
internal static class LoadedRows
{
    /// <summary>All rows of all parts.</summary>
    public static List<string> Of(Dataset data) => [.. new[] { data.Train, data.Dev, data.Test }
        .SelectMany(part => Enumerable.Range(0, part.Rows).Select(row => Line(data, part, row))).Order(StringComparer.Ordinal)];

    /// <summary>A number as it is written in a line.</summary>
    public static string Text(float number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);

    private static string Line(Dataset data, Partition part, int row)
    {
        var features = part.Features.Row(row);
        var (at, cells) = (0, new List<string>());
        foreach (var column in data.Schema.Columns)
        {
            if (column.Categories is not { } categories)
            {
                cells.Add(Text(features[at++]));
                continue;
            }

            var hot = features.Slice(at, categories.Count);
            cells.Add(hot.Count(1f) == 1 && hot.Count(0f) == categories.Count - 1 ? categories[hot.IndexOf(1f)] : "not one category");
            at += categories.Count;
        }

        cells.Add(data.Task == LearningTask.Regression ? Text(part.Targets[row]) : data.Classes[part.Labels[row]]);
        return string.Join('|', cells);
    }
}
