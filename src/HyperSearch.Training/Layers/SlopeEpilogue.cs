using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Layers;

/// <summary>A finished dy·Wᵀ, which is da of the layer before, becomes its dz = da ∘ g′(z).</summary>
internal unsafe struct SlopeEpilogue<L, T, A>(T* gradient, T* output, nint stride, T leak) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint At(nint row, nint column) => row * stride + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Pitch(nint column) => stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint at, nint column) =>
        L.Store(A.TimesSlope(sum, L.Load(output + at), L.Create(leak)), gradient + at);
}

/// <summary>
/// The same through inverted dropout: the output was a·mask, so dz = da ∘ mask ∘ g′(z), with a = output·keep_prob where it was kept.
/// </summary>
internal unsafe struct MaskedSlopeEpilogue<L, T, A>(T* gradient, T* output, T* mask, nint stride, T leak, T keep) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public static bool IsLight => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint At(nint row, nint column) => row * stride + column;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Pitch(nint column) => stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint at, nint column) =>
        L.Store(A.TimesSlope(sum * L.Load(mask + at), L.Load(output + at) * L.Create(keep), L.Create(leak)), gradient + at);
}
