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

    /// <summary>Takes the sums of one row, from <paramref name="column"/> on, a lane wide.</summary>
    void Take(L sum, nint row, nint column);
}

/// <summary>A finished product is added to what other uses of the same value have left.</summary>
internal unsafe struct AddEpilogue<L, T>(T* gradient, nint stride) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column)
    {
        var at = gradient + row * stride + column;
        L.Store(L.Load(at) + sum, at);
    }
}

/// <summary>A finished product is written down as it is, row by row.</summary>
internal unsafe struct StoreEpilogue<L, T>(T* target, nint stride) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column) => L.Store(sum, target + row * stride + column);
}
