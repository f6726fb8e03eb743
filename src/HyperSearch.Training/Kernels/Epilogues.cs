using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>
/// Takes the finished pieces of a product. It is a struct, so that it is inlined into the tile and the product itself never touches memory.
/// </summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IEpilogue<L>
    where L : struct
{
    /// <summary>
    /// Whether <see cref="Take"/> is a few instructions, so that sixteen copies of it fit into a tile.
    /// The sums for a heavy epilogue wait: see <see cref="Waiting{L,T}"/>.
    /// </summary>
    static abstract bool IsLight { get; }

    /// <summary>Position of an element in the memory that the epilogue writes to.</summary>
    nint At(nint row, nint column);

    /// <summary>Elements there from a row to the next, at this column.</summary>
    nint Pitch(nint column);

    /// <summary>Takes the sums of one row, from <paramref name="column"/> on, a lane wide.</summary>
    /// <param name="sum">The sums.</param>
    /// <param name="at">Position of the first, as <see cref="At"/> gives it: the tile keeps count, which is cheaper than asking.</param>
    /// <param name="column">Column of the first.</param>
    void Take(L sum, nint at, nint column);
}

/// <summary>A finished product is added to what other uses of the same value have left.</summary>
internal unsafe struct AddEpilogue<L, T>(T* gradient, nint stride) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint At(nint row, nint column) => row * stride + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Pitch(nint column) => stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint at, nint column) => L.Store(L.Load(gradient + at) + sum, gradient + at);
}

/// <summary>A finished product is written down as it is, row by row.</summary>
internal unsafe struct StoreEpilogue<L, T>(T* target, nint stride) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint At(nint row, nint column) => row * stride + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Pitch(nint column) => stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint at, nint column) => L.Store(sum, target + at);
}
