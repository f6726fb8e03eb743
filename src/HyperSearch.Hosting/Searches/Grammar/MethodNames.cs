using System.Collections.Immutable;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The samplers and schedules that a search file can name. A new one adds its line here.</summary>
/// <remarks>The options of each are the settable properties of its type.</remarks>
internal static class MethodNames
{
    /// <summary>Samplers by name.</summary>
    public static ImmutableArray<OptionCatalog.Entry> Samplers { get; } =
    [
        new("random", typeof(RandomSampler)),
        new("grid", typeof(GridSampler)),
        new("sobol", typeof(SobolSampler)),
        new("coarse_to_fine", typeof(CoarseToFineSampler)),
        new("gp", typeof(GpSampler)),
        new("multi_fidelity_gp", typeof(MultiFidelityGpSampler)),
        new("tpe", typeof(TpeSampler)),
        new("cma_es", typeof(CmaEsSampler)),
        new("auto", typeof(AutoSampler)),
    ];

    /// <summary>Schedules by name.</summary>
    public static ImmutableArray<OptionCatalog.Entry> Schedules { get; } =
    [
        new("none", typeof(FullSchedule)),
        new("auto", typeof(AutoSchedule)),
        new("median", typeof(MedianSchedule)),
        new("successive_halving", typeof(SuccessiveHalvingSchedule)),
        new("hyperband", typeof(HyperbandSchedule)),
        new("asha", typeof(AshaSchedule)),
        new("freeze_thaw", typeof(FreezeThawSchedule)),
        new("pbt", typeof(PbtSchedule)),
    ];
}
