using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Losses;

/// <summary>
/// Half the squared error of one output: ŷ = z, loss = ½(ŷ − y)², gradient dz = ŷ − y. The half makes dz the same as the other losses'.
/// </summary>
internal readonly unsafe struct SquaredError<L, T> : ILoss<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Predict(T* z, int outputs, L target, out L wrong)
    {
        wrong = L.Zero;
        var error = L.Load(z) - target;
        return L.Constant(0.5) * error * error;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Differentiate(T* p, int outputs, L target, L scale) => L.Store((L.Load(p) - target) * scale, p);
}
