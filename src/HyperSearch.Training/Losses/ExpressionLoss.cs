using System.Runtime.CompilerServices;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Losses;

/// <summary>
/// A cost whose losses are an expression of the user's; the task's own loss only judges: it makes predictions and counts mistakes.
/// </summary>
/// <param name="task">The task's own loss on the same outputs; it is no operation of the graph.</param>
/// <param name="losses">The expression, [batch, 1].</param>
/// <param name="wanted">The wanted outputs, [batch, outputs].</param>
internal sealed unsafe class ExpressionLoss<L, T>(LossOperation task, Tensor losses, Tensor wanted) : LossOperation
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override void* TaskLosses => task.Output.Value;

    public override void SetTargets(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights)
    {
        task.SetTargets(labels, values, rows, classWeights);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = new Span<T>((T*)wanted.Value + (nint)i * wanted.Stride, wanted.Columns);
            row.Clear();
            if (wanted.Columns > 1)
                row[labels[rows[i]]] = L.Number(1);
            else
                row[0] = ((T*)Targets)[i];
        }
    }

    /// <summary>Copies the losses; in training writes ∂cost/∂loss = weight/batch, in evaluation lets the task judge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        T* from = (T*)losses.Value, to = (T*)Output.Value;
        for (nint row = 0; row < pass.Rows; row++)
            to[row] = from[row * losses.Stride];
        if (!pass.Training)
        {
            task.Forward(pass);
            return;
        }
        T* gradient = (T*)losses.Gradient, weights = (T*)Weights, lane = stackalloc T[16];
        var share = L.Constant(1.0 / pass.Rows);
        for (nint row = 0; row < pass.Rows; row++)
        {
            L.Store(L.Create(weights[row]) * share, lane);
            gradient[row * losses.Stride] = lane[0];
        }
    }
}

internal sealed record ExpressionLossRecipe(LossOperation Task, Tensor Losses, Tensor Wanted, Tensor Output) : IRecipe<LossOperation>
{
    public unsafe LossOperation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => new ExpressionLoss<L, T>(Task, Losses, Wanted)
        {
            Output = Output,
            Logits = Task.Logits,
            Targets = Task.Targets,
            Weights = Task.Weights,
            Wrong = Task.Wrong,
        };
}
