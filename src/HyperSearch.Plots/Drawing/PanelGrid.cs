namespace HyperSearch.Plots.Drawing;

/// <summary>Arranges a number of equal panels in rows.</summary>
internal sealed class PanelGrid
{
    private readonly int _rows;

    public PanelGrid(int count)
    {
        Count = count;
        Columns = count switch { <= 3 => Math.Max(1, count), 4 => 2, <= 9 => 3, <= 24 => 4, _ => 5 };
        _rows = Math.Max(1, (count + Columns - 1) / Columns);
    }

    public int Count { get; }

    public int Columns { get; }

    /// <summary>A picture's height that leaves each row legible.</summary>
    public int Height => Math.Max(800, 130 + 250 * _rows);

    public bool IsLeftmost(int index) => index % Columns == 0;

    /// <summary>Left, top, width and height as shares.</summary>
    public (double Left, double Top, double Width, double Height) Place(int index) =>
        (index % Columns / (double)Columns, index / Columns / (double)_rows, 1.0 / Columns, 1.0 / _rows);
}
