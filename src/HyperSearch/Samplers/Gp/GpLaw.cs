using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Samplers.Gp;

/// <summary>What differs between the editions of <see cref="GpSampler"/>.</summary>
/// <param name="Prior">The beliefs about the model of inputs as they are, before any outcome.</param>
/// <param name="Warps">Whether there is a model of warped inputs too.</param>
/// <param name="Opening">How many trials are proposed before the model is asked.</param>
/// <param name="Fantasies">Over how many samples of the pending values the expected improvement is averaged; 0 for their
/// expectations.</param>
internal sealed record GpLaw(ProcessPrior Prior, bool Warps, int Opening, int Fantasies)
{
    /// <summary>
    /// By how much the log posterior density with warped inputs must be greater before it is believed: two parameters more for each input
    /// always explain a little better.
    /// </summary>
    public const double Doubt = 3;

    private const double Reach = 0.3;

    /// <summary>The law of a problem's edition.</summary>
    public static GpLaw Of(GpSampler options, SamplingProblem problem) => problem.Edition == LawEdition.First
        ? new GpLaw(ProcessPrior.OfFirstEdition, false, options.Design * problem.Slots, 0)
        : new GpLaw(PriorFor(problem.Space.Dimensions), true, options.Design, 4);

    /// <summary>Length scales around 0.3·√D, because distances in a cube grow so.</summary>
    private static ProcessPrior PriorFor(int dimensions) => new(PortableMath.Log(Reach * Math.Sqrt(Math.Max(1, dimensions))), false);
}
