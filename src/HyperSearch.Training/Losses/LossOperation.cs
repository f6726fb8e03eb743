using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Losses;

/// <summary>The cost at the end of a network: a weighted mean of each example's loss. Predictions, losses and dz come from one sweep.</summary>
/// <remarks>
/// Output: one loss per example, [batch, 1]. The gradient dz = weight·(ŷ − y)/batch is written in the forward pass of training;
/// in evaluation the place of the gradient holds the predictions ŷ instead.
/// </remarks>
internal abstract unsafe class LossOperation : Operation
{
    /// <summary>One number per example: class index or value. Room for the batch rounded up to 16.</summary>
    public required void* Targets { get; init; }

    /// <summary>One weight per example: 1 or the class's weight; 0 beyond the mini-batch.</summary>
    public required void* Weights { get; init; }

    /// <summary>1 for each example misjudged, else 0.</summary>
    public required void* Wrong { get; init; }

    public required Tensor Logits { get; init; }

    public override bool OverwritesGradients => true;

    public override void Backward(in Pass pass)
    {
        // The forward pass has written the gradient of the logits.
    }
}

/// <summary>A loss compiled for one lane.</summary>
internal sealed unsafe class LossOperation<L, T, TLoss>(T* scratch) : LossOperation
    where L : struct, ILane<L, T>
    where T : unmanaged
    where TLoss : struct, ILoss<L, T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        T* z = (T*)Logits.Value, d = (T*)Logits.Gradient, losses = (T*)Output.Value, targets = (T*)Targets, weights = (T*)Weights, wrong = (T*)Wrong;
        nint stride = Logits.Stride;
        int outputs = Logits.Columns, padded = Padding.To16(outputs);
        var share = L.Constant(1.0 / pass.Rows);
        for (nint row = 0; row < pass.Rows; row += L.Width)
        {
            for (nint j = 0; j < padded; j += L.Width)
                L.Transpose(z + row * stride + j, stride, scratch + j * L.Width, L.Width);
            var target = L.Load(targets + row);
            L.Store(TLoss.Predict(scratch, outputs, target, out var mistaken), losses + row);
            L.Store(mistaken, wrong + row);
            if (pass.Training)
                TLoss.Differentiate(scratch, outputs, target, L.Load(weights + row) * share);
            new Span<T>(scratch + outputs * L.Width, (padded - outputs) * L.Width).Clear();
            for (nint j = 0; j < padded; j += L.Width)
                L.Transpose(scratch + j * L.Width, L.Width, d + row * stride + j, stride);
        }
    }
}
