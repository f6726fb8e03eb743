using HyperSearch.Numerics;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Data;

/// <summary>Perturbs the examples of one gathered mini-batch, so that no two epochs see the same pictures.</summary>
/// <remarks>
/// An augmenter owns scratch memory: one per trial, used by one thread. It allocates nothing after construction. Apply it to training
/// batches
/// only, never to development or test data. <see cref="Augmenter.Create"/> makes one.
/// </remarks>
public interface IAugmenter
{
    /// <summary>Perturbs normalized examples in place, in the units of the network's inputs.</summary>
    /// <param name="batch">The batch, row by row, at least (rows − 1)·stride + features floats long; columns beyond the features are not
    /// touched.</param>
    /// <param name="rows">Number of examples.</param>
    /// <param name="stride">Distance between the starts of two rows, in floats.</param>
    /// <param name="random">The trial's stream for augmentation.</param>
    void Augment(Span<float> batch, int rows, int stride, RandomStream random);
}
