using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>A finished x·W becomes a = g(x·W + b).</summary>
internal unsafe struct ForwardEpilogue<L, T, A>(T* output, nint stride, T* bias, T leak) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public static bool IsLight => A.IsLight;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column) =>
        L.Store(A.Apply(sum + L.Load(bias + column), L.Create(leak)), output + row * stride + column);
}
