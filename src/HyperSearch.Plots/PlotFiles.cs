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
        var all = kinds is null or [];
        (string Kind, IPlot Plot)[] plots =
            all ? [.. PlotKinds.All.Select(plot => (plot.Kind, plot))] : [.. kinds!.Select(kind => (kind, PlotKinds.Find(kind)))];
        var files = InParallel(plots, entry =>
        {
            var picture = entry.Plot.Draw(snapshot);
            return (entry.Kind, Content: all && picture.Panels.IsEmpty ? null : Render(picture, format));
        }).Where(file => file.Content is not null).ToArray();
        if (files.Length == 0)
            files = [(plots[0].Kind, Render(plots[0].Plot.Draw(snapshot), format))];
        Make(snapshot, folder);
        return [.. files.Select(file =>
        {
            var path = Path.Combine(folder, file.Kind.Replace(':', '-') + (format == PictureFormat.Svg ? ".svg" : ".png"));
            Write(file.Content!, path);
            return path;
        })];
    }

    /// <summary>One result for each, in their order. Each picture is drawn on axes and painted on a surface of its own; what they share,
    /// the campaign and the fonts, never changes.</summary>
    private static TResult[] InParallel<TSource, TResult>(TSource[] sources, Func<TSource, TResult> select)
    {
        var results = new TResult[sources.Length];
        try
        {
            // No more threads than processors: each has a picture's memory of its own.
            var threads = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.For(0, sources.Length, threads, i => results[i] = select(sources[i]));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return results;
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

    /// <summary>Writes one picture.</summary>
    public static void Write(Picture picture, PictureFormat format, string path) => Write(Render(picture, format), path);

    private static byte[] Render(Picture picture, PictureFormat format) => format == PictureFormat.Svg
        ? Encoding.UTF8.GetBytes(PictureRenderer.Svg(picture))
        : PictureRenderer.Png(picture);

    private static void Write(byte[] content, string path)
    {
        File.Delete(path); // a link in its place would be written through
        File.WriteAllBytes(path, content);
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
