using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>y = a·b. Shapes: a [m, k], b [k, n], y [m, n]. Gradients: da = dy·bᵀ, db = aᵀ·dy.</summary>
internal sealed unsafe class MatrixProductOperation<L, T> : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    private readonly Tensor _a, _b;
    private readonly T* _transposed;
    private readonly nint _transposedStride;

    public MatrixProductOperation(Tensor a, Tensor b, Arena arena)
    {
        (_a, _b) = (a, b);
        _transposedStride = Padding.Stride(b.Rows);
        _transposed = arena.Take<T>((long)Padding.To16(b.Columns) * _transposedStride);
    }

    public override void Forward(in Pass pass)
    {
        new Span<T>(Value, Padding.To16(Output.Rows) * (int)Stride).Clear();
        var add = new AddEpilogue<L, T>(Value, Stride);
        var b = Operand<T>.RowMajor((T*)_b.Value, _b.Stride);
        Product.Run<L, T, AddEpilogue<L, T>>((T*)_a.Value, _a.Stride, 1, b, Output.RowsIn(pass), Output.Columns, _a.Columns, ref add);
    }

    public override void Backward(in Pass pass)
    {
        var rows = Output.RowsIn(pass);
        if (_a.NeedsGradient)
        {
            for (nint i = 0; i < Padding.To16(_b.Rows); i += L.Width)
            {
                for (nint j = 0; j < Padding.To16(_b.Columns); j += L.Width)
                    L.Transpose((T*)_b.Value + i * _b.Stride + j, _b.Stride, _transposed + j * _transposedStride + i, _transposedStride);
            }
            ((Operation<L, T>)_a.Producer!).ReceiveProduct(
                Gradient, Stride, Operand<T>.RowMajor(_transposed, _transposedStride), rows, Output.Columns);
        }
        if (_b.NeedsGradient)
        {
            var add = new AddEpilogue<L, T>((T*)_b.Gradient, _b.Stride);
            Product.Run<L, T, AddEpilogue<L, T>>(
                (T*)_a.Value, 1, _a.Stride, Operand<T>.RowMajor(Gradient, Stride), _b.Rows, Output.Columns, rows, ref add);
        }
    }
}

internal sealed record MatrixProductRecipe(Tensor A, Tensor B, Tensor Output, Arena Arena) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new MatrixProductOperation<L, T>(A, B, Arena) { Output = Output };
}
