using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>
/// Where the elements of a matrix lie when it is cut into strips of 32 columns (the last may be 16), each strip's rows one after another.
/// </summary>
/// <remarks>
/// Weights live in this order, so that the inner loop of a product reads them one after another. It is the same for every lane width.
/// Dimensions are padded to 16.
/// </remarks>
internal readonly struct Strips(int rows, int columns)
{
    public int Rows { get; } = Padding.To16(rows);

    public int Columns { get; } = Padding.To16(columns);

    /// <summary>Elements, padding included.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>Elements between the starts of two strips.</summary>
    public nint Pitch => 32 * (nint)Rows;

    /// <summary>Columns of the strip that holds <paramref name="column"/>: 32 or 16.</summary>
    public nint Width(nint column) => (column & ~31) + 32 <= Columns ? 32 : 16;

    /// <summary>Position of an element.</summary>
    public nint At(nint row, nint column) => (column & ~31) * Rows + row * Width(column) + (column & 31);
}

/// <summary>Writes the transpose of a matrix kept in strips, in strips.</summary>
internal static unsafe class StripTranspose
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<L, T>(T* source, Strips from, T* target, Strips to)
        where L : struct, ILane<L, T>
        where T : unmanaged
    {
        for (nint column = 0; column < from.Columns; column += L.Width)
        {
            var width = from.Width(column);
            for (nint row = 0; row < from.Rows; row += L.Width)
                L.Transpose(source + from.At(row, column), width, target + to.At(column, row), to.Width(row));
        }
    }
}
