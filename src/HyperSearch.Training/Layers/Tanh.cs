using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>a = tanh z, slope 1 − a².</summary>
internal readonly struct Tanh<L, T> : IActivation<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => false;

    public static bool MovesZero => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L z, L leak) => L.Tanh(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L TimesSlope(L gradient, L a, L leak) => gradient * (L.Constant(1) - a * a);
}
