using System.Runtime.CompilerServices;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Losses;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Graph;

/// <summary>A computation: values fed and learned, operations on them in the order they were written, and one cost at the end.</summary>
/// <remarks>
/// Forward runs the operations in order, backward in reverse. All memory is taken while the graph is built; a step allocates nothing.
/// A parameter's gradient flows, piece by piece, into a sink: it moves the parameter on the spot or is stored. Not thread safe; one trial, one graph.
/// </remarks>
public sealed unsafe partial class ComputationGraph : IDisposable
{
    private readonly List<Operation> _operations = [];
    private readonly List<Parameter> _parameters = [];
    private readonly List<BatchNormStatistics> _statistics = [];
    private readonly List<Tensor> _accumulating = [];
    private readonly List<Operation> _backward = [];
    private GradientSink? _sink;
    private Tensor? _seeded;

    /// <summary>An empty graph.</summary>
    /// <param name="precision">32 bits to train, 64 to check gradients.</param>
    public ComputationGraph(Precision precision = Precision.Bits32) => Kernels = Kernels.For(precision);

    /// <summary>Bytes of native memory held.</summary>
    public long Bytes => Arena.Bytes;

    internal Kernels Kernels { get; }

    internal Arena Arena { get; } = new();

    internal IReadOnlyList<Parameter> Parameters => _parameters;

    internal IReadOnlyList<BatchNormStatistics> Statistics => _statistics;

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Arena.Dispose();

    /// <summary>Data fed for each mini-batch: [up to <paramref name="rows"/>, columns].</summary>
    internal Tensor Input(int rows, int columns)
    {
        var tensor = NewTensor(rows, columns, followsBatch: true, needsGradient: false);
        Add(Kernels.Input(tensor));
        return tensor;
    }

    /// <summary>y = g(x·W + b), with dropout.</summary>
    internal Tensor Dense(string name, Tensor x, int units, bool withBias, Activation activation, double leakySlope, double keepProb)
    {
        var weights = NewParameter(name + ".weights", x.Columns, units, isWeight: true);
        var bias = withBias ? NewParameter(name + ".bias", 1, units, isWeight: false) : null;
        var y = NewTensor(x.Rows, units, x.FollowsBatch, needsGradient: true);
        var activated = new Activated(activation, leakySlope, keepProb < 1 ? Kernels.Dropout(keepProb, y, Arena) : null);
        Add(Kernels.Dense(x, y, weights, bias, activated, Arena), x);
        Remember(activated.Dropout);
        return y;
    }

    /// <summary>y = g(γ·x̂ + β), in place of x, with dropout.</summary>
    internal Tensor BatchNorm(string name, Tensor x, double epsilon, double momentum, Activation activation, double leakySlope, double keepProb)
    {
        var gamma = NewParameter(name + ".gamma", 1, x.Columns, isWeight: false);
        var beta = NewParameter(name + ".beta", 1, x.Columns, isWeight: false);
        for (var j = 0; j < x.Columns; j++)
            Kernels.Write(gamma.Values, j, 1);
        var running = new BatchNormStatistics(name, x.Columns)
        {
            Mean = Kernels.Take(Arena, x.Columns),
            Variance = Kernels.Take(Arena, x.Columns),
        };
        _statistics.Add(running);
        var y = new Tensor(this, x.Rows, x.Columns)
        {
            Stride = x.Stride,
            Value = x.Value,
            Gradient = x.Gradient,
            FollowsBatch = x.FollowsBatch,
            NeedsGradient = true,
        };
        var activated = new Activated(activation, leakySlope, keepProb < 1 ? Kernels.Dropout(keepProb, y, Arena) : null);
        Add(Kernels.BatchNorm(y, gamma, beta, running, epsilon, momentum, activated, Arena), x);
        Remember(activated.Dropout);
        return y;
    }

    /// <summary>One loss per example, and the gradient of their weighted mean.</summary>
    internal LossOperation Loss(Data.LearningTask task, Tensor logits)
    {
        var losses = NewTensor(logits.Rows, 1, logits.FollowsBatch, needsGradient: false);
        losses.Value = Kernels.Take(Arena, logits.Rows);
        losses.Stride = 1;
        var loss = Kernels.Loss(task, logits, losses, Arena);
        Add(loss, logits);
        return loss;
    }

    internal List<IDropout> Dropouts { get; } = [];

    /// <summary>Ends building: gradients of every parameter go into <paramref name="sink"/>.</summary>
    internal void Finish(GradientSink sink)
    {
        _sink = sink;
        foreach (var parameter in _parameters)
            sink.Attach(parameter, Arena);
        foreach (var operation in _operations)
        {
            if (!operation.Output.NeedsGradient)
                continue;
            _backward.Add(operation);
            if (operation.Output.Accumulates)
                _accumulating.Add(operation.Output);
        }
        _backward.Reverse();
    }

    /// <summary>Runs every operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Forward(int rows, bool training)
    {
        var pass = new Pass(rows, training, _sink);
        for (var i = 0; i < _operations.Count; i++)
            _operations[i].Forward(pass);
    }

    /// <summary>Derives every gradient from the last forward pass, and closes the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Backward(int rows, double learningRate, long step)
    {
        var pass = new Pass(rows, Training: true, _sink);
        for (var i = 0; i < _accumulating.Count; i++)
        {
            if (_accumulating[i] != _seeded)
                Clear(_accumulating[i]);
        }
        _sink!.Begin(learningRate, step);
        for (var i = 0; i < _backward.Count; i++)
            _backward[i].Backward(pass);
        _sink.End(_parameters);
    }

    /// <summary>∂cost/∂cost = 1, from which every other gradient derives.</summary>
    internal void SeedGradient(Tensor cost)
    {
        _seeded = cost;
        Kernels.Write(cost.Gradient, 0, 1);
    }

    internal Parameter NewParameter(string name, int rows, int columns, bool isWeight)
    {
        var parameter = new Parameter(name, rows, columns, isWeight);
        parameter.Values = Kernels.Take(Arena, parameter.Length);
        _parameters.Add(parameter);
        return parameter;
    }

    private Tensor NewTensor(int rows, int columns, bool followsBatch, bool needsGradient)
    {
        var tensor = new Tensor(this, rows, columns) { Stride = Padding.Stride(columns), FollowsBatch = followsBatch, NeedsGradient = needsGradient };
        var length = (long)Padding.To16(rows) * tensor.Stride;
        tensor.Value = Kernels.Take(Arena, length);
        if (needsGradient)
            tensor.Gradient = Kernels.Take(Arena, length);
        return tensor;
    }

    private void Add(Operation operation, params ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            input.Consumers.Add(operation);
        operation.Output.Producer = operation;
        _operations.Add(operation);
    }

    private void Remember(IDropout? dropout)
    {
        if (dropout is not null)
            Dropouts.Add(dropout);
    }

    private void Clear(Tensor tensor) =>
        new Span<byte>(tensor.Gradient, Padding.To16(tensor.Rows) * tensor.Stride * Kernels.ElementBytes).Clear();
}
