using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

/// <summary>v ← β·v + g; w ← w − α·(g + β·v): the gradient as if taken one momentum step ahead.</summary>
/// <remarks>Sutskever, Martens, Dahl and Hinton, <see href="https://proceedings.mlr.press/v28/sutskever13.html">On the importance of initialization and momentum</see>, ICML (2013).</remarks>
internal readonly unsafe struct NesterovRule<L, T>(T minusRate, T beta) : IUpdateRule<NesterovRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 1;

    public static NesterovRule<L, T> At(OptimizerSettings options, double rate, long step) => new(L.Number(-rate), L.Number(options.Momentum));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second)
    {
        var v = L.MultiplyAdd(L.Create(beta), L.Load(first), g);
        L.Store(v, first);
        return L.MultiplyAdd(L.Create(minusRate), L.MultiplyAdd(L.Create(beta), v, g), w);
    }
}
