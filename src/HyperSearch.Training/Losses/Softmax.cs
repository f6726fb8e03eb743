using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Losses;

/// <summary>Softmax with cross-entropy: ŷ_c = e^z_c / Σ e^z_k, loss = −ln ŷ_label, gradient dz = ŷ − y with y one-hot.</summary>
/// <remarks>
/// The largest z is subtracted first, so no exponential overflows; the loss is ln Σ e^(z − max) − (z_label − max), which needs no guard
/// against ln 0. Course 2, week 3.
/// </remarks>
internal readonly unsafe struct Softmax<L, T> : ILoss<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Predict(T* z, int outputs, L target, out L wrong)
    {
        L max = L.Load(z), best = L.Zero;
        for (var c = 1; c < outputs; c++)
        {
            var next = L.Load(z + c * L.Width);
            best = L.Select(L.GreaterThan(next, max), L.Constant(c), best); // ties go to the first
            max = L.Max(max, next);
        }
        wrong = L.Constant(1) - L.And(L.Equal(best, target), L.Constant(1));
        L sum = L.Zero, label = L.Zero;
        for (var c = 0; c < outputs; c++)
        {
            var shifted = L.Load(z + c * L.Width) - max;
            label += L.And(L.Equal(target, L.Constant(c)), shifted);
            var e = L.Exp(shifted);
            L.Store(e, z + c * L.Width);
            sum += e;
        }
        var share = L.Constant(1) / sum;
        for (var c = 0; c < outputs; c++)
            L.Store(L.Load(z + c * L.Width) * share, z + c * L.Width);
        return L.Log(sum) - label;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Differentiate(T* p, int outputs, L target, L scale)
    {
        for (var c = 0; c < outputs; c++)
        {
            var y = L.And(L.Equal(target, L.Constant(c)), L.Constant(1));
            L.Store((L.Load(p + c * L.Width) - y) * scale, p + c * L.Width);
        }
    }
}
