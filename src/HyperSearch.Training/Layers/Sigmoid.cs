using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>a = 1/(1 + e⁻ᶻ), slope a·(1 − a).</summary>
internal readonly struct Sigmoid<L, T> : IActivation<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => false;

    public static bool MovesZero => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L z, L leak) => L.Constant(1) / (L.Constant(1) + L.Exp(L.Zero - z));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L TimesSlope(L gradient, L a, L leak) => gradient * (a * (L.Constant(1) - a));
}
