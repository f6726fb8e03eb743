using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>y = one element of x. Gradient: dy goes to that element.</summary>
internal sealed unsafe class ElementOperation<L, T>(Tensor x, int row, int column) : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override void Forward(in Pass pass) => *Value = ((T*)x.Value)[(nint)row * x.Stride + column];

    public override void Backward(in Pass pass)
    {
        if (!x.NeedsGradient)
            return;
        T* lane = stackalloc T[16];
        var at = (T*)x.Gradient + (nint)row * x.Stride + column;
        L.Store(L.Create(*at) + L.Create(*Gradient), lane);
        *at = lane[0];
    }
}

internal sealed record ElementRecipe(Tensor X, int Row, int Column, Tensor Output) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new ElementOperation<L, T>(X, Row, Column) { Output = Output };
}
