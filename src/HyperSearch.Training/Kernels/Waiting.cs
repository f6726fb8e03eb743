using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>The sums of the last tile, on their way into a heavy epilogue.</summary>
/// <remarks>
/// They are handed on one by one between the turns of the next tile's loop: while an optimizer divides and waits for memory, the tile
/// multiplies.
/// Every element goes the same way, only later, so no bit changes.</remarks>
/// <param name="sums">Room for <see cref="Most"/> lanes, aligned to 64 bytes.</param>
internal unsafe struct Waiting<L, T>(T* sums)
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    /// <summary>Pieces of the largest tile: 8 rows × 2 lanes.</summary>
    public const int Most = 16;

    private nint _row, _column;
    private int _next, _pairs;

    /// <summary>Where a tile leaves its sums, row by row, once none wait.</summary>
    public readonly T* Sums => sums;

    /// <summary>Pieces that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Notes that a tile has left its sums: so many rows of one lane, or of two side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(nint row, nint column, int rows, int lanes) =>
        (_row, _column, _next, _pairs, Count) = (row, column, 0, lanes - 1, rows * lanes);

    /// <summary>Hands the next piece on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<E>(ref E epilogue)
        where E : struct, IEpilogue<L>
    {
        epilogue.Take(L.Load(sums + _next * L.Width), _row + (_next >> _pairs), _column + (_next & _pairs) * L.Width);
        _next++;
        Count--;
    }
}
