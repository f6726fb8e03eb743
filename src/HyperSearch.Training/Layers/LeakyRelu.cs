using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>a = z where z > 0, else leak·z; slope 1 or leak.</summary>
internal readonly struct LeakyRelu<L, T> : IActivation<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    public static bool MovesZero => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L z, L leak) => L.Select(L.GreaterThan(z, L.Zero), z, z * leak);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L TimesSlope(L gradient, L a, L leak) => L.Select(L.GreaterThan(a, L.Zero), gradient, gradient * leak);
}
