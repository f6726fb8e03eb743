using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Optimizers;

/// <summary>The share of regularization in an update.</summary>
internal interface IPenalty<L>
    where L : struct
{
    /// <summary>The gradient with the penalty's own added.</summary>
    L Gradient(L w, L g);

    /// <summary>The weight after decay that is apart from the gradient.</summary>
    L Shrink(L w);
}

/// <summary>None: biases, γ, β, and weights when nothing is asked for.</summary>
internal readonly struct NoPenalty<L> : IPenalty<L>
    where L : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Gradient(L w, L g) => g;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Shrink(L w) => w;
}

/// <summary>g + l2·w, for the cost's ½·l2·‖W‖² with l2 = λ/m (the course's form: 'weight decay' through the gradient).</summary>
internal readonly struct L2Penalty<L, T>(T l2) : IPenalty<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Gradient(L w, L g) => L.MultiplyAdd(L.Create(l2), w, g);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Shrink(L w) => w;
}

/// <summary>g + l2·w + l1·sign(w), and w·(1 − α·decay): all three at once. sign(0) = 0.</summary>
/// <remarks>
/// Decay apart from the gradient: Loshchilov and Hutter, <see href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay
/// Regularization</see>, ICLR (2019).
/// </remarks>
internal readonly struct FullPenalty<L, T>(T l2, T l1, T keep) : IPenalty<L>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Gradient(L w, L g)
    {
        var sign = L.And(L.GreaterThan(w, L.Zero), L.Create(l1)) - L.And(L.GreaterThan(L.Zero, w), L.Create(l1));
        return L.MultiplyAdd(L.Create(l2), w, g) + sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Shrink(L w) => w * L.Create(keep);
}
