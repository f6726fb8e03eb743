using HyperSearch.Training.Graph;

namespace HyperSearch.Training.Optimizers;

/// <summary>Moves the variables of a graph downhill on its cost.</summary>
public sealed class Minimizer
{
    private readonly ComputationGraph _graph;
    private readonly Tensor _cost;
    private long _step;

    internal Minimizer(ComputationGraph graph, Tensor cost, double learningRate) =>
        (_graph, _cost, LearningRate) = (graph, cost, learningRate);

    /// <summary>α of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>One step: forward, backward, every variable moved. Allocates nothing.</summary>
    /// <returns>The cost before the step.</returns>
    public double Step()
    {
        using var use = _graph.Use();
        _graph.Forward(rows: 0, training: true);
        _graph.SeedGradient(_cost);
        _graph.Backward(rows: 0, LearningRate, ++_step);
        return _cost.Scalar;
    }
}

/// <summary>Minimization of a cost, written into a graph.</summary>
public static class MinimizerExtensions
{
    /// <summary>Ends building: <see cref="Minimizer.Step"/> will move every variable downhill on <paramref name="cost"/>.</summary>
    /// <param name="graph">The graph of <paramref name="cost"/>.</param>
    /// <param name="cost">A [1, 1] tensor of the graph.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="optimizer">How variables follow their gradients; its other hyperparameters have the trainer's defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="cost"/> is not one number of the graph.</exception>
    /// <exception cref="InvalidOperationException">Building has ended before.</exception>
    public static Minimizer Minimize(
        this ComputationGraph graph, Tensor cost, double learningRate, OptimizerKind optimizer = OptimizerKind.GradientDescent)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(cost);
        graph.EndWith(cost, graph.Lane.Make(new UpdatesRecipe(new OptimizerSettings { Kind = optimizer })));
        return new Minimizer(graph, cost, learningRate);
    }
}
