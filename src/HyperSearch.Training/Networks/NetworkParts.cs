using HyperSearch.Numerics;
using HyperSearch.Training.Graph;

namespace HyperSearch.Training.Networks;

/// <summary>Hidden layers and a loss that code writes as expressions, in place of the ones that the options describe.</summary>
/// <remarks>
/// Learned variables are moved by the optimizer like every other parameter, without l2, l1 and weight decay, which are for weights of dense
/// layers.
/// The optimizer, mini-batches, early stopping, checkpoints and the trainer's figures stay as they are: errors are judged as the task
/// judges them, costs
/// are those of the loss given here.
/// </remarks>
/// <example>
/// <code>
/// var parts = new NetworkParts
/// {
///     Hidden = (x, random) =>
///     {
///         var h = x.Graph.Dense(x, 16, Activation.Tanh, random);
///         var gate = x.Graph.Dense(x, 16, Activation.Sigmoid, random);
///         return gate * h + (1 - gate) * h.Pow(2);
///     },
///     Loss = (z, y) => (1 + (z - y).Pow(2)).Sqrt() - 1,
/// };
/// using var trainer = new Trainer(data, new TrainerOptions { LearningRate = 0.01 }, seed: 1, parts);
/// </code>
/// </example>
public sealed record NetworkParts
{
    /// <summary>
    /// Builds the hidden layers: takes the inputs x [batch, inputs] and a stream to draw weights from, returns the output layer's inputs
    /// [batch, any].
    /// Null keeps the layers of the options.
    /// </summary>
    public Func<Tensor, RandomStream, Tensor>? Hidden { get; init; }

    /// <summary>
    /// Writes the loss of each example: takes the outputs z [batch, outputs] before softmax or sigmoid, and the wanted outputs y [batch,
    /// outputs]
    /// (one-hot for several classes, 0 or 1 for two, the standardized target for a number), returns [batch, 1]. Null keeps the task's loss.
    /// </summary>
    public Func<Tensor, Tensor, Tensor>? Loss { get; init; }

    internal static NetworkParts None { get; } = new();

    /// <summary>The words about them in a checkpoint's identity.</summary>
    internal string Told => (Hidden is null ? "" : " with hidden layers of its own") + (Loss is null ? "" : " with a loss of its own");
}
