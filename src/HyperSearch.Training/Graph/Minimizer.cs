namespace HyperSearch.Training.Graph;

/// <summary>Moves the variables of a graph downhill on its cost.</summary>
public sealed class Minimizer
{
    private readonly ComputationGraph _graph;
    private readonly Tensor _cost;
    private long _step;

    internal Minimizer(ComputationGraph graph, Tensor cost, double learningRate) => (_graph, _cost, LearningRate) = (graph, cost, learningRate);

    /// <summary>α of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>One step: forward, backward, every variable moved. Allocates nothing.</summary>
    /// <returns>The cost before the step.</returns>
    public double Step()
    {
        _graph.Forward(rows: 0, training: true);
        _graph.SeedGradient(_cost);
        _graph.Backward(rows: 0, LearningRate, ++_step);
        return _cost.Scalar;
    }
}
