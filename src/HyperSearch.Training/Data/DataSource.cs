namespace HyperSearch.Training.Data;

/// <summary>The source of examples and the way to read them: the part of a search file about data.</summary>
/// <remarks>
/// Exactly one of <see cref="Path"/>, <see cref="Train"/>, <see cref="Images"/> and <see cref="Generate"/> is given.
/// The loader refuses anything else with a message.
/// </remarks>
public sealed record DataSource
{
    /// <summary>Folder that relative paths start from; null is the current one.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// A CSV file with a header (.gz too); a Parquet file of numbers, words, truth values and dates; an NPY matrix (.npy, .npy.gz) whose
    /// last column is the label; or a folder of PNG or JPEG pictures, in which each class has a folder.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// Training examples as a file of their own, of the kinds of <see cref="Path"/>; parts that are not given are cut from it.
    /// </summary>
    public string? Train { get; init; }

    /// <summary>Development examples as a file of their own.</summary>
    public string? Dev { get; init; }

    /// <summary>Test examples as a file of their own.</summary>
    public string? Test { get; init; }

    /// <summary>
    /// Pictures as IDX or NPY (.gz too), shape [examples, height, width] or with channels last; or plain features as NPY, shape [examples,
    /// features].
    /// </summary>
    public string? Images { get; init; }

    /// <summary>Labels of <see cref="Images"/>, IDX or NPY (.gz too).</summary>
    public string? Labels { get; init; }

    /// <summary>Development pictures as a file of their own.</summary>
    public string? DevImages { get; init; }

    /// <summary>Labels of <see cref="DevImages"/>.</summary>
    public string? DevLabels { get; init; }

    /// <summary>Test pictures as a file of their own.</summary>
    public string? TestImages { get; init; }

    /// <summary>Labels of <see cref="TestImages"/>.</summary>
    public string? TestLabels { get; init; }

    /// <summary>Made-up data.</summary>
    public GeneratorOptions? Generate { get; init; }

    /// <summary>Name of the label column of a CSV file; for other data only the name that results show.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// <c>classification</c>, <c>regression</c>, or null to infer it: a text label is a class; a numeric one is a class when all its values
    /// are
    /// whole numbers and there are at most 20 different ones; otherwise it is a regression target. Two classes make a binary task.
    /// </summary>
    public string? Task { get; init; }

    /// <summary>
    /// Which of two classes is the positive one, whose F1 is told, as the data spell it; null tells the mean of both, whichever is rare.
    /// </summary>
    public string? Positive { get; init; }

    /// <summary>Columns of a CSV file that are not inputs, such as row numbers.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>
    /// Whether the first line of a CSV file names the columns; null takes it to, and refuses a line of numbers. Without a header the
    /// columns are x0, x1, … and may be named by number.
    /// </summary>
    public bool? Header { get; init; }

    /// <summary>
    /// The separator of the cells of a CSV file: <c>comma</c>, <c>semicolon</c>, <c>tab</c>, <c>bar</c> or <c>space</c> (any run of
    /// blanks); null finds it in the first lines.
    /// </summary>
    public string? Separator { get; init; }

    /// <summary>
    /// The decimal mark of a CSV file: <c>point</c>, or <c>comma</c>, which reads 1,764 as less than two; null finds it in each column.
    /// </summary>
    public string? DecimalMark { get; init; }

    /// <summary>Columns of a CSV file whose numbers are names, such as postal codes: they become categories like text columns.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>
    /// The way with missing values: <c>refuse</c> (default), <c>mean</c> (categories take the mode) or <c>mode</c>, of the training
    /// rows.
    /// </summary>
    public string Missing { get; init; } = "refuse";

    /// <summary>
    /// Shares of training, development and test examples that add up to 1; null sizes them by the amount of data (<see
    /// cref="SplitSizes"/>).
    /// </summary>
    public IReadOnlyList<double>? Split { get; init; }

    /// <summary>Shape of the pictures in the rows, as 8x8 or 32x32x3; known by itself for IDX, NPY and generated pictures.</summary>
    public string? Image { get; init; }

    /// <summary>
    /// <c>feature</c>: each input by its own μ and σ; <c>image</c>: all pixels of a channel by one μ and σ; <c>none</c>.
    /// Null is <c>image</c> for pictures and <c>feature</c> for everything else.
    /// </summary>
    public string? Normalize { get; init; }

    /// <summary>
    /// Whether columns that look like identifiers, or hold numbers or dates that are written as texts, are left out rather than refused or
    /// asked about.
    /// </summary>
    internal bool LeavesOutDoubtful { get; init; }

    /// <summary>Whether the data are a folder of pictures, which the file system is asked.</summary>
    public bool NamesFolder() => (Path ?? Train) is { Length: > 0 } path && !path.Contains('\0', StringComparison.Ordinal)
        && Directory.Exists(System.IO.Path.GetFullPath(path, System.IO.Path.GetFullPath(Folder ?? ".")));
}
