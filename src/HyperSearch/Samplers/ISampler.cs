using System.Text.Json.Serialization;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Tpe;

namespace HyperSearch.Samplers;

/// <summary>Proposes points. An implementation is a sealed record whose properties are its options; what it learns lives in its states.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RandomSampler), "random")]
[JsonDerivedType(typeof(GridSampler), "grid")]
[JsonDerivedType(typeof(SobolSampler), "sobol")]
[JsonDerivedType(typeof(CoarseToFineSampler), "coarse_to_fine")]
[JsonDerivedType(typeof(GpSampler), "gp")]
[JsonDerivedType(typeof(TpeSampler), "tpe")]
[JsonDerivedType(typeof(CmaEsSampler), "cma_es")]
[JsonDerivedType(typeof(AutoSampler), "auto")]
public interface ISampler
{
    /// <summary>Whether it searches the front of several metrics; else it refuses more than one.</summary>
    bool TradesOff => false;

    /// <summary>The state before anything was proposed or observed.</summary>
    ISamplerState Initial(SamplingProblem problem);
}
