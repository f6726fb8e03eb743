using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Losses;

/// <summary>Logistic loss of one output: ŷ = 1/(1 + e⁻ᶻ), loss = −y·ln ŷ − (1 − y)·ln(1 − ŷ), gradient dz = ŷ − y, with y 0 or 1.</summary>
/// <remarks>Computed as max(0, z) − y·z + ln(1 + e^−|z|), which is the same and never takes ln 0. Course 1, week 2.</remarks>
internal readonly unsafe struct Logistic<L, T> : ILoss<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Predict(T* z, int outputs, L target, out L wrong)
    {
        L one = L.Constant(1), x = L.Load(z), e = L.Exp(L.Zero - L.Abs(x)), near = one / (one + e);
        L.Store(L.Select(L.GreaterThan(L.Zero, x), e * near, near), z);
        wrong = L.Abs(L.And(L.GreaterThan(x, L.Zero), one) - target);
        return L.Max(L.Zero, x) - target * x + L.Log(one + e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Differentiate(T* p, int outputs, L target, L scale) => L.Store((L.Load(p) - target) * scale, p);
}
