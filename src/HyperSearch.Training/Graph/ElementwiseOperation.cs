using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>y = f(a, b), element by element; an input with one row or one column (or both) is repeated to the other's shape.</summary>
/// <remarks>Gradients: da = dy·∂f/∂a, summed over the elements that shared one of a; db likewise.</remarks>
internal sealed unsafe class ElementwiseOperation<L, T, TFunction>(Tensor a, Tensor b) : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where TFunction : struct, IFunction<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        var rows = Output.RowsIn(pass);
        for (nint row = 0; row < rows; row++)
        {
            for (nint j = 0; j < Output.Columns; j += L.Width)
                L.Store(TFunction.Apply(Piece(a, row, j), Piece(b, row, j)), Value + row * Stride + j);
        }
        ClearPadding(Output, Value, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(in Pass pass)
    {
        var rows = Output.RowsIn(pass);
        for (nint row = 0; row < rows; row++)
        {
            for (nint j = 0; j < Output.Columns; j += L.Width)
            {
                L x = Piece(a, row, j), z = Piece(b, row, j);
                L y = L.Load(Value + row * Stride + j), dy = L.Load(Gradient + row * Stride + j);
                if (a.NeedsGradient)
                    Add(a, row, j, TFunction.ToFirst(dy, x, z, y));
                if (b.NeedsGradient)
                    Add(b, row, j, TFunction.ToSecond(dy, x, z, y));
            }
        }
        if (a.NeedsGradient)
            ClearPadding(a, (T*)a.Gradient, a.RowsIn(pass));
        if (b.NeedsGradient)
            ClearPadding(b, (T*)b.Gradient, b.RowsIn(pass));
    }

    /// <summary>A lane of an input, repeated where the input has only one row or column.</summary>
    private static L Piece(Tensor input, nint row, nint j)
    {
        var start = (T*)input.Value + (input.Rows == 1 ? 0 : row * input.Stride);
        return input.Columns == 1 ? L.Create(*start) : L.Load(start + j);
    }

    private void Add(Tensor input, nint row, nint j, L gradient)
    {
        var start = (T*)input.Gradient + (input.Rows == 1 ? 0 : row * input.Stride);
        if (input.Columns > 1 || Output.Columns == 1)
        {
            L.Store(L.Load(start + j) + gradient, start + j);
            return;
        }
        T* pieces = stackalloc T[16];
        L.Store(gradient, pieces);
        for (nint i = 0; i < L.Width && j + i < Output.Columns; i++)
            L.Store(L.Load(start) + L.Create(pieces[i]), start); // the lanes beside the one column are padding
    }
}

internal sealed record ElementwiseRecipe(Function Function, Tensor A, Tensor B, Tensor Output) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged
    {
        return Function switch
        {
            Function.Add => With<AddFunction<L, T>>(),
            Function.Subtract => With<SubtractFunction<L, T>>(),
            Function.Multiply => With<MultiplyFunction<L, T>>(),
            Function.Divide => With<DivideFunction<L, T>>(),
            Function.Exp => With<ExpFunction<L, T>>(),
            Function.Log => With<LogFunction<L, T>>(),
            Function.Tanh => With<TanhFunction<L, T>>(),
            Function.Relu => With<ReluFunction<L, T>>(),
            Function.Sigmoid => With<SigmoidFunction<L, T>>(),
            Function.Sqrt => With<SqrtFunction<L, T>>(),
            _ => throw new InvalidOperationException($"No operation computes {Function}."),
        };

        ElementwiseOperation<L, T, TFunction> With<TFunction>()
            where TFunction : struct, IFunction<L> => new(A, B) { Output = Output };
    }
}
