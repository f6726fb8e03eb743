using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using HyperSearch.Plots.Drawing;
using ScottPlot;
using ScottPlot.Plottables;
using SkiaSharp;

namespace HyperSearch.Plots;

/// <summary>Turns pictures into PNG and SVG.</summary>
public static class PictureRenderer
{
    private const float Side = 28;

    /// <summary>The picture as PNG.</summary>
    /// <param name="picture">The picture to draw.</param>
    /// <param name="scale">Pixels of the file per pixel of the picture. Default 2: sharp on a screen of high resolution and in
    /// print.</param>
    public static byte[] Png(Picture picture, double scale = 2)
    {
        ArgumentNullException.ThrowIfNull(picture);
        // In the platform's own order of colours Skia paints five times as fast as in any other.
        var info = new SKImageInfo(
            (int)(picture.Width * scale), (int)(picture.Height * scale), SKImageInfo.PlatformColorType, SKAlphaType.Premul);
        // A surface of Skia's own is 15 MB that the system brings page by page and takes back: a third of a picture's processor time.
        var room = ArrayPool<byte>.Shared.Rent(info.BytesSize);
        var pinned = GCHandle.Alloc(room, GCHandleType.Pinned);
        try
        {
            using var surface = SKSurface.Create(info, pinned.AddrOfPinnedObject(), info.RowBytes);
            surface.Canvas.Scale((float)scale);
            surface.Canvas.Clear(SKColors.White);
            Paint(surface.Canvas, picture);
            using var pixels = surface.PeekPixels();
            return PngEncoder.Encode(pixels);
        }
        finally
        {
            pinned.Free();
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="picture">The picture to draw.</param>
    /// <param name="standalone">Whether it carries its font and its white background; <c>false</c> for a page that provides both.</param>
    /// <param name="prefix">Stands before every name inside, so that several pictures fit on one page.</param>
    public static string Svg(Picture picture, bool standalone = true, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var stream = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, picture.Width, picture.Height), stream))
        {
            if (standalone)
                canvas.Clear(SKColors.White);
            Paint(canvas, picture);
        }

        var text = Encoding.UTF8.GetString(stream.ToArray());
        return SvgText.Finish(text, picture, standalone, prefix);
    }

    /// <summary>How many points a picture has; a line or an area takes as much room in a file as four.</summary>
    internal static int Marks(Picture picture) => picture.Panels.SelectMany(panel => panel.Plot.GetPlottables())
        .Sum(drawn => drawn is Markers markers ? markers.Data.GetScatterPoints().Count : 4);

    private static void Paint(SKCanvas canvas, Picture picture)
    {
        var width = picture.Width - 2 * Side;
        var size = 25f;
        while (size > 17 && Canvas.Measure(picture.Title, size, bold: true) > width)
            size -= 0.5f;
        Canvas.Write(canvas, Canvas.Fit(picture.Title, width, size, bold: true), Side, 45, size, PlotColors.Ink, bold: true);
        var top = 58f;
        if (picture.Subtitle.Length > 0)
        {
            Canvas.Write(canvas, Canvas.Fit(picture.Subtitle, width, 15, bold: false), Side, 71, 15, PlotColors.Muted);
            top = 84;
        }

        if (!picture.Legend.IsEmpty)
            top = Legend(canvas, picture, top + 18);
        if (picture.Panels.IsEmpty)
        {
            Message(canvas, picture);
            return;
        }

        var room = new SKRect(14, top + 6, picture.Width - 14, picture.Height - 8);
        foreach (var panel in picture.Panels)
            Paint(canvas, panel, room);
    }

    private static void Paint(SKCanvas canvas, Panel panel, SKRect room)
    {
        var left = MathF.Round(room.Left + (float)panel.Left * room.Width);
        var top = MathF.Round(room.Top + (float)panel.Top * room.Height);
        var right = MathF.Round(left + (float)panel.Width * room.Width);
        var bottom = MathF.Round(top + (float)panel.Height * room.Height);
        if (panel.Title is { } title)
        {
            Canvas.Write(canvas, Canvas.Fit(title, right - left - 30, 15, bold: true), left + 14, top + 18, 15, PlotColors.Ink, bold: true);
            top += 26;
        }

        // Rendering clears the canvas; the clip keeps that to the panel.
        canvas.Save();
        canvas.ClipRect(new SKRect(left, top, right, bottom));
        panel.Plot.Render(canvas, new PixelRect(left, right, bottom, top));
        canvas.Restore();
    }

    private static float Legend(SKCanvas canvas, Picture picture, float y)
    {
        var x = Side;
        foreach (var entry in picture.Legend)
        {
            var marks = entry.Mark == LegendMark.Ramp ? entry.Colors.Length * 14 : 24;
            var text = Canvas.Fit(entry.Text, picture.Width - 2 * Side - marks, 14, bold: false);
            var needed = marks + Canvas.Measure(text, 14, bold: false);
            if (x > Side && x + needed > picture.Width - Side)
                (x, y) = (Side, y + 22);
            x += Canvas.Mark(canvas, entry, x, y) + 7;
            Canvas.Write(canvas, text, x, y, 14, PlotColors.Ink);
            x += Canvas.Measure(text, 14, bold: false) + 24;
        }

        return y + 4;
    }

    private static void Message(SKCanvas canvas, Picture picture)
    {
        var lines = (picture.Message ?? "There is nothing to draw yet.").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Canvas.Fit(lines[i], picture.Width - 2 * Side, 18, bold: false);
            Canvas.Write(canvas, line, picture.Width / 2f, picture.Height / 2f
                + 28 * (i - (lines.Length - 1) / 2f), 18, PlotColors.Muted, align: SKTextAlign.Center);
        }
    }
}
