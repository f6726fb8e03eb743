using ScottPlot;
using SkiaSharp;

namespace HyperSearch.Plots.Drawing;

/// <summary>Writes text and marks outside the axes.</summary>
internal static class Canvas
{
    public static float Measure(string text, float size, bool bold)
    {
        using var font = new SKFont(PlotFonts.FaceFor(text, bold), size);
        return font.MeasureText(text);
    }

    public static void Write(SKCanvas canvas, string text, float x, float y, float size, Color color, bool bold = false,
        SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(PlotFonts.FaceFor(text, bold), size) { Subpixel = true, Hinting = SKFontHinting.None };
        using var paint = new SKPaint { Color = color.ToSKColor(), IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>The text cut to a width, with an ellipsis where it was too long.</summary>
    public static string Fit(string text, float width, float size, bool bold)
    {
        if (Measure(text, size, bold) <= width)
            return text;
        int low = 0, high = text.Length;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Measure(text[..middle] + "…", size, bold) <= width)
                low = middle;
            else
                high = middle - 1;
        }

        return text[..low].TrimEnd() + "…";
    }

    /// <summary>Draws a legend mark in the box from (x, y − 10) to (x + width, y); returns the width it took.</summary>
    public static float Mark(SKCanvas canvas, LegendEntry entry, float x, float y)
    {
        using var paint = new SKPaint { Color = entry.Colors[0].ToSKColor(), IsAntialias = true, StrokeWidth = 2.2f };
        var middle = y - 5;
        switch (entry.Mark)
        {
            case LegendMark.Dot:
                canvas.DrawCircle(x + 5, middle, 5, paint);
                return 10;
            case LegendMark.Ring:
                paint.Style = SKPaintStyle.Stroke;
                canvas.DrawCircle(x + 6, middle, 6, paint);
                return 12;
            case LegendMark.Cross:
                canvas.DrawLine(x + 1, middle - 4, x + 9, middle + 4, paint);
                canvas.DrawLine(x + 1, middle + 4, x + 9, middle - 4, paint);
                return 10;
            case LegendMark.Line:
                canvas.DrawLine(x, middle, x + 22, middle, paint);
                return 22;
            case LegendMark.Dashes:
                canvas.DrawLine(x, middle, x + 6, middle, paint);
                canvas.DrawLine(x + 9, middle, x + 15, middle, paint);
                canvas.DrawLine(x + 18, middle, x + 24, middle, paint);
                return 24;
            case LegendMark.Frame:
                paint.Style = SKPaintStyle.Stroke;
                canvas.DrawRect(x + 1, middle - 6, 14, 12, paint);
                return 16;
            case LegendMark.Ramp:
                for (var i = 0; i < entry.Colors.Length; i++)
                {
                    paint.Color = entry.Colors[i].ToSKColor();
                    canvas.DrawRect(x + i * 14, middle - 6, 14.5f, 12, paint);
                }

                return entry.Colors.Length * 14;
            default:
                canvas.DrawRect(x, middle - 6, 14, 12, paint);
                return 14;
        }
    }
}
