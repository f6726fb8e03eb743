using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots;

/// <summary>Writes pictures to files.</summary>
public static class PlotFiles
{
    /// <summary>Draws pictures of a campaign and writes them, one file a kind.</summary>
    /// <param name="snapshot">The campaign.</param>
    /// <param name="kinds">The kinds to draw, as <see cref="PlotKinds.Find"/> takes it; <c>null</c> or empty for every kind that has
    /// something to show of this campaign, and when none has, the history, which says why.</param>
    /// <param name="format">PNG or SVG.</param>
    /// <param name="folder">Where to; made if need be. A file of the same name is replaced.</param>
    /// <returns>The files' paths, in the order of the kinds.</returns>
    /// <exception cref="ArgumentException">A kind is unknown; then nothing is written.</exception>
    public static ImmutableArray<string> Save(CampaignSnapshot snapshot, IReadOnlyList<string>? kinds, PictureFormat format, string folder)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var pictures = kinds is null or [] ? Telling(snapshot) : [.. kinds.Select(kind => (kind, PlotKinds.Find(kind).Draw(snapshot)))];
        Make(snapshot, folder);
        try
        {
            // Each picture is painted on a surface of its own; what they share, the fonts, never changes.
            return [.. pictures.AsParallel().AsOrdered().Select(entry =>
            {
                var path = Path.Combine(folder, entry.Kind.Replace(':', '-') + (format == PictureFormat.Svg ? ".svg" : ".png"));
                Write(entry.Picture, format, path);
                return path;
            })];
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
            throw;
        }
    }

    /// <summary>Makes the folder; inside a campaign that was moved while the pictures were drawn, none.</summary>
    private static void Make(CampaignSnapshot snapshot, string folder)
    {
        var path = Path.GetFullPath(folder);
        if (path.StartsWith(snapshot.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            new CampaignFolder(snapshot.Folder).Make(path);
        else
            Directory.CreateDirectory(path);
    }

    private static (string Kind, Picture Picture)[] Telling(CampaignSnapshot snapshot)
    {
        var drawn = PlotKinds.All.Select(plot => (plot.Kind, Picture: plot.Draw(snapshot))).ToArray();
        var telling = drawn.Where(entry => !entry.Picture.Panels.IsEmpty).ToArray();
        return telling.Length > 0 ? telling : drawn[..1];
    }

    /// <summary>Writes one picture.</summary>
    public static void Write(Picture picture, PictureFormat format, string path)
    {
        File.Delete(path); // a link in its place would be written through
        if (format == PictureFormat.Svg)
            File.WriteAllText(path, PictureRenderer.Svg(picture), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        else
            File.WriteAllBytes(path, PictureRenderer.Png(picture));
    }
}

/// <summary>How a picture is kept in a file.</summary>
public enum PictureFormat
{
    /// <summary>Pixels, at twice the picture's size.</summary>
    Png,

    /// <summary>Lines and text, with the font in the file.</summary>
    Svg,
}
