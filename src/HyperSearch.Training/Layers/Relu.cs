using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>a = max(0, z), slope 1 where a > 0, else 0. The order of max keeps a NaN, so that a diverged network shows.</summary>
internal readonly struct Relu<L, T> : IActivation<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    public static bool MovesZero => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L z, L leak) => L.Max(L.Zero, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L TimesSlope(L gradient, L a, L leak) => L.And(L.GreaterThan(a, L.Zero), gradient);
}
