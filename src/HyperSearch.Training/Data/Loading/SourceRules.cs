using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>The laws of a <see cref="DataSource"/>, which are checked before any file is opened.</summary>
internal static class SourceRules
{
    private static readonly string[] Repairs = ["refuse", "mean", "mode"];
    private static readonly string[] Tasks = ["classification", "regression"];
    private static readonly string[] Marks = ["point", "comma"];
    private static readonly string[] Normalizations = ["feature", "image", "none"];

    /// <summary>Refuses a source that contradicts itself.</summary>
    /// <exception cref="DataException">The message says which keys do not go together and what would be right.</exception>
    public static void Require(DataSource source)
    {
        var given = new[] { (source.Path, "a file"), (source.Train, "train"), (source.Images, "images"), (source.Generate?.Kind,
            "generate") }
            .Where(static pair => pair.Item1 is not null).Select(static pair => pair.Item2).ToArray();
        if (given.Length == 0)
            throw new DataException("No data are named. Give a CSV file, or `train:`, `images:` with `labels:`, or `generate:`.");
        if (given.Length > 1)
            throw new DataException($"The data are named more than once: {string.Join(" and ", given)}. Keep one of them.");
        string?[] files = [source.Path, source.Train, source.Dev, source.Test, source.Images, source.Labels, source.DevImages,
            source.DevLabels, source.TestImages, source.TestLabels];
        foreach (var file in files.OfType<string>())
            DataFile.RequireName(file);
        RequireTogether(source.Images, source.Labels, "images", "labels");
        RequireTogether(source.DevImages, source.DevLabels, "dev_images", "dev_labels");
        RequireTogether(source.TestImages, source.TestLabels, "test_images", "test_labels");
        if (source.Images is null && (source.DevImages ?? source.TestImages) is not null)
            throw new DataException("`dev_images` and `test_images` go with `images`, the training pictures, which are not given.");
        if (source.Train is null && (source.Dev ?? source.Test) is not null)
            throw new DataException("`dev` and `test` go with `train`. Name the training file as `train`.");
        RequireKnown(source.Missing, Repairs, "missing");
        RequireKnown(source.Task, Tasks, "task");
        RequireKnown(source.Separator, [.. TextForm.Words.Keys], "separator");
        RequireKnown(source.DecimalMark, Marks, "decimal");
        RequireKnown(source.Normalize, Normalizations, "normalize");
        if (source.Image is not null)
            ImageShape.Parse(source.Image);
        if (source.Generate is not null)
            GeneratedData.Require(source.Generate);
        if (source.Split is { } shares && (shares.Count != 3 || !shares.All(static share => share is > 0 and < 1)
            || Math.Abs(shares.Sum() - 1) > 1e-6))
        {
            var split = string.Join(", ", shares.Select(static share => share.ToString("R", CultureInfo.InvariantCulture)));
            throw new DataException($"The split [{split}] is not three shares above 0 that add up to 1, such as [0.6, 0.2, 0.2].");
        }

        if (source.Label is not null && source.Ignore.Contains(source.Label))
            throw new DataException($"The label \"{source.Label}\" is also listed under ignore. Take it off there, or name another label.");
    }

    private static void RequireKnown(string? value, string[] known, string key)
    {
        if (value is not null && !known.Contains(value))
            throw new DataException($"The value \"{value}\" of `{key}` is unknown.{Nearest.Hint(value, known)} Known: "
                + $"{string.Join(", ", known)}.");
    }

    private static void RequireTogether(string? images, string? labels, string imagesKey, string labelsKey)
    {
        if (images is null != labels is null)
            throw new DataException(images is null ? $"`{labelsKey}` is given without `{imagesKey}`; give both." : $"`{imagesKey}` is "
                + $"given without `{labelsKey}`; give both.");
    }
}
