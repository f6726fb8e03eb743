using HyperSearch.Training.Numerics;

namespace HyperSearch.Samplers;

/// <summary>Uniform in the unit cube, so uniform on each parameter's own scale.</summary>
/// <remarks>Bergstra and Bengio, <see href="https://jmlr.org/papers/v13/bergstra12a.html">Random Search for Hyper-Parameter Optimization</see>, JMLR 13 (2012).</remarks>
public sealed record RandomSampler : ISampler
{
    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new State(problem.Space.Dimensions);
    }

    private sealed record State(int Dimensions) : ISamplerState
    {
        public ISamplerState Observe(Observation observation) => this;

        public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random)
        {
            var position = new double[Dimensions];
            for (var d = 0; d < position.Length; d++)
                position[d] = random.NextDouble();
            return (new Proposal([.. position], new Origin(OriginKind.Global)), this);
        }
    }
}
