using System.Runtime.CompilerServices;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>y = xᵀ. Shapes: x [m, n], y [n, m]. Gradient: dx = dyᵀ.</summary>
internal sealed unsafe class TransposeOperation<L, T>(Tensor x) : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        for (nint i = 0; i < Padding.To16(x.Rows); i += L.Width)
        {
            for (nint j = 0; j < Padding.To16(x.Columns); j += L.Width)
                L.Transpose((T*)x.Value + i * x.Stride + j, x.Stride, Value + j * Stride + i, Stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(in Pass pass)
    {
        if (!x.NeedsGradient)
            return;
        T* block = stackalloc T[16 * 16];
        for (nint i = 0; i < x.Rows; i += L.Width)
        {
            for (nint j = 0; j < x.Columns; j += L.Width)
            {
                L.Transpose(Gradient + j * Stride + i, Stride, block, L.Width);
                for (nint row = 0; row < L.Width; row++)
                {
                    var at = (T*)x.Gradient + (i + row) * x.Stride + j;
                    L.Store(L.Load(at) + L.Load(block + row * L.Width), at);
                }
            }
        }
        ClearPadding(x, (T*)x.Gradient, x.Rows);
    }
}

internal sealed record TransposeRecipe(Tensor X, Tensor Output) : IRecipe<Operation>
{
    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new TransposeOperation<L, T>(X) { Output = Output };
}
