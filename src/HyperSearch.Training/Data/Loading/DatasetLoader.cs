using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Reads, splits and normalizes examples: everything between a user's files and a trainer's matrices.</summary>
public static class DatasetLoader
{
    /// <summary>The folds that the measured recipe takes: three cost 9 % more errors.</summary>
    public const int DefaultFolds = 5;

    /// <summary>Loads what <paramref name="source"/> describes.</summary>
    /// <param name="source">Where the examples come from and how they are read.</param>
    /// <param name="seed">Seed of the split (and of generated data); the same source and seed give the same data set to the bit.</param>
    /// <exception cref="DataException">The source contradicts itself, or a file is missing, malformed or does not hold what the source
    /// says.</exception>
    public static Dataset Load(DataSource source, ulong seed) => LoadParts(source, seed, Joined.None);

    /// <summary>
    /// The same with the development rows among the training rows, normalized by both: the data that a winner is trained on once everything
    /// is decided. The test rows are the same; there are no development rows.
    /// </summary>
    /// <param name="source">Where the examples come from and how they are read.</param>
    /// <param name="seed">Seed of the split, as for <see cref="Load"/>.</param>
    /// <exception cref="DataException">The source contradicts itself, or a file is missing, malformed or does not hold what the source
    /// says.</exception>
    public static Dataset LoadJoined(DataSource source, ulong seed) => LoadParts(source, seed, Joined.Dev);

    /// <summary>
    /// The same with all rows among the training rows, normalized by all: what a network may be trained on once the figure of another on
    /// the test rows stands. There are no development and no test rows.
    /// </summary>
    /// <param name="source">Where the examples come from and how they are read.</param>
    /// <param name="seed">Seed of the split, as for <see cref="Load"/>.</param>
    /// <exception cref="DataException">The source contradicts itself, or a file is missing, malformed or does not hold what the source
    /// says.</exception>
    public static Dataset LoadWhole(DataSource source, ulong seed) => LoadParts(source, seed, Joined.All);

    /// <summary>
    /// Loads the same examples dealt into folds; the development share of a split is learned from like the training share.
    /// </summary>
    /// <param name="source">Where the examples come from and how they are read. It names no development file.</param>
    /// <param name="folds">How many folds, from 2 to the number of examples.</param>
    /// <param name="seed">Seed of the dealing; the same source and seed give the same folds to the bit.</param>
    /// <exception cref="DataException">The source contradicts itself or the folds, or a file is missing, malformed or does not hold what
    /// the source says.</exception>
    public static Folds LoadFolds(DataSource source, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        SourceRules.Require(source);
        using var table = Read(source, seed);
        return DatasetBuilder.BuildFolds(table, source, folds, seed);
    }

    private static Dataset LoadParts(DataSource source, ulong seed, Joined joined)
    {
        ArgumentNullException.ThrowIfNull(source);
        SourceRules.Require(source);
        using var table = Read(source, seed);
        return DatasetBuilder.Build(table, source, seed, joined);
    }

    /// <summary>Looks at data that nobody has described yet, and says how to read them.</summary>
    /// <param name="source">Where they are, and their label.</param>
    /// <returns>
    /// The source with the settings that it needs: missing values filled where there are some, no header where the label is a column's
    /// number, columns ignored that look like identifiers or hold numbers and dates that are written as texts; and a summary of its data.
    /// </returns>
    /// <exception cref="DataException">The data cannot be used whatever is said.</exception>
    public static (DataSource Source, DataSummary Summary) Draft(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        DataException? first = null;
        var header = source.Label is { Length: > 0 } label && label.TrimStart('x').All(char.IsAsciiDigit) ? false : source.Header;
        foreach (var candidate in new[] { source, source with { Missing = "mean" }, source with { Header = header },
            source with { Header = header, Missing = "mean" } })
        {
            try
            {
                return Draft(candidate, DataSummary.Of);
            }
            catch (DataException refusal)
            {
                first ??= refusal;
            }
        }

        throw first!;
    }

    /// <summary>A source that leaves out doubtful columns, with a summary of its data.</summary>
    private static (DataSource Source, DataSummary Summary) Draft(DataSource candidate, Func<Dataset, DataSummary> summarize)
    {
        var lenient = candidate with { LeavesOutDoubtful = true };
        try
        {
            using var data = Load(lenient, 1);
            return Of(data, summarize(data));
        }
        catch (DataException) when (DealsIntoFolds(lenient) is { } folds)
        {
            using (folds)
                return Of(folds.Parts[0], DataSummary.Of(folds)); // a class of one or two rows cannot be in every part, but in folds
        }

        (DataSource, DataSummary) Of(Dataset data, DataSummary summary) =>
            (candidate with
            {
                Ignore =
                [.. data.Reading.LeftOut.Where(static column => column.HasName).Select(static column => column.Name)]
            }, summary);
    }

    private static Folds? DealsIntoFolds(DataSource source)
    {
        try
        {
            return LoadFolds(source, DefaultFolds, 1);
        }
        catch (DataException)
        {
            return null; // the refusal of the whole stands
        }
    }

    /// <summary>Refuses a source that contradicts itself, without opening any file; <see cref="Load"/> begins with it.</summary>
    /// <exception cref="DataException">The message says which keys do not go together and what would be right.</exception>
    public static void Check(DataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        SourceRules.Require(source);
    }

    private static RawTable Read(DataSource source, ulong seed)
    {
        DataFile? File(string? path) => path is null ? null : new DataFile(source.Folder, path);
        ArrayFiles.Pair? Pair(string? images, string? labels) => images is null ? null : new ArrayFiles.Pair(File(images)!, File(labels)!);
        if (source.Generate is not null)
            return GeneratedData.Table(source.Generate, seed, source.Label ?? "class");
        if (Pair(source.Images, source.Labels) is { } train)
            return ArrayFiles.Read(train, Pair(source.DevImages, source.DevLabels), Pair(source.TestImages, source.TestLabels), source);
        if (source.NamesFolder())
            return PictureFolder.Read(File(source.Path ?? source.Train)!, File(source.Dev), File(source.Test), source);
        if (IsNumpy(source.Path ?? source.Train!))
            return ArrayFiles.Read(File(source.Path ?? source.Train)!, File(source.Dev), File(source.Test), source);
        return CsvTables.Read(File(source.Path ?? source.Train)!, File(source.Dev), File(source.Test), source);
    }

    private static bool IsNumpy(string path) =>
        path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npy.gz", StringComparison.OrdinalIgnoreCase);
}
