using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Labels as a network learns them: class numbers, or targets in their own unit.</summary>
/// <param name="Task">The learning task.</param>
/// <param name="Classes">Names of the classes, numbers in numeric order, texts in ordinal order; empty for regression.</param>
/// <param name="Labels">Class of each row; empty for regression.</param>
/// <param name="Targets">Target of each row; empty unless regression.</param>
internal sealed record Labelling(LearningTask Task, IReadOnlyList<string> Classes, int[] Labels, double[] Targets)
{
    private const int MostIntegerClasses = 20;

    /// <summary>Decides between classes and numbers as <see cref="DataSource.Task"/> says.</summary>
    /// <exception cref="DataException">The labels do not fit the task, or there is nothing to learn about them.</exception>
    public static Labelling Of(LabelCells cells, string origin, string? task)
    {
        var regression = task is null ? cells.AreNumbers && !cells.AreCodes && !LooksLikeClasses(cells.Numbers) : task == "regression";
        return regression ? Numbers(cells, origin) : InClasses(cells, origin);
    }

    private static bool LooksLikeClasses(IReadOnlyList<double> numbers)
    {
        var distinct = new HashSet<double>();
        foreach (var number in numbers)
        {
            if (number != Math.Floor(number) || (distinct.Add(number) && distinct.Count > MostIntegerClasses))
                return false;
        }
        return true;
    }

    private static Labelling Numbers(LabelCells cells, string origin)
    {
        if (!cells.AreNumbers)
            throw new DataException($"{cells.FirstTextPlace ?? origin} holds the text \"{cells.FirstText}\"; the label of a regression "
                + $"is a number.");
        var targets = cells.Numbers.ToArray();
        return targets.AsSpan().ContainsAnyExcept(targets[0])
            ? new Labelling(LearningTask.Regression, [], [], targets)
            : throw Constant(cells, origin);
    }

    private static Labelling InClasses(LabelCells cells, string origin)
    {
        var texts = Enumerable.Range(0, cells.Count).Select(cells.Text).ToArray();
        string[] classes = cells.AreNumbers
            ? [.. texts.Zip(cells.Numbers).DistinctBy(static pair => pair.First, StringComparer.Ordinal).OrderBy(static pair =>
            pair.Second).ThenBy(static pair => pair.First, StringComparer.Ordinal).Select(static pair => pair.First)]
            : [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var position = classes.Select(static (name, i) => (name, i)).ToDictionary(static pair => pair.name, static pair => pair.i,
            StringComparer.Ordinal);
        int[] labels = [.. texts.Select(text => position[text])];
        if (classes.Length == 1)
            throw Constant(cells, origin);
        if (classes.Length == cells.Count)
            throw new DataException($"{origin}: the label \"{cells.Name}\" is different in each of the {cells.Count} rows, so that no "
                + $"class can be learned. "
                + (cells.AreNumbers ? "For a number to predict, set `task: regression`."
                : cells.AreMostlyNumbers ? $"Most are numbers, but {cells.FirstTextPlace ?? "one"} holds the text \"{cells.FirstText}\". "
                    + "For a number to predict, correct it or delete the row."
                : "Name another column as the label."));
        return new Labelling(classes.Length == 2 ? LearningTask.Binary : LearningTask.MultiClass, classes, labels, []);
    }

    private static DataException Constant(LabelCells cells, string origin) =>
        new($"{origin}: the label \"{cells.Name}\" is \"{cells.Text(0)}\" in every row, so that there is nothing to learn. Name "
            + $"another column as the label.");
}
