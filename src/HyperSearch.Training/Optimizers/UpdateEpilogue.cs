using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Optimizers;

/// <summary>A finished piece of dW moves its weights on the spot: the gradient never touches memory.</summary>
internal unsafe struct UpdateEpilogue<L, T, TRule, TPenalty>(
    TRule rule, TPenalty penalty, T* w, T* first, T* second, Strips strips) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where TRule : struct, IUpdateRule<TRule, L, T>
    where TPenalty : struct, IPenalty<L>
{
    /// <summary>
    /// Elements of a tile of 8 rows: they are updated while the next tile multiplies. Strips follow each other in memory, so this far ahead
    /// lies the next piece's place.
    /// </summary>
    private const int TileElements = 256;

    public static bool IsLight => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint At(nint row, nint column) => strips.At(row, column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint Pitch(nint column) => strips.Width(column);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(L sum, nint at, nint column) => Apply(sum, at);

    /// <summary>Moves the weights at one position of the parameter's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(L gradient, nint at)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(w + at + TileElements);
            if (TRule.Memories > 0)
                Sse.Prefetch0(first + at + TileElements);
            if (TRule.Memories > 1)
                Sse.Prefetch0(second + at + TileElements);
        }
        var old = L.Load(w + at);
        L.Store(rule.Apply(penalty.Shrink(old), penalty.Gradient(old, gradient), first + at, second + at), w + at);
    }
}
