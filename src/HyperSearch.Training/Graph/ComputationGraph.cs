using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Graph;

/// <summary>A computation: values fed and learned, operations on them in the order they were written, and one cost at the end.</summary>
/// <remarks>
/// Forward runs the operations in order, backward in reverse. All memory is taken while the graph is built; a step allocates nothing.
/// A parameter's gradient flows, piece by piece, into a sink: it moves the parameter on the spot or is stored. Not thread safe; one trial,
/// one graph.
/// </remarks>
public sealed unsafe partial class ComputationGraph : IDisposable
{
    private readonly List<Operation> _operations = [];
    private readonly List<TrainedParameter> _parameters = [];
    private readonly List<RunningStatistics> _statistics = [];
    private readonly List<Tensor> _accumulating = [];
    private readonly List<Operation> _backward = [];
    private GradientSink? _sink;
    private Tensor? _seeded;

    /// <summary>An empty graph.</summary>
    /// <param name="precision">32 bits to train, 64 to check gradients.</param>
    public ComputationGraph(Precision precision = Precision.Bits32) => Lane = Lane.For(precision);

    /// <summary>Bytes of native memory held.</summary>
    public long Bytes => Arena.Bytes;

    internal Lane Lane { get; }

    internal Arena Arena { get; } = new();

    internal IReadOnlyList<Operation> Operations => _operations;

    internal IReadOnlyList<TrainedParameter> Parameters => _parameters;

    /// <summary>Where the gradients go; null until the graph is finished.</summary>
    internal GradientSink? Sink => _sink;

    internal IReadOnlyList<RunningStatistics> Statistics => _statistics;

    /// <summary>The operations' generators of random numbers, in the order in which they were built.</summary>
    internal List<ISeeded> Seeded { get; } = [];

    /// <summary>
    /// Frees the memory; a step that another thread is in ends before. From then on the graph and its tensors answer with
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => Arena.Dispose();

    /// <summary>Begins a use of the graph's memory, which stays until the use has ended.</summary>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    internal UseCount.Use Use() => Arena.Uses.Begin(this);

    /// <summary>Stands before what is done within a use, so that it ends soon after the memory was disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The memory is freed.</exception>
    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Arena.IsFreed, this);

    /// <summary>Data fed for each mini-batch: [up to <paramref name="rows"/>, columns].</summary>
    internal Tensor Input(int rows, int columns)
    {
        var tensor = NewTensor(rows, columns, followsBatch: true, needsGradient: false);
        Add(Lane.Make(new InputRecipe(tensor)));
        return tensor;
    }

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
        ThrowIfDisposed();
        var pass = new Pass(rows, training, _sink);
        for (var i = 0; i < _operations.Count; i++)
            _operations[i].Forward(pass);
    }

    /// <summary>Derives every gradient from the last forward pass, and closes the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Backward(int rows, double learningRate, long step)
    {
        ThrowIfDisposed();
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

    /// <summary>∂cost/∂cost = 1; every other gradient derives from it.</summary>
    internal void SeedGradient(Tensor cost)
    {
        _seeded = cost;
        Lane.Write(cost.Gradient, 0, 1);
    }

    internal TrainedParameter NewParameter(string name, int rows, int columns, bool isWeight)
    {
        using var use = Use();
        var parameter = new TrainedParameter(name, rows, columns, isWeight);
        parameter.Values = Lane.Take(Arena, parameter.Length);
        _parameters.Add(parameter);
        return parameter;
    }

    internal RunningStatistics NewStatistics(string name, int columns)
    {
        using var use = Use();
        var statistics = new RunningStatistics(name, columns) { Mean = Lane.Take(Arena, columns), Variance = Lane.Take(Arena, columns) };
        _statistics.Add(statistics);
        return statistics;
    }

    internal Tensor NewTensor(int rows, int columns, bool followsBatch, bool needsGradient)
    {
        using var use = Use();
        var tensor = new Tensor(this, rows, columns)
        {
            Stride = Padding.Stride(columns),
            FollowsBatch = followsBatch,
            NeedsGradient = needsGradient,
        };
        var length = (long)Padding.To16(rows) * tensor.Stride;
        tensor.Value = Lane.Take(Arena, length);
        if (needsGradient)
            tensor.Gradient = Lane.Take(Arena, length);
        return tensor;
    }

    /// <summary>The result of an operation that works in place of its input.</summary>
    internal Tensor InPlaceOf(Tensor x) => new(this, x.Rows, x.Columns)
    {
        Stride = x.Stride,
        Value = x.Value,
        Gradient = x.Gradient,
        FollowsBatch = x.FollowsBatch,
        NeedsGradient = true,
    };

    internal void Add(Operation operation, params ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            input.Consumers.Add(operation);
        operation.Output.Producer = operation;
        _operations.Add(operation);
    }

    private void Clear(Tensor tensor) =>
        new Span<byte>(tensor.Gradient, Padding.To16(tensor.Rows) * tensor.Stride * Lane.ElementBytes).Clear();
}

/// <summary>Something in a graph that draws numbers, such as dropout.</summary>
internal interface ISeeded
{
    /// <summary>Starts its generators from a stream; once an epoch, so that an epoch's draws follow from its number.</summary>
    void Seed(RandomStream random);
}
