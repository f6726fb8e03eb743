using HyperSearch.Hosting;
using HyperSearch.Planning;
using HyperSearch.Schedules;

namespace HyperSearch.SampleHost;

/// <summary>The whole of it in one call.</summary>
public static class DirectCall
{
    /// <summary>Minimizes, in a folder that any <c>hypersearch</c> command can read.</summary>
    /// <param name="folder">Where the campaign is kept.</param>
    /// <param name="stop">Interrupts; the program's own Ctrl-C stays its own.</param>
    /// <param name="pause">How much longer an epoch takes.</param>
    public static Task<SearchResult> RunAsync(string folder, CancellationToken stop, TimeSpan pause = default) => Search.MinimizeAsync(
        Valley.Space,
        (trial, token) => Valley.DescendAsync(trial, pause, token),
        new CampaignOptions
        {
            Trials = 30,
            Epochs = Valley.Epochs,
            Schedule = new AshaSchedule { MinEpochs = 3, Factor = 2 },
            Folder = folder,
            Metric = "height"
        },
        stop);
}
