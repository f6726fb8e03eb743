using System.Globalization;
using StbImageSharp;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Reads folders of PNG and JPEG pictures, one folder within for each class.</summary>
/// <remarks>
/// Pictures are taken in the ordinal order of their paths, whatever the file system. Values are 0 to 255; the pictures are grey when all
/// are, else red, green and
/// blue; transparency is dropped. Pictures of different sizes need a shape, to which each is scaled by averaging the area under each new
/// pixel.
/// The decoder calculates in whole numbers, so that every machine reads the same pixels.
/// </remarks>
internal static class PictureFolder
{
    private const int MostValues = 1 << 24;
    private const int MostPixels = 1 << 28;
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];
    private static readonly HashSet<string> Parts =
        new(StringComparer.OrdinalIgnoreCase) { "train", "training", "test", "testing", "dev", "val", "valid", "validation" };

    /// <summary>A picture with its class; null where it lies in no folder of a class.</summary>
    public sealed record Picture(DataFile File, string Name, string? Class);

    /// <summary>Reads one folder for each part of the data (training, development, test; null when there is none).</summary>
    /// <exception cref="DataException">A picture cannot be read, or does not have the shape of the others.</exception>
    public static RawTable Read(DataFile train, DataFile? dev, DataFile? test, DataSource source)
    {
        var problems = new DataProblems();
        int passedOver = 0;
        List<Picture> Of(DataFile? folder) => folder is null ? [] : Pictures(folder, needsClass: true, problems, ref passedOver);
        List<Picture> first = Of(train), second = Of(dev), third = Of(test);
        problems.ThrowIfAny();
        Picture[] all = [.. first, .. second, .. third];
        var shape = Shape(all, source.Image is null ? null : ImageShape.Parse(source.Image), problems);
        problems.ThrowIfAny();
        var cells = Decode(all, shape!, problems);
        problems.ThrowIfAny();
        var labels = new LabelCells(source.Label ?? "label");
        foreach (var picture in all)
            labels.Add(picture.Class!);
        var notes = new List<string> { string.Create(CultureInfo.InvariantCulture, $"{train.Name}: {all.Length:N0} pictures of "
            + $"{shape}, {(shape!.Channels == 1 ? "grey" : "in colour")}; the folders are the classes.") };
        if (passedOver > 0)
            notes.Add($"{train.Name}: {(passedOver == 1 ? "1 file that is" : $"{passedOver} files that are")} not called .png, .jpg or "
                + $".jpeg {(passedOver == 1 ? "is" : "are")} passed over.");
        return new RawTable(train.Name, ArrayFiles.Columns(shape.Features, shape), cells, labels)
        {
            Image = shape,
            Given = new SplitSizes(first.Count, second.Count, third.Count),
            Report = new ReadingReport(notes, [], []),
        };
    }

    /// <summary>Reads new pictures for a model, in folders of classes or not.</summary>
    /// <exception cref="DataException">A picture cannot be read, or there is none.</exception>
    public static (FeatureMatrix Cells, IReadOnlyList<Picture> Pictures) ReadNew(DataFile folder, ImageShape shape)
    {
        var problems = new DataProblems();
        var passedOver = 0;
        var pictures = Pictures(folder, needsClass: false, problems, ref passedOver);
        problems.ThrowIfAny();
        var cells = Decode(pictures, shape, problems);
        problems.ThrowIfAny();
        return (cells, pictures);
    }

    private static List<Picture> Pictures(DataFile folder, bool needsClass, DataProblems problems, ref int passedOver)
    {
        var files = FolderTree.Files(folder.FullPath, link => problems.Add(
                $"{folder.Name}/{Path.GetRelativePath(folder.FullPath, link)} is a link to a folder that it lies in, so its pictures "
                    + "would be met again and again. Remove the link."))
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder.FullPath, path).Replace('\\', '/')))
            .OrderBy(static file => file.Name, StringComparer.Ordinal).ToList();
        var pictures = files.Where(static file => Endings.Contains(Path.GetExtension(file.Name),
            StringComparer.OrdinalIgnoreCase)).ToList();
        passedOver += files.Count - pictures.Count;
        if (pictures.Count == 0)
            problems.Add($"{folder.Name} is a folder without pictures. Name a file in it, or put PNG or JPEG pictures into it, one "
                + $"folder for each class.");
        var classless = pictures.Find(static picture => !picture.Name.Contains('/', StringComparison.Ordinal)).Name;
        var classes = pictures.Select(static picture => picture.Name.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList();
        if (needsClass && classless is null && classes.Count > 0 && classes.All(Parts.Contains) && classes.Any(IsTraining)
            && pictures.TrueForAll(static picture => picture.Name.Count(static c => c == '/') > 1))
        {
            var named = classes.Select(part => $"{(IsTraining(part) ? "train" : char.ToLowerInvariant(part[0]) == 't' ? "test" : "dev")}: "
                + $"{folder.Name}/{part}");
            problems.Add($"{folder.Name} holds the folders {string.Join(" and ", classes)}, which are parts of the data and no classes. "
                + $"Name each: `data: {{{string.Join(", ", named)}}}`.");
        }
        if (needsClass && classless is not null)
            problems.Add($"{folder.Name}/{classless}: the picture lies in no folder of a class. Put it into the folder of its class.");
        return [.. pictures.Select(picture => new Picture(new DataFile(folder.FullPath, picture.Name), picture.Name,
            picture.Name.Contains('/', StringComparison.Ordinal) ? picture.Name[..picture.Name.IndexOf('/', StringComparison.Ordinal)]
                : null))];
    }

    private static bool IsTraining(string folder) => folder.StartsWith("train", StringComparison.OrdinalIgnoreCase);

    /// <summary>The shape of all pictures: the one that was asked for, or the one that all have.</summary>
    private static ImageShape? Shape(Picture[] pictures, ImageShape? asked, DataProblems problems)
    {
        if (asked is not null)
            return asked.Channels is 1 or 3 ? asked : Refused($"A picture of a PNG or JPEG file has 1 channel (grey) or 3, not "
                + $"{asked.Channels}. Write the shape as {asked.Height}x{asked.Width} or {asked.Height}x{asked.Width}x3.");
        ImageShape? shape = null;
        foreach (var picture in pictures)
        {
            if (Look(picture, problems) is not { } own)
                continue;
            shape ??= own;
            if ((shape.Height, shape.Width) != (own.Height, own.Width))
                return Refused($"{picture.File.Name} has {own.Height}x{own.Width} pixels, {pictures[0].File.Name} "
                    + $"{shape.Height}x{shape.Width}. Say to what size all are scaled, such as `image: 32x32x3` (height, width, and 1 "
                    + $"for grey or 3 for colour).");
            shape = shape with { Channels = Math.Max(shape.Channels, own.Channels) };
        }
        return shape is null || (long)shape.Height * shape.Width * shape.Channels <= MostValues ? shape
            : Refused($"{pictures[0].File.Name}: a picture of {shape} is too large to learn from. Say to what size all are scaled, "
            + $"such as `image: 64x64x3`.");

        ImageShape? Refused(string message)
        {
            problems.Add(message);
            return null;
        }
    }

    private static ImageShape? Look(Picture picture, DataProblems problems) => Guard(picture, problems, static bytes =>
    {
        using var stream = new MemoryStream(bytes);
        return ImageInfo.FromStream(stream) is { } info
            ? new ImageShape(info.Height, info.Width, info.ColorComponents is ColorComponents.Grey or ColorComponents.GreyAlpha ? 1 : 3)
            : null;
    });

    private static FeatureMatrix Decode(IReadOnlyList<Picture> pictures, ImageShape shape, DataProblems problems)
    {
        var cells = new FeatureMatrix(pictures.Count, shape.Features);
        for (var i = 0; i < pictures.Count; i++)
        {
            var image = Guard(pictures[i], problems, bytes => Image(bytes, shape.Channels));
            if (image is not null)
                Scale(image, shape, cells.Writable(i));
        }
        return cells;
    }

    private static ImageResult? Image(byte[] bytes, int channels)
    {
        using var stream = new MemoryStream(bytes);
        if (ImageInfo.FromStream(stream) is not { } info)
            return null;
        return (long)info.Height * info.Width <= MostPixels
            ? ImageResult.FromMemory(bytes, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue)
            : throw new InvalidDataException($"it claims {info.Height}x{info.Width} pixels");
    }

    /// <summary>Averages the area of the picture that each pixel of the shape covers.</summary>
    private static void Scale(ImageResult image, ImageShape shape, Span<float> target)
    {
        var (channels, data) = (shape.Channels, image.Data);
        if ((image.Height, image.Width) == (shape.Height, shape.Width))
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = data[i];
            return;
        }
        double tall = (double)image.Height / shape.Height, wide = (double)image.Width / shape.Width;
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                for (var c = 0; c < channels; c++)
                {
                    var sum = 0.0;
                    for (var sy = (int)(y * tall); sy < Math.Min(image.Height, (y + 1) * tall); sy++)
                    {
                        var height = Math.Min(sy + 1, (y + 1) * tall) - Math.Max(sy, y * tall);
                        for (var sx = (int)(x * wide); sx < Math.Min(image.Width, (x + 1) * wide); sx++)
                            sum += height * (Math.Min(sx + 1, (x + 1) * wide) - Math.Max(sx,
                                x * wide)) * data[(((sy * image.Width) + sx) * channels) + c];
                    }
                    target[(((y * shape.Width) + x) * channels) + c] = (float)(sum / (tall * wide));
                }
            }
        }
    }

    /// <summary>Decodes a picture's bytes; a picture that cannot be read is noted.</summary>
    private static T? Guard<T>(Picture picture, DataProblems problems, Func<byte[], T?> decode)
        where T : class
    {
        var bytes = picture.File.Read(static stream =>
        {
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        });
        try
        {
            PictureBytes.RequireWhole(bytes);
            if (decode(bytes) is { } whole)
                return whole;
        }
        catch (Exception damage) when (damage is not OutOfMemoryException) // the decoder throws whatever comes, plain Exception included
        {
            problems.Add($"{picture.File.Name}: the picture is damaged ({damage.Message}). Replace or remove it.");
            return null;
        }
        problems.Add($"{picture.File.Name}: this is neither a PNG nor a JPEG picture. Convert or remove it.");
        return null;
    }
}
