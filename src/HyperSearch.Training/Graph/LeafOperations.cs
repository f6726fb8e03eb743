using HyperSearch.Training.Kernels;

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

/// <summary>A learned value. Its gradient goes to the sink.</summary>
internal sealed unsafe class VariableOperation<L, T>(TrainedParameter parameter) : Operation<L, T>
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

internal sealed record InputRecipe(Tensor Output) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new InputOperation<L, T> { Output = Output };
}

internal sealed record VariableRecipe(Tensor Output, TrainedParameter Parameter) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new VariableOperation<L, T>(Parameter) { Output = Output };
}
