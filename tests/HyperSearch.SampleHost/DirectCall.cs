using HyperSearch.Hosting;
using HyperSearch.Planning;
using HyperSearch.Schedules;

namespace HyperSearch.SampleHost;

/// <summary>The whole of it in one call.</summary>
public static class DirectCall
{
    /// <summary>Minimizes, in a folder that any <c>hypersearch</c> command can read.</summary>
    public static Task<SearchResult> RunAsync(string folder, CancellationToken stop) => Search.MinimizeAsync(
        Valley.Space,
        Valley.DescendAsync,
        new CampaignOptions { Trials = 30, Epochs = Valley.Epochs, Schedule = new AshaSchedule { MinEpochs = 3, Factor = 2 }, Folder = folder, Metric = "height" },
        stop);
}
