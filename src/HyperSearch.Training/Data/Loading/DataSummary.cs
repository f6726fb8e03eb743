using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Loading;

/// <summary>
/// A description of the data in words and numbers for people: the task, the classes with their counts, the inputs by kind, and the columns
/// left out.
/// </summary>
/// <param name="Task">The learning task.</param>
/// <param name="Label">Name of the label.</param>
/// <param name="TrainRows">Training rows.</param>
/// <param name="DevRows">Development rows.</param>
/// <param name="TestRows">Test rows.</param>
/// <param name="Classes">Each class with its rows in all parts, in the order of the outputs; empty for regression.</param>
/// <param name="NumberColumns">Columns of numbers; for pictures the values of each.</param>
/// <param name="CategoryColumns">Columns of categories.</param>
/// <param name="Inputs">The network's inputs: one for each number, and one for each category.</param>
/// <param name="Image">Shape of the pictures; null when the rows are none.</param>
/// <param name="Reading">How the files were read.</param>
public sealed record DataSummary(
    LearningTask Task,
    string Label,
    int TrainRows,
    int DevRows,
    int TestRows,
    IReadOnlyList<ClassCount> Classes,
    int NumberColumns,
    int CategoryColumns,
    int Inputs,
    ImageShape? Image,
    ReadingReport Reading)
{
    private const int MostClasses = 12;

    /// <summary>Summarizes loaded data.</summary>
    /// <param name="data">The data.</param>
    public static DataSummary Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var counts = new int[data.Classes.Count];
        foreach (var part in new[] { data.Train, data.Dev, data.Test })
        {
            foreach (var label in part.Labels)
                counts[label]++;
        }
        var categories = data.Schema.Columns.Count(static column => column.Categories is not null);
        return new DataSummary(
            data.Task, data.Schema.Label, data.Train.Rows, data.Dev.Rows, data.Test.Rows, [.. data.Classes.Zip(counts, static (name,
                rows) => new ClassCount(name, rows))],
            data.Schema.Columns.Count - categories, categories, data.Inputs, data.Image, data.Reading)
        {
            Constant = ConstantIn([data]),
        };
    }

    /// <summary>The columns that are the same in every row learned from, and so tell a network nothing; of pictures none is told.</summary>
    public IReadOnlyList<string> Constant { get; private init; } = [];

    /// <summary>What is to say of them; <c>null</c> where there are none.</summary>
    public string? ConstantSentence => Constant.Count == 0 ? null
        : Constant.Count == 1 ? $"column \"{Constant[0]}\" tells nothing, because it is the same in every row learned from; list it under "
            + "`ignore`"
        : $"{Counted.Of(Constant.Count, "column")} tell nothing, because each is the same in every row learned from; list them under "
            + $"`ignore`: {Nearest.List(Constant)}";

    /// <summary>Number of folds that the training rows are dealt into, each to judge once; 0 when a dev part judges.</summary>
    public int FoldCount { get; private init; }

    /// <summary>Summarizes data that were dealt into folds: all of their rows are learned from.</summary>
    /// <param name="folds">The data.</param>
    public static DataSummary Of(Folds folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        return Of(folds.Parts[0]) with
        {
            TrainRows = folds.Rows,
            DevRows = 0,
            FoldCount = folds.Parts.Count,
            Constant = ConstantIn(folds.Parts),
        };
    }

    /// <summary>The same data dealt into folds, with no rows kept for a test.</summary>
    /// <param name="folds">How many folds.</param>
    public DataSummary InFolds(int folds) =>
        this with { TrainRows = TrainRows + DevRows + TestRows, DevRows = 0, TestRows = 0, FoldCount = folds };

    /// <summary>The sentences that <c>check</c> prints, without questions.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            var rows = FoldCount == 0
                ? $"{Count(TrainRows, "training")}, {Count(DevRows, "dev")} and {Count(TestRows, "test")} rows"
                : $"{Some(TrainRows, "row", "rows")} in {FoldCount} folds, {(TestRows > 0 ? Count(TestRows, "test") : "no test")} rows";
            var classes = Classes.Count > 0 ? $", {Some(Classes.Count, "class", "classes")}" : "";
            yield return $"{rows}; {Some(Inputs, "input", "inputs")}{classes}";
            yield return Task == LearningTask.Regression
                ? $"task: regression of \"{Label}\""
                : $"task: {(Task == LearningTask.Binary ? "two classes" : "several classes")} of \"{Label}\": {ClassText()}";
            yield return $"inputs: {InputText()}";
            foreach (var column in Reading.LeftOut)
                yield return $"left out: {column.Name}, because {column.Reason}";
            foreach (var note in Reading.Notes)
                yield return note;
            if (ConstantSentence is { } constant)
                yield return constant;
        }
    }

    /// <summary>The columns that are one and the same number in the training rows of all parts, which their normalization knows.</summary>
    private static List<string> ConstantIn(IReadOnlyList<Dataset> parts)
    {
        var constant = new List<string>();
        if (parts[0].Image is not null)
            return constant;
        var start = 0;
        foreach (var column in parts[0].Schema.Columns)
        {
            var (first, behind) = (start, start += column.Width);
            if (parts.All(part => Enumerable.Range(first, behind - first).All(input => part.Schema.Normalization.Scales[input] == 0
                && part.Schema.Normalization.Means[input].Equals(parts[0].Schema.Normalization.Means[input]))))
                constant.Add(column.Name);
        }

        return constant;
    }

    private static string Count(int rows, string part) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {part}");

    private static string Some(int count, string one, string several) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} "
        + $"{(count == 1 ? one : several)}");

    private string ClassText()
    {
        var shown = string.Join(", ", Classes.Take(MostClasses).Select(static entry => string.Create(CultureInfo.InvariantCulture,
            $"{entry.Name} {entry.Rows:N0}")));
        return Classes.Count > MostClasses ? $"{shown} and {Classes.Count - MostClasses} more" : shown;
    }

    private string InputText()
    {
        if (Image is { } image)
            return $"pictures of {image}";
        var parts = new List<string>();
        if (NumberColumns > 0)
            parts.Add($"{Some(NumberColumns, "column", "columns")} of numbers");
        if (CategoryColumns > 0)
            parts.Add($"{Some(CategoryColumns, "column", "columns")} of categories, which make "
                + $"{Some(Inputs - NumberColumns, "input", "inputs")}");
        return string.Join("; ", parts);
    }
}

/// <summary>A class and how many rows have it.</summary>
/// <param name="Name">The class as the data spell it.</param>
/// <param name="Rows">Rows in all parts together.</param>
public sealed record ClassCount(string Name, int Rows);
