using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>A finished dy·Wᵀ, which is da of the layer before, becomes its dz = da ∘ g′(z).</summary>
internal unsafe struct SlopeEpilogue<L, T, A>(T* gradient, T* output, nint stride, T leak) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column)
    {
        var at = row * stride + column;
        L.Store(A.TimesSlope(sum, L.Load(output + at), L.Create(leak)), gradient + at);
    }
}

/// <summary>The same through inverted dropout: the output was a·mask, so dz = da ∘ mask ∘ g′(z), with a = output·keep_prob where it was kept.</summary>
internal unsafe struct MaskedSlopeEpilogue<L, T, A>(T* gradient, T* output, T* mask, nint stride, T leak, T keep) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column)
    {
        var at = row * stride + column;
        L.Store(A.TimesSlope(sum * L.Load(mask + at), L.Load(output + at) * L.Create(keep), L.Create(leak)), gradient + at);
    }
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

/// <summary>A finished product is written down as it is.</summary>
internal unsafe struct StoreEpilogue<L, T>(T* target, nint stride) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column) => L.Store(sum, target + row * stride + column);
}
