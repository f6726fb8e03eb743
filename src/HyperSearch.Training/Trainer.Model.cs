using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training;

/// <content>Taking the trained network out of its trainer.</content>
public sealed unsafe partial class Trainer
{
    /// <summary>
    /// The network as it is now, with the data's schema: all that prediction and export need, independent of trainer and data.
    /// </summary>
    /// <param name="judged">A part whose confusion matrix the model shall carry, such as the test part; null for none.</param>
    /// <exception cref="NotSupportedException">Code wrote the hidden layers.</exception>
    /// <remarks>
    /// Batch norm is folded into the layer before it: with s = γ/√(σ² + ε), μ and σ² its bias-corrected running averages,
    /// s∘(x·W − μ) + β = x·(W∘s) + (β − s∘μ).
    /// </remarks>
    public Model ToModel(Partition? judged = null)
    {
        var graph = _network.Graph;
        using var use = graph.Use();
        if (_parts.Hidden is not null)
            throw new NotSupportedException(
                "A model holds fully connected layers, so it cannot hold hidden layers that code writes. Predict with the trainer.");
        var layers = graph.Parameters.Where(static parameter => parameter.IsWeight).Select(weights =>
        {
            var name = weights.Name[..weights.Name.LastIndexOf('.')];
            return Layer(graph, weights, name);
        });
        return new Model(_data.Schema, [.. layers]) { Confusion = judged is null ? null : Confusion(judged), Learned = _data.TrainMarks };
    }

    /// <summary>How often each class of a part is taken for each other; null for a regression.</summary>
    /// <param name="part">Rows of the same data set.</param>
    public ConfusionMatrix? Confusion(Partition part)
    {
        ArgumentNullException.ThrowIfNull(part);
        using var use = _network.Graph.Use();
        if (_data.Task == LearningTask.Regression)
            return null;
        var (outputs, probabilities, predicted) = (_data.Outputs, Predict(part.Features), new int[part.Rows]);
        for (var row = 0; row < predicted.Length; row++)
        {
            var answer = probabilities.AsSpan(row * outputs, outputs);
            predicted[row] = outputs == 1 ? (answer[0] > 0.5f ? 1 : 0) : Largest(answer);
        }
        return new ConfusionMatrix(_data.Classes, part.Labels, predicted);
    }

    /// <summary>The first of the largest; 0 when none is a number.</summary>
    private static int Largest(ReadOnlySpan<float> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
            largest = values[i] > values[largest] ? i : largest;
        return largest;
    }

    private ModelLayer Layer(ComputationGraph graph, TrainedParameter weights, string name)
    {
        double[] scale = [.. Enumerable.Repeat(1.0, weights.Columns)], shift = new double[weights.Columns];
        if (graph.Parameters.FirstOrDefault(parameter => parameter.Name == name + ".bias") is { } bias)
        {
            for (var j = 0; j < shift.Length; j++)
                shift[j] = graph.Lane.Read(bias.Values, j);
        }
        if (graph.Statistics.FirstOrDefault(statistics => statistics.Name == name) is { } running)
            Fold(graph, running, scale, shift);
        var folded = new float[weights.Rows * weights.Columns];
        for (var i = 0; i < weights.Rows; i++)
        {
            for (var j = 0; j < weights.Columns; j++)
                folded[(i * weights.Columns) + j] = (float)(scale[j] * graph.Lane.Read(weights.Values, weights.At(i, j)));
        }
        return new ModelLayer(weights.Rows, weights.Columns, folded, [.. shift.Select(static b => (float)b)],
            name == "output" ? Activation.Identity : Options.Activation, (float)Options.LeakySlope);
    }

    private void Fold(ComputationGraph graph, RunningStatistics running, double[] scale, double[] shift)
    {
        TrainedParameter gamma = graph.Parameters.First(parameter => parameter.Name == running.Name + ".gamma");
        TrainedParameter beta = graph.Parameters.First(parameter => parameter.Name == running.Name + ".beta");
        var correction = running.Steps == 0 ? 1 : 1 / (1 - PortableMath.Pow(Options.BatchNormMomentum, running.Steps));
        for (var j = 0; j < scale.Length; j++)
        {
            var variance = running.Steps == 0 ? 1 : correction * graph.Lane.Read(running.Variance, j);
            scale[j] = graph.Lane.Read(gamma.Values, j) / Math.Sqrt(variance + Options.BatchNormEpsilon);
            shift[j] = graph.Lane.Read(beta.Values, j) - (scale[j] * correction * graph.Lane.Read(running.Mean, j));
        }
    }
}
