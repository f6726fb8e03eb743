using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>
/// y = scale·Σ x over all elements: a sum (scale 1) or a mean (one over their number). Gradient: dx = scale·dy everywhere.
/// </summary>
internal sealed unsafe class ReduceOperation<L, T>(Tensor x, bool mean) : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override void Forward(in Pass pass)
    {
        var rows = x.RowsIn(pass);
        double sum = 0;
        for (nint row = 0; row < rows; row++)
        {
            for (nint j = 0; j < x.Columns; j++)
                sum += Number((T*)x.Value + row * x.Stride + j);
        }
        *Value = L.Number(sum * Scale(rows));
    }

    public override void Backward(in Pass pass)
    {
        var rows = x.RowsIn(pass);
        var dx = L.Create(*Gradient) * L.Constant(Scale(rows));
        for (nint row = 0; row < rows; row++)
        {
            for (nint j = 0; j < x.Columns; j += L.Width)
            {
                var at = (T*)x.Gradient + row * x.Stride + j;
                L.Store(L.Load(at) + dx, at);
            }
        }
        ClearPadding(x, (T*)x.Gradient, rows);
    }

    private double Scale(int rows) => mean ? 1.0 / ((double)rows * x.Columns) : 1;

    private static double Number(T* value) => typeof(T) == typeof(float) ? *(float*)value : *(double*)value;
}

internal sealed record ReduceRecipe(Tensor X, bool Mean, Tensor Output) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new ReduceOperation<L, T>(X, Mean) { Output = Output };
}
