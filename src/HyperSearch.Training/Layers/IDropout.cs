using HyperSearch.Numerics;

namespace HyperSearch.Training.Layers;

/// <summary>A layer's dropout, whatever the lane.</summary>
internal unsafe interface IDropout
{
    /// <summary>Starts the generators from a stream; once an epoch, so that an epoch's masks follow from its number.</summary>
    void Seed(RandomStream random);

    /// <summary>Draws new masks and applies them in place.</summary>
    void Apply(void* values, int rows);
}
