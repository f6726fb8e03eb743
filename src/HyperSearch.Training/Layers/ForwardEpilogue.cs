using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>A finished x·W becomes a = g(x·W + b).</summary>
internal unsafe struct ForwardEpilogue<L, T, A>(T* output, nint stride, T* bias, L leak) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public readonly void Enter(nint column, int width)
    {
        // Rows lie side by side in memory: nothing changes from strip to strip.
    }

    public readonly void Expect(nint row, nint column, int rows)
    {
        // What the pieces touch was touched a moment ago.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column) =>
        L.Store(A.Apply(sum + L.Load(bias + column), leak), output + row * stride + column);
}
