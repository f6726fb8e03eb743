using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>The sums of the last tile, on their way into a heavy epilogue.</summary>
/// <remarks>
/// They are handed on two by two between the turns of the next tile's loop: while an optimizer divides and waits for memory, the tile
/// multiplies.
/// Every element goes the same way, only later, so no bit changes.</remarks>
/// <param name="sums">Room for <see cref="Most"/> lanes, aligned to 64 bytes.</param>
internal unsafe struct Waiting<L, T>(T* sums)
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    /// <summary>Pieces of the largest tile: 8 rows × 2 lanes, or 16 rows × 1.</summary>
    public const int Most = 16;

    private T* _next;
    private nint _at, _step, _column, _toSecond, _toSecondColumn;

    /// <summary>Where a tile leaves its sums, row by row, once none wait.</summary>
    public readonly T* Sums => sums;

    /// <summary>Pairs of pieces that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Notes that a tile has left its sums: so many rows of one lane, or of two side by side.</summary>
    /// <param name="at">Position of the first piece.</param>
    /// <param name="pitch">Elements from a row to the next.</param>
    /// <param name="column">Column of the first piece.</param>
    /// <param name="rows">Rows, an even number.</param>
    /// <param name="lanes">1 or 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Keep(nint at, nint pitch, nint column, int rows, int lanes)
    {
        _next = sums;
        (_at, _column, Count) = (at, column, rows * lanes / 2);
        (_toSecond, _toSecondColumn, _step) = lanes == 2 ? (L.Width, L.Width, pitch) : (pitch, 0, 2 * pitch);
    }

    /// <summary>Hands the next two pieces on: side by side, or one below the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish<E>(ref E epilogue)
        where E : struct, IEpilogue<L>
    {
        epilogue.Take(L.Load(_next), _at, _column);
        epilogue.Take(L.Load(_next + L.Width), _at + _toSecond, _column + _toSecondColumn);
        _next += 2 * L.Width;
        _at += _step;
        Count--;
    }
}
