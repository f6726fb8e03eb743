using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

/// <summary>A finished piece of dW moves its weights on the spot: the gradient never touches memory.</summary>
internal unsafe struct UpdateEpilogue<L, T, TRule, TPenalty>(TRule rule, TPenalty penalty, T* w, T* first, T* second, Strips strips) : IEpilogue<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where TRule : struct, IUpdateRule<TRule, L, T>
    where TPenalty : struct, IPenalty<L>
{
    private nint _start, _width;

    public static bool IsLight => false;

    public void Enter(nint column, int width) => (_start, _width) = (strips.At(0, column) - column, width);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(L sum, nint row, nint column) => Apply(sum, _start + row * _width + column);

    /// <summary>Moves the weights at one position of the parameter's memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Apply(L gradient, nint at)
    {
        var old = L.Load(w + at);
        L.Store(rule.Apply(penalty.Shrink(old), penalty.Gradient(old, gradient), first + at, second + at), w + at);
    }
}
