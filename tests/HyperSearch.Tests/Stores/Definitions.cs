using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Stores;

/// <summary>Definitions that need no file.</summary>
internal static class Definitions
{
    /// <summary>A definition with a budget.</summary>
    public static Func<CampaignFolder, CampaignCreated, Search> Of(int epochs = 1, bool maximize = false) => (_, _) => new Search
    {
        Name = "c",
        Objective = new DelegateDefinition { Epochs = epochs },
        Metric = "loss",
        Maximize = maximize,
        Space = new Space([]),
        Sampler = new RandomSampler(),
    };
}
