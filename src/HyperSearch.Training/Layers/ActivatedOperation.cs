using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Layers;

/// <summary>
/// An operation whose output passes an activation and, in training, dropout; its gradient is folded with the slope as it arrives.
/// </summary>
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
            var fold = new MaskedSlopeEpilogue<L, T, A>(
                Gradient, Value, Dropout.Mask, Stride, L.Number(LeakySlope), L.Number(Dropout.KeepProb));
            Product.Run<L, T, MaskedSlopeEpilogue<L, T, A>>(d, stride, 1, w, rows, Output.Columns, k, ref fold);
        }
    }

    /// <summary>Drops elements, and clears the padding columns where an activation has g(0) ≠ 0.</summary>
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
                    plain.Take(gradient, row * Stride + j, j);
                else
                    masked.Take(gradient, row * Stride + j, j);
            }
        }
    }
}

/// <summary>The part of a layer that follows its product or its normalization.</summary>
/// <param name="Activation">g.</param>
/// <param name="LeakySlope">For leaky_relu.</param>
/// <param name="Dropout">Null for none.</param>
internal readonly record struct Activated(Activation Activation, double LeakySlope, IDropout? Dropout);

/// <summary>Makes an activated operation: the one place where an activation is chosen.</summary>
internal abstract class ActivatedRecipe(Activated activated) : IRecipe<Operation>
{
    protected Activated Activated => activated;

    public Operation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => activated.Activation switch
        {
            Activation.Identity => Make<L, T, Identity<L, T>>(),
            Activation.Relu => Make<L, T, Relu<L, T>>(),
            Activation.LeakyRelu => Make<L, T, LeakyRelu<L, T>>(),
            Activation.Tanh => Make<L, T, Tanh<L, T>>(),
            Activation.Sigmoid => Make<L, T, Sigmoid<L, T>>(),
            _ => throw new InvalidOperationException($"No layer applies {activated.Activation}."),
        };

    protected abstract Operation Make<L, T, A>()
        where L : struct, ILane<L, T>
        where T : unmanaged
        where A : struct, IActivation<L>;
}
