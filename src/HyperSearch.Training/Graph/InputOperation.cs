using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Graph;

/// <summary>A value that is there before the pass begins: fed data.</summary>
internal sealed class InputOperation<L, T> : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override void Forward(in Pass pass)
    {
        // The value is fed.
    }

    public override void Backward(in Pass pass)
    {
        // Nothing lies before it.
    }
}
