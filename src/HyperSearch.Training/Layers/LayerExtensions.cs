using HyperSearch.Numerics;
using HyperSearch.Training.Graph;

namespace HyperSearch.Training.Layers;

/// <summary>Layers, written into a graph.</summary>
public static unsafe class LayerExtensions
{
    /// <summary>A fully connected layer g(x·W + b) with new weights of variance 2/n (relu) or 1/n (others).</summary>
    /// <param name="graph">The graph of <paramref name="x"/>.</param>
    /// <param name="x">Inputs, [rows, n].</param>
    /// <param name="units">Columns of the result.</param>
    /// <param name="activation">g.</param>
    /// <param name="random">Draws the weights.</param>
    public static Tensor Dense(this ComputationGraph graph, Tensor x, int units, Activation activation, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(random);
        var y = graph.Dense($"dense{graph.Parameters.Count + 1}", x, units, withBias: true, activation, leakySlope: 0.01, keepProb: 1);
        var initialization = activation is Activation.Relu or Activation.LeakyRelu ? Initialization.He : Initialization.Xavier;
        graph.Draw(graph.Parameters[^2], initialization, multiplier: 1, random);
        return y;
    }

    /// <summary>y = g(x·W + b), with dropout.</summary>
    internal static Tensor Dense(
        this ComputationGraph graph, string name, Tensor x, int units, bool withBias,
        Activation activation, double leakySlope, double keepProb)
    {
        var weights = graph.NewParameter(name + ".weights", x.Columns, units, isWeight: true);
        var bias = withBias ? graph.NewParameter(name + ".bias", 1, units, isWeight: false) : null;
        var y = graph.NewTensor(x.Rows, units, x.FollowsBatch, needsGradient: true);
        var activated = new Activated(activation, leakySlope, keepProb < 1 ? graph.Dropout(keepProb, y) : null);
        graph.Add(graph.Lane.Make(new DenseRecipe(x, y, weights, bias, activated, graph.Arena)), x);
        return y;
    }

    /// <summary>y = g(γ·x̂ + β), in place of x, with dropout.</summary>
    internal static Tensor BatchNorm(
        this ComputationGraph graph, string name, Tensor x, BatchNormNumbers numbers,
        Activation activation, double leakySlope, double keepProb)
    {
        var gamma = graph.NewParameter(name + ".gamma", 1, x.Columns, isWeight: false);
        var beta = graph.NewParameter(name + ".beta", 1, x.Columns, isWeight: false);
        for (var j = 0; j < x.Columns; j++)
            graph.Lane.Write(gamma.Values, j, 1);
        var running = graph.NewStatistics(name, x.Columns);
        var y = graph.InPlaceOf(x);
        var activated = new Activated(activation, leakySlope, keepProb < 1 ? graph.Dropout(keepProb, y) : null);
        graph.Add(graph.Lane.Make(new BatchNormRecipe(y, gamma, beta, running, numbers, activated, graph.Arena)), x);
        return y;
    }

    /// <summary>A fresh dropout mask for each mini-batch, applied to <paramref name="output"/> in place.</summary>
    internal static IDropout Dropout(this ComputationGraph graph, double keepProb, Tensor output)
    {
        var dropout = graph.Lane.Make(new DropoutRecipe(keepProb, output, graph.Arena));
        graph.Seeded.Add(dropout);
        return dropout;
    }

    /// <summary>W ~ N(0, (multiplier·σ)²), σ² = 2/n (he) or 1/n (xavier), drawn row by row.</summary>
    internal static void Draw(
        this ComputationGraph graph, TrainedParameter weights, Initialization initialization, double multiplier, RandomStream random)
    {
        var deviation = multiplier * Math.Sqrt((initialization == Initialization.He ? 2.0 : 1.0) / weights.Rows);
        for (var i = 0; i < weights.Rows; i++)
        {
            for (var j = 0; j < weights.Columns; j++)
                graph.Lane.Write(weights.Values, weights.At(i, j), deviation * random.NextNormal());
        }
    }
}
