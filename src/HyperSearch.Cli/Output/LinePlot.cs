using HyperSearch.Analysis;

namespace HyperSearch.Cli.Output;

/// <summary>A learning curve in braille dots, two by four to a character, with its ends labelled.</summary>
internal static class LinePlot
{
    private static readonly int[,] Dot = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    /// <summary>Draws values against their positions; values that are not finite are gaps.</summary>
    /// <param name="epochs">The epoch of each value, ascending.</param>
    /// <param name="values">One value per epoch.</param>
    /// <param name="width">Characters of the plot itself, labels aside.</param>
    /// <param name="height">Lines of the plot itself.</param>
    /// <returns>Lines of text; none when no value is finite.</returns>
    public static IReadOnlyList<string> Draw(IReadOnlyList<int> epochs, IReadOnlyList<double> values, int width, int height)
    {
        var points = epochs.Zip(values).Where(pair => double.IsFinite(pair.Second)).ToArray();
        if (points.Length == 0)
            return [];
        var (low, high) = (points.Min(point => point.Second), points.Max(point => point.Second));
        var (first, last) = (points[0].First, points[^1].First);
        var cells = new int[height, width];
        (int X, int Y)? previous = null;
        foreach (var (epoch, value) in points)
        {
            var x = last == first ? 0 : (int)Math.Round((double)(epoch - first) / (last - first) * (width * 2 - 1));
            var y = high == low ? height * 2 : (int)Math.Round((high - value) / (high - low) * (height * 4 - 1));
            foreach (var (dotX, dotY) in Between(previous ?? (x, y), (x, y)))
                cells[dotY / 4, dotX / 2] |= Dot[dotX % 2, dotY % 4];
            previous = (x, y);
        }

        var (top, bottom) = (Figures.Brief(high, 4), Figures.Brief(low, 4));
        var margin = Math.Max(top.Length, bottom.Length);
        var lines = new List<string>();
        for (var row = 0; row < height; row++)
        {
            var label = row == 0 ? top : row == height - 1 && high != low ? bottom : "";
            var dots = string.Concat(Enumerable.Range(0, width).Select(column => (char)(0x2800 + cells[row, column])));
            lines.Add($"{label.PadLeft(margin)} │{dots.TrimEnd('\u2800')}");
        }

        var (start, end) = (Figures.Brief(first), Figures.Brief(last));
        lines.Add($"{new string(' ', margin)} └{new string('─', width)}");
        lines.Add($"{new string(' ', margin + 2)}{start}{(first == last ? "" : end.PadLeft(width - start.Length))}");
        return lines;
    }

    private static IEnumerable<(int X, int Y)> Between((int X, int Y) from, (int X, int Y) to)
    {
        var steps = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        for (var i = 0; i <= steps; i++)
        {
            var part = steps == 0 ? 1 : (double)i / steps;
            yield return ((int)Math.Round(double.Lerp(from.X, to.X, part)), (int)Math.Round(double.Lerp(from.Y, to.Y, part)));
        }
    }
}
