using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>An operation whose output passes an activation and, in training, dropout; its gradient is folded with the slope as it arrives.</summary>
internal abstract unsafe class ActivatedOperation<L, T, A>(double leakySlope) : Operation<L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
    where A : struct, IActivation<L>
{
    public Dropout<L, T>? Dropout { get; init; }

    protected double LeakySlope { get; } = leakySlope;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ReceiveProduct(T* d, nint stride, Operand<T> w, int rows, int k)
    {
        if (Output.Accumulates)
        {
            base.ReceiveProduct(d, stride, w, rows, k);
        }
        else if (Dropout is null)
        {
            var fold = new SlopeEpilogue<L, T, A>(Gradient, Value, Stride, L.Number(LeakySlope));
            Product.Run<L, T, SlopeEpilogue<L, T, A>>(d, stride, 1, w, rows, Output.Columns, k, ref fold);
        }
        else
        {
            var fold = new MaskedSlopeEpilogue<L, T, A>(Gradient, Value, Dropout.Mask, Stride, L.Number(LeakySlope), L.Number(Dropout.KeepProb));
            Product.Run<L, T, MaskedSlopeEpilogue<L, T, A>>(d, stride, 1, w, rows, Output.Columns, k, ref fold);
        }
    }

    /// <summary>Drops, and clears what an activation with g(0) ≠ 0 has left in the padding columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void FinishForward(in Pass pass)
    {
        if (A.MovesZero)
        {
            for (var row = 0; row < Padding.To8(Output.RowsIn(pass)); row++)
                new Span<T>(Value + row * Stride + Output.Columns, Padding.To16(Output.Columns) - Output.Columns).Clear();
        }
        if (pass.Training)
            Dropout?.Apply(Value, Output.RowsIn(pass));
    }

    /// <summary>Turns a gradient that did not arrive folded into dz.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected void FoldSlope(in Pass pass)
    {
        if (Output.IsFolded || (typeof(A) == typeof(Identity<L, T>) && Dropout is null))
            return;
        var plain = new SlopeEpilogue<L, T, A>(Gradient, Value, Stride, L.Number(LeakySlope));
        var masked = Dropout is null ? default
            : new MaskedSlopeEpilogue<L, T, A>(Gradient, Value, Dropout.Mask, Stride, L.Number(LeakySlope), L.Number(Dropout.KeepProb));
        for (nint row = 0; row < Output.RowsIn(pass); row++)
        {
            for (nint j = 0; j < Output.Columns; j += L.Width)
            {
                var gradient = L.Load(Gradient + row * Stride + j);
                if (Dropout is null)
                    plain.Take(gradient, row, j);
                else
                    masked.Take(gradient, row, j);
            }
        }
    }
}
