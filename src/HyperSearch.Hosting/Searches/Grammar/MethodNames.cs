using System.Collections.Immutable;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The samplers and schedules that a search file can name. A new one adds its line here.</summary>
/// <remarks>The options of each are the settable properties of its type.</remarks>
internal static class MethodNames
{
    /// <summary>Samplers by name.</summary>
    public static ImmutableArray<(string Name, Type Type)> Samplers { get; } =
    [
        ("random", typeof(RandomSampler)),
        ("grid", typeof(GridSampler)),
        ("sobol", typeof(SobolSampler)),
        ("coarse_to_fine", typeof(CoarseToFineSampler)),
        ("gp", typeof(GpSampler)),
        ("tpe", typeof(TpeSampler)),
        ("cma_es", typeof(CmaEsSampler)),
        ("auto", typeof(AutoSampler)),
    ];

    /// <summary>Schedules by name.</summary>
    public static ImmutableArray<(string Name, Type Type)> Schedules { get; } =
    [
        ("none", typeof(FullSchedule)),
        ("median", typeof(MedianSchedule)),
        ("successive_halving", typeof(SuccessiveHalvingSchedule)),
        ("hyperband", typeof(HyperbandSchedule)),
        ("asha", typeof(AshaSchedule)),
    ];
}
