using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Layers;

/// <summary>An activation a = g(z), with its slope written in terms of a, so that z need not be kept.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IActivation<L>
    where L : struct
{
    /// <summary>Whether g(0) ≠ 0, so that padding columns must be cleared after use.</summary>
    static abstract bool MovesZero { get; }

    /// <summary>Whether <see cref="Apply"/> is a few instructions.</summary>
    static abstract bool IsLight { get; }

    /// <summary>a = g(z).</summary>
    static abstract L Apply(L z, L leak);

    /// <summary>The slope g′(z), from a = g(z), times a gradient.</summary>
    static abstract L TimesSlope(L gradient, L a, L leak);
}

/// <summary>a = z, slope 1.</summary>
internal readonly struct Identity<L, T> : IActivation<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static bool IsLight => true;

    public static bool MovesZero => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L z, L leak) => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L TimesSlope(L gradient, L a, L leak) => gradient;
}

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
