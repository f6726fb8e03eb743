using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Networks;

/// <summary>A network before it is built: its layers in order, how their weights start and how they move.</summary>
internal sealed record NetworkDesign
{
    public required LearningTask Task { get; init; }

    public required int Inputs { get; init; }

    public required int Outputs { get; init; }

    /// <summary>Rows of a mini-batch.</summary>
    public required int BatchRows { get; init; }

    /// <summary>Probability that dropout keeps an input.</summary>
    public double InputKeepProb { get; init; } = 1;

    /// <summary>The hidden layers, first to last.</summary>
    public required IReadOnlyList<HiddenLayer> Hidden { get; init; }

    /// <summary>g of the hidden layers.</summary>
    public Activation Activation { get; init; }

    public double LeakySlope { get; init; }

    /// <summary>Batch norm of the hidden layers; null for none.</summary>
    public BatchNormNumbers? BatchNorm { get; init; }

    public Initialization Initialization { get; init; }

    /// <summary>Multiplies the standard deviation of new weights.</summary>
    public double InitMultiplier { get; init; } = 1;

    /// <summary>Parts that code builds in place of those above.</summary>
    public NetworkParts Parts { get; init; } = NetworkParts.None;

    /// <summary>The optimizer's numbers, with l2 and l1 per training row.</summary>
    public required OptimizerSettings Optimizer { get; init; }
}

/// <summary>One hidden layer.</summary>
/// <param name="Units">Its outputs.</param>
/// <param name="KeepProb">Probability that dropout keeps one of them.</param>
internal readonly record struct HiddenLayer(int Units, double KeepProb);
