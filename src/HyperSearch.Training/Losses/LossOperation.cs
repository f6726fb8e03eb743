using System.Runtime.CompilerServices;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Losses;

/// <summary>
/// The cost at the end of a network: a weighted mean of each example's loss. Predictions, losses and dz come from one sweep.
/// </summary>
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

    /// <summary>
    /// The task's own loss of each example of the last evaluation; it differs from the output when the user wrote the loss.
    /// </summary>
    public virtual void* TaskLosses => Output.Value;

    public override bool OverwritesGradients => true;

    /// <summary>
    /// Fills targets and weights for the given rows of a part; weights are 1 without class weights, and 0 beyond the rows.
    /// </summary>
    /// <param name="labels">Class of each row of the part; empty where numbers are learned.</param>
    /// <param name="values">The number to learn of each row of the part; looked at when there are no labels.</param>
    /// <param name="rows">The rows of the mini-batch.</param>
    /// <param name="classWeights">The weight of each class; empty for none.</param>
    public abstract void SetTargets(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights);

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
    public override void SetTargets(
        ReadOnlySpan<int> labels, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights)
    {
        T* targets = (T*)Targets, weights = (T*)Weights;
        for (var i = 0; i < rows.Length; i++)
        {
            var label = labels.IsEmpty ? 0 : labels[rows[i]];
            targets[i] = L.Number(labels.IsEmpty ? values[rows[i]] : label);
            weights[i] = L.Number(classWeights.IsEmpty ? 1 : classWeights[label]);
        }
        for (var i = rows.Length; i < Padding.To16(rows.Length); i++)
            weights[i] = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(in Pass pass)
    {
        T* z = (T*)Logits.Value, d = (T*)Logits.Gradient, losses = (T*)Output.Value;
        T* targets = (T*)Targets, weights = (T*)Weights, wrong = (T*)Wrong;
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
            for (nint j = outputs; j < padded; j++)
                L.Store(L.Zero, scratch + j * L.Width);
            for (nint j = 0; j < padded; j += L.Width)
                L.Transpose(scratch + j * L.Width, L.Width, d + row * stride + j, stride);
        }
    }
}

/// <summary>The loss that a task asks for: the one place where it is chosen.</summary>
internal sealed record LossRecipe(LearningTask Task, Tensor Logits, Tensor Output, Arena Arena) : IRecipe<LossOperation>
{
    public LossOperation Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged => Task switch
        {
            LearningTask.MultiClass => With<L, T, Softmax<L, T>>(),
            LearningTask.Binary => With<L, T, Logistic<L, T>>(),
            _ => With<L, T, SquaredError<L, T>>(),
        };

    private unsafe LossOperation<L, T, TLoss> With<L, T, TLoss>()
        where L : struct, ILane<L, T>
        where T : unmanaged
        where TLoss : struct, ILoss<L, T> =>
        new(Arena.Take<T>((long)Padding.To16(Logits.Columns) * L.Width))
        {
            Output = Output,
            Logits = Logits,
            Targets = Arena.Take<T>(Logits.Rows),
            Weights = Arena.Take<T>(Logits.Rows),
            Wrong = Arena.Take<T>(Logits.Rows),
        };
}

/// <summary>Losses, written into a graph.</summary>
internal static unsafe class LossExtensions
{
    /// <summary>One loss per example, and the gradient of their weighted mean.</summary>
    public static LossOperation Loss(this ComputationGraph graph, LearningTask task, Tensor logits)
    {
        var loss = graph.Lane.Make(new LossRecipe(task, logits, graph.Losses(logits), graph.Arena));
        graph.Add(loss, logits);
        return loss;
    }

    /// <summary>The same with losses that an expression gives.</summary>
    /// <param name="graph">The graph of <paramref name="logits"/>.</param>
    /// <param name="task">Judges predictions.</param>
    /// <param name="logits">The outputs, [batch, outputs].</param>
    /// <param name="expression">From the outputs and the wanted outputs to one loss per example.</param>
    /// <exception cref="ArgumentException">The expression is not one loss per example that depends on the outputs.</exception>
    public static LossOperation Loss(this ComputationGraph graph, LearningTask task, Tensor logits, Func<Tensor, Tensor, Tensor> expression)
    {
        var wanted = graph.Input(logits.Rows, logits.Columns);
        var losses = expression(logits, wanted);
        if (losses is null || losses.Graph != graph || !losses.FollowsBatch || losses.Columns != 1 || !losses.NeedsGradient)
        {
            throw new ArgumentException(
                "A loss is a tensor [batch, 1] made of the outputs that it is given: one number for each example. RowSums adds up a row.",
                nameof(expression));
        }
        var judge = graph.Lane.Make(new LossRecipe(task, logits, graph.Losses(logits), graph.Arena));
        var loss = graph.Lane.Make(new ExpressionLossRecipe(judge, losses, wanted, graph.Losses(logits)));
        graph.Add(loss, losses);
        return loss;
    }

    /// <summary>Room for one number per example, side by side.</summary>
    private static Tensor Losses(this ComputationGraph graph, Tensor logits)
    {
        var losses = graph.NewTensor(logits.Rows, 1, logits.FollowsBatch, needsGradient: false);
        losses.Value = graph.Lane.Take(graph.Arena, logits.Rows);
        losses.Stride = 1;
        return losses;
    }
}
