using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Losses;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Networks;

/// <summary>The graph that a design describes: input → hidden layers → output → cost, with new weights.</summary>
internal sealed unsafe class Network : IDisposable
{
    /// <summary>Rows evaluated at once, at least.</summary>
    private const int EvaluationRows = 64;

    private readonly IDropout? _inputDropout;
    private readonly void* _batch;
    private readonly List<Tensor> _hidden = [];

    public Network(NetworkDesign design, ulong seed, Precision precision = Precision.Bits32, bool storeGradients = false)
    {
        Settings = design.Optimizer;
        BatchRows = design.BatchRows;
        Rows = Padding.To16(Math.Max(BatchRows, EvaluationRows));
        Graph = new ComputationGraph(precision);
        Input = Graph.Input(Rows, design.Inputs);
        _batch = Input.Value;
        _inputDropout = design.InputKeepProb < 1 ? Graph.Dropout(design.InputKeepProb, Input) : null;
        var x = design.Parts.Hidden is { } build ? Built(
            build(Input, RandomStream.For(seed, 0, "hidden layers of its own"))) : Hidden(design);
        var drawn = design.Parts.Hidden is null ? 0 : Graph.Parameters.Count;
        Logits = Graph.Dense("output", x, design.Outputs, withBias: true, Activation.Identity, leakySlope: 0, keepProb: 1);
        Loss = design.Parts.Loss is { } loss ? Graph.Loss(design.Task, Logits, loss) : Graph.Loss(design.Task, Logits);
        var random = RandomStream.For(seed, 0, "initialization");
        foreach (var weights in Graph.Parameters.Skip(drawn))
        {
            if (weights.IsWeight)
                Graph.Draw(weights, design.Initialization, design.InitMultiplier, random);
        }
        Graph.Finish(Graph.Lane.Make<GradientSink>(storeGradients ? new StoringRecipe(Settings) : new UpdatesRecipe(Settings)));
    }

    public ComputationGraph Graph { get; }

    public Tensor Input { get; }

    public Tensor Logits { get; }

    /// <summary>What the hidden layers give, the first first; empty where code writes them.</summary>
    public IReadOnlyList<Tensor> HiddenOutputs => _hidden;

    public LossOperation Loss { get; }

    /// <summary>The optimizer's numbers, with l2 and l1 per training row.</summary>
    public OptimizerSettings Settings { get; }

    /// <summary>Rows of a mini-batch.</summary>
    public int BatchRows { get; }

    /// <summary>Rows there is room for.</summary>
    public int Rows { get; }

    public void Dispose() => Graph.Dispose();

    /// <summary>Starts every dropout generator for an epoch.</summary>
    public void SeedDropout(ulong seed, int epoch)
    {
        for (var i = 0; i < Graph.Seeded.Count; i++)
            Graph.Seeded[i].Seed(RandomStream.For(seed, (ulong)epoch, 0xD0D0_0000UL + (ulong)i));
    }

    /// <summary>Copies the given rows of a part into the batch, with their targets and weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(Partition part, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights)
    {
        Graph.ThrowIfDisposed();
        Input.Value = _batch;
        Input.Stride = Padding.Stride(Input.Columns);
        Graph.Lane.Gather(part.Features.Start, part.Features.RowStride, rows, Input.Columns, Input.Value, Input.Stride);
        Loss.SetTargets(part.Labels, part.Targets, rows, classWeights);
    }

    /// <summary>Makes consecutive rows the input, read where they lie (32-bit precision only).</summary>
    public void Show(FeatureMatrix features, int first)
    {
        Graph.ThrowIfDisposed();
        Input.Value = features.Start + (nint)first * features.RowStride;
        Input.Stride = features.RowStride;
    }

    /// <summary>Sets the targets of consecutive rows of a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ShowTargets(Partition part, ReadOnlySpan<int> rows) => Loss.SetTargets(part.Labels, part.Targets, rows, default);

    /// <summary>One step of learning from the batch gathered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Train(int rows, double learningRate, long step)
    {
        Forward(rows);
        Graph.Backward(rows, learningRate, step);
    }

    /// <summary>The forward pass of a step of learning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int rows)
    {
        _inputDropout?.Apply(Input.Value, rows);
        Graph.Forward(rows, training: true);
    }

    private Tensor Built(Tensor hidden) => hidden is not null && hidden.Graph == Graph && hidden.FollowsBatch
        ? hidden
        : throw new ArgumentException("Hidden layers give a tensor [batch, any] that is made of the inputs x that they are given.");

    private Tensor Hidden(NetworkDesign design)
    {
        var x = Input;
        for (var i = 0; i < design.Hidden.Count; i++)
            _hidden.Add(x = Hidden(x, $"hidden{i + 1}", design.Hidden[i], design));
        return x;
    }

    private Tensor Hidden(Tensor x, string name, HiddenLayer layer, NetworkDesign design)
    {
        if (design.BatchNorm is not { } norm)
            return Graph.Dense(name, x, layer.Units, withBias: true, design.Activation, design.LeakySlope, layer.KeepProb);
        var z = Graph.Dense(name, x, layer.Units, withBias: false, Activation.Identity, leakySlope: 0, keepProb: 1);
        return Graph.BatchNorm(name, z, norm, design.Activation, design.LeakySlope, layer.KeepProb);
    }
}
