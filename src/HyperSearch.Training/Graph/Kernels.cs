using System.Runtime.Intrinsics;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Numerics;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Graph;

/// <summary>Makes operations compiled for one lane: the one place where the lane is chosen. Whoever uses it knows nothing of strips, lanes or padding.</summary>
internal abstract unsafe class Kernels
{
    /// <summary>Bytes of an element.</summary>
    public abstract int ElementBytes { get; }

    /// <summary>The widest lane that this machine works on at full speed.</summary>
    public static Kernels For(Precision precision) =>
        precision == Precision.Bits64 ? new Kernels<DoubleLane, double>()
        : Vector512.IsHardwareAccelerated ? new Kernels<Lane16, float>()
        : Vector256.IsHardwareAccelerated ? new Kernels<Lane8, float>()
        : new Kernels<Lane4, float>();

    public abstract void* Take(Arena arena, long count);

    public abstract double Read(void* values, nint at);

    public abstract void Write(void* values, nint at, double value);

    public abstract Operation Input(Tensor output);

    public abstract Operation Dense(Tensor input, Tensor output, Parameter weights, Parameter? bias, Activated activated, Arena arena);

    public abstract Operation BatchNorm(
        Tensor output, Parameter gamma, Parameter beta, BatchNormStatistics running, double epsilon, double momentum, Activated activated, Arena arena);

    public abstract Losses.LossOperation Loss(Data.LearningTask task, Tensor logits, Tensor output, Arena arena);

    public abstract Operation Variable(Tensor output, Parameter parameter);

    public abstract Operation Elementwise(Function function, Tensor a, Tensor b, Tensor output);

    public abstract Operation MatrixProduct(Tensor a, Tensor b, Tensor output, Arena arena);

    public abstract Operation Reduce(Tensor x, bool mean, Tensor output);

    public abstract Operation Element(Tensor x, int row, int column, Tensor output);

    /// <summary>Updates on the spot, or stored and clipped when a clip norm is set.</summary>
    public abstract GradientSink Updates(OptimizerSettings settings);

    /// <summary>Only stores, with the gradients of the penalties that the settings ask for.</summary>
    public abstract GradientSink Store(OptimizerSettings settings);

    /// <summary>Copies rows of floats into consecutive rows of a batch.</summary>
    public abstract void Gather(float* source, nint sourceStride, ReadOnlySpan<int> rows, int columns, void* target, nint targetStride);

    /// <summary>Fills a loss's targets and weights for the given rows; weights are 1 without class weights, and 0 beyond the rows.</summary>
    public abstract void GatherTargets(ReadOnlySpan<int> labels, ReadOnlySpan<float> values, ReadOnlySpan<int> rows, ReadOnlySpan<double> classWeights, Losses.LossOperation loss);

    /// <summary>Applies a fresh dropout mask.</summary>
    public abstract IDropout Dropout(double keepProb, Tensor output, Arena arena);
}

/// <summary>What follows x·W + b in a layer.</summary>
/// <param name="Activation">g.</param>
/// <param name="LeakySlope">For leaky_relu.</param>
/// <param name="Dropout">Null for none.</param>
internal readonly record struct Activated(Activation Activation, double LeakySlope, IDropout? Dropout);
