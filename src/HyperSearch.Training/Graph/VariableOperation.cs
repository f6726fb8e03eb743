using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Graph;

/// <summary>A learned value. Its gradient goes to the sink.</summary>
internal sealed unsafe class VariableOperation<L, T>(Parameter parameter) : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override void Forward(in Pass pass)
    {
        // The value is there.
    }

    public override void Backward(in Pass pass)
    {
        for (nint row = 0; row < Padding.To16(Output.Rows); row++)
        {
            var end = row < Output.Rows ? Output.Columns : 0;
            new Span<T>(Gradient + row * Stride + end, (int)Stride - end).Clear(); // what operations left in the padding
        }
        pass.Sink!.TakeStored(parameter, Gradient);
    }
}
