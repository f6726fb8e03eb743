using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>A surface of coloured cells, drawn as one thing: a thousand rectangles of their own would each carry a clip in an
/// SVG.</summary>
/// <remarks>Runs of cells of one colour are one rectangle: they stay sharp at any size, where an image would be smeared.</remarks>
/// <param name="area">The area that the cells cover.</param>
/// <param name="cells">Colours [rows from the top, columns from the left]; <c>null</c> leaves a cell blank.</param>
internal sealed class CellSurface(CoordinateRect area, Color?[,] cells) : IPlottable
{
    private const double Overlap = 0.12;

    public bool IsVisible { get; set; } = true;

    public IAxes Axes { get; set; } = new Axes();

    public IEnumerable<LegendItem> LegendItems => LegendItem.None;

    public Color?[,] Cells => cells;

    public AxisLimits GetAxisLimits() => new(area);

    public void Render(RenderPack rp)
    {
        double width = area.Width / cells.GetLength(1), height = area.Height / cells.GetLength(0);
        for (var r = 0; r < cells.GetLength(0); r++)
        {
            for (var c = 0; c < cells.GetLength(1);)
            {
                var end = c + 1;
                while (end < cells.GetLength(1) && cells[r, end] == cells[r, c])
                    end++;
                if (cells[r, c] is { } color)
                {
                    // A little over the right and lower edge, so that no seam shows between cells.
                    var (right, bottom) = (Math.Min(area.Right, area.Left + (end + Overlap) * width),
                        Math.Max(area.Bottom, area.Top - (r + 1 + Overlap) * height));
                    var rectangle = Axes.GetPixelRect(new CoordinateRect(area.Left + c * width, right, bottom, area.Top - r * height));
                    ScottPlot.Drawing.FillRectangle(rp.Canvas, rectangle, rp.Paint, new FillStyle { Color = color });
                }

                c = end;
            }
        }
    }
}
