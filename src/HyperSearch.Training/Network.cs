using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Losses;
using HyperSearch.Training.Numerics;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training;

/// <summary>The graph that a trial's options describe: input → hidden layers → output → cost, with new weights.</summary>
internal sealed unsafe class Network : IDisposable
{
    /// <summary>Rows evaluated at once, at least.</summary>
    private const int EvaluationRows = 64;

    private readonly IDropout? _inputDropout;
    private readonly void* _batch;

    public Network(Dataset data, TrainerOptions options, ulong seed, Precision precision = Precision.Bits32, bool storeGradients = false)
    {
        BatchRows = options.BatchSizeFor(data.Train.Rows);
        Rows = Padding.To16(Math.Max(BatchRows, EvaluationRows));
        Graph = new ComputationGraph(precision);
        Input = Graph.Input(Rows, data.Inputs);
        _batch = Input.Value;
        _inputDropout = options.InputKeepProb < 1 ? Graph.Kernels.Dropout(options.InputKeepProb, Input, Graph.Arena) : null;
        if (_inputDropout is not null)
            Graph.Dropouts.Add(_inputDropout);
        var x = Input;
        var sizes = options.HiddenSizes;
        for (var layer = 1; layer <= sizes.Count; layer++)
            x = Hidden(x, layer, sizes[layer - 1], options);
        Logits = Graph.Dense("output", x, data.Outputs, withBias: true, Activation.Identity, leakySlope: 0, keepProb: 1);
        Loss = Graph.Loss(data.Task, Logits);
        Initialize(options, RandomStream.For(seed, 0, "initialization"));
        Settings = SettingsOf(options, data.Train.Rows);
        Graph.Finish(storeGradients ? Graph.Kernels.Store(Settings) : Graph.Kernels.Updates(Settings));
    }

    public ComputationGraph Graph { get; }

    public Tensor Input { get; }

    public Tensor Logits { get; }

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
        for (var i = 0; i < Graph.Dropouts.Count; i++)
            Graph.Dropouts[i].Seed(RandomStream.For(seed, (ulong)epoch, 0xD0D0_0000UL + (ulong)i));
    }

    /// <summary>Copies the given rows of a part into the batch, with their targets and weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(Partition part, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights)
    {
        Input.Value = _batch;
        Input.Stride = Padding.Stride(Input.Columns);
        Graph.Kernels.Gather(part.Features.Start, part.Features.RowStride, rows, Input.Columns, Input.Value, Input.Stride);
        Graph.Kernels.GatherTargets(part.Labels, part.Targets, rows, classWeights, Loss);
    }

    /// <summary>Makes consecutive rows the input, read where they lie (32-bit precision only).</summary>
    public void Show(FeatureMatrix features, int first)
    {
        Input.Value = features.Start + (nint)first * features.RowStride;
        Input.Stride = features.RowStride;
    }

    /// <summary>Sets the targets of consecutive rows of a part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ShowTargets(Partition part, ReadOnlySpan<int> rows) => Graph.Kernels.GatherTargets(part.Labels, part.Targets, rows, default, Loss);

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

    private static OptimizerSettings SettingsOf(TrainerOptions options, int trainRows) => new()
    {
        Kind = options.Optimizer,
        Momentum = options.Momentum,
        Beta1 = options.Beta1,
        Beta2 = options.Beta2,
        RmsDecay = options.RmsDecay,
        Epsilon = options.AdamEpsilon,
        L2 = options.L2 / Math.Max(1, trainRows),
        L1 = options.L1 / Math.Max(1, trainRows),
        WeightDecay = options.Optimizer == OptimizerKind.AdamW ? options.WeightDecay : 0,
        ClipNorm = options.ClipNorm,
    };

    private Tensor Hidden(Tensor x, int layer, int units, TrainerOptions options)
    {
        var name = $"hidden{layer}";
        var keep = options.KeepProbAt(layer);
        if (!options.BatchNorm)
            return Graph.Dense(name, x, units, withBias: true, options.Activation, options.LeakySlope, keep);
        var z = Graph.Dense(name, x, units, withBias: false, Activation.Identity, leakySlope: 0, keepProb: 1);
        return Graph.BatchNorm(name, z, options.BatchNormEpsilon, options.BatchNormMomentum, options.Activation, options.LeakySlope, keep);
    }

    /// <summary>W ~ N(0, (multiplier·σ)²), σ² = 2/n (he) or 1/n (xavier), drawn row by row; biases 0.</summary>
    private void Initialize(TrainerOptions options, RandomStream random)
    {
        foreach (var weights in Graph.Parameters)
        {
            if (!weights.IsWeight)
                continue;
            var deviation = options.InitMultiplier * Math.Sqrt((options.Initialization == Initialization.He ? 2.0 : 1.0) / weights.Rows);
            for (var i = 0; i < weights.Rows; i++)
            {
                for (var j = 0; j < weights.Columns; j++)
                    Graph.Kernels.Write(weights.Values, weights.At(i, j), deviation * random.NextNormal());
            }
        }
    }
}
