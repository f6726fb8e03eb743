using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting;

/// <summary>Searches started by one call: <c>await Search.Minimize(space, async (trial, stop) =&gt; …)</c>.</summary>
public static class SearchInCode
{
    extension(Search)
    {
        /// <summary>Finds the configuration with the least value.</summary>
        /// <param name="space">What is searched.</param>
        /// <param name="evaluate">Gives a trial's value; called for several trials at a time. Its token is cancelled when the trial is to leave.</param>
        /// <param name="options">How. Default: 100 trials, coarse to fine, one worker per core.</param>
        /// <param name="stop">Interrupts the search. A campaign with a folder of its own can be continued by the same call.</param>
        /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
        /// <exception cref="ArgumentException">An option makes no sense.</exception>
        /// <exception cref="StoreException">The campaign cannot be kept.</exception>
        /// <exception cref="CampaignException">The folder holds another search's campaign.</exception>
        public static Task<SearchResult> Minimize(Space space, Func<RunningTrial, CancellationToken, Task<double>> evaluate, CampaignOptions? options = null, CancellationToken stop = default) =>
            RunAsync(space, evaluate, options ?? new CampaignOptions(), maximize: false, stop);

        /// <summary>Finds the configuration with the greatest value; in all else as <c>Minimize</c>.</summary>
        /// <param name="space">What is searched.</param>
        /// <param name="evaluate">Gives a trial's value; called for several trials at a time. Its token is cancelled when the trial is to leave.</param>
        /// <param name="options">How. Default: 100 trials, coarse to fine, one worker per core.</param>
        /// <param name="stop">Interrupts the search. A campaign with a folder of its own can be continued by the same call.</param>
        /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
        /// <exception cref="ArgumentException">An option makes no sense.</exception>
        /// <exception cref="StoreException">The campaign cannot be kept.</exception>
        /// <exception cref="CampaignException">The folder holds another search's campaign.</exception>
        public static Task<SearchResult> Maximize(Space space, Func<RunningTrial, CancellationToken, Task<double>> evaluate, CampaignOptions? options = null, CancellationToken stop = default) =>
            RunAsync(space, evaluate, options ?? new CampaignOptions(), maximize: true, stop);
    }

    private static async Task<SearchResult> RunAsync(
        Space space, Func<RunningTrial, CancellationToken, Task<double>> evaluate, CampaignOptions options, bool maximize, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(space);
        var search = options.Define(space, maximize, options.Folder is null ? "search" : new CampaignFolder(options.Folder).Name) with { Workers = options.Workers };
        SearchChecks.ThrowIfWrong(search, options.Workers); // nothing is kept of a search that cannot run
        var objective = new DelegateObjective(evaluate, options.Metric, options.WorkPerEpoch);
        if (options.Folder is not null)
            return await RunAsync(KeptCampaign.Open(options.Folder, search, objective, options.Time), options, stop);

        var folder = new CampaignFolder(Path.Combine(Path.GetTempPath(), $"hypersearch-{Path.GetRandomFileName()}", search.Name));
        try
        {
            var campaign = Campaign.InMemory(folder, search, options.Time);
            return await RunAsync(new CampaignRequest(search, objective, folder) { Campaign = campaign }, options, stop);
        }
        finally
        {
            var parent = Path.GetDirectoryName(folder.Path);
            if (Directory.Exists(parent))
                Directory.Delete(parent, recursive: true); // a trial had asked for a folder
        }
    }

    private static async Task<SearchResult> RunAsync(CampaignRequest request, CampaignOptions options, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(options.Time);
        if (options.Logging is not null)
            builder.Services.AddSingleton(options.Logging).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        foreach (var observer in options.Observers)
            builder.Services.AddSingleton(observer);
        builder.Services.AddHyperSearch(request);
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<CampaignService>();
        await host.StartAsync(stop);
        using (stop.Register(host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication))
            await host.WaitForShutdownAsync(CancellationToken.None);
        var ending = await service.Ending;
        if (!ending.Finished)
            stop.ThrowIfCancellationRequested();
        var trials = Trial.Fold(request.Campaign!.ReadOutcomes(), request.Search.Objective.Epochs);
        return new SearchResult([.. Ranking.Rank(trials, request.Search).Select(ranked => ranked.Trial)], ending.Reason);
    }
}
