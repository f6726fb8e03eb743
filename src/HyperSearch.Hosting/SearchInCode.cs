using System.Runtime.CompilerServices;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Hosting;

/// <summary>Searches started by one call: <c>await Search.MinimizeAsync(space, async (trial, stop) =&gt; …)</c>.</summary>
public static class SearchInCode
{
    extension(Search)
    {
        /// <summary>Finds the configuration with the least value.</summary>
        /// <param name="space">The space to search.</param>
        /// <param name="evaluate">
        /// Gives a trial's value; called for several trials at a time. Its token is cancelled when the trial is to leave.
        /// </param>
        /// <param name="options">How. Default: 100 trials, coarse to fine, one worker per core.</param>
        /// <param name="stop">Interrupts the search. A campaign with a folder of its own can be continued by the same call.</param>
        /// <exception cref="SearchInterruptedException"><paramref name="stop"/> was cancelled; the exception has the trials so
        /// far.</exception>
        /// <exception cref="ArgumentException">An option makes no sense.</exception>
        /// <exception cref="StoreException">The campaign cannot be kept.</exception>
        /// <exception cref="CampaignException">The folder holds another search's campaign, or a sampler, a schedule or a measure of work of
        /// the program's own gave what cannot be carried out; the message names it.</exception>
        [OverloadResolutionPriority(1)] // a function that only throws fits both
        public static Task<SearchResult> MinimizeAsync(Space space, Func<RunningTrial, CancellationToken, Task<double>> evaluate,
            CampaignOptions? options = null, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(evaluate);
            return RunAsync(
                space, new DelegateObjective(evaluate, options?.WorkPerEpoch), options ?? new CampaignOptions(), maximize: false, stop);
        }

        /// <summary>Finds the configuration with the greatest value; in all else as <c>MinimizeAsync</c>.</summary>
        /// <param name="space">The space to search.</param>
        /// <param name="evaluate">
        /// Gives a trial's value; called for several trials at a time. Its token is cancelled when the trial is to leave.
        /// </param>
        /// <param name="options">How. Default: 100 trials, coarse to fine, one worker per core.</param>
        /// <param name="stop">Interrupts the search. A campaign with a folder of its own can be continued by the same call.</param>
        /// <exception cref="SearchInterruptedException"><paramref name="stop"/> was cancelled; the exception has the trials so
        /// far.</exception>
        /// <exception cref="ArgumentException">An option makes no sense.</exception>
        /// <exception cref="StoreException">The campaign cannot be kept.</exception>
        /// <exception cref="CampaignException">The folder holds another search's campaign, or a sampler, a schedule or a measure of work of
        /// the program's own gave what cannot be carried out; the message names it.</exception>
        [OverloadResolutionPriority(1)] // a function that only throws fits both
        public static Task<SearchResult> MaximizeAsync(Space space, Func<RunningTrial, CancellationToken, Task<double>> evaluate,
            CampaignOptions? options = null, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(evaluate);
            return RunAsync(
                space, new DelegateObjective(evaluate, options?.WorkPerEpoch), options ?? new CampaignOptions(), maximize: true, stop);
        }

        /// <summary>
        /// Finds the configurations with the least values of several metrics that are traded off (<see cref="SearchSettings.Further"/>):
        /// <see cref="SearchResult.Front"/> has them.
        /// </summary>
        /// <param name="space">The hyperparameters and their scales.</param>
        /// <param name="evaluate">Gives a trial's metrics by name, <see cref="SearchSettings.Metric"/> and the further ones among them; in
        /// all else as with a single value.</param>
        /// <param name="options">How. Default: 100 trials, coarse to fine, one worker per core.</param>
        /// <param name="stop">Interrupts the search. A campaign with a folder of its own can be continued by the same call.</param>
        /// <exception cref="SearchInterruptedException"><paramref name="stop"/> was cancelled; the exception has the trials so
        /// far.</exception>
        /// <exception cref="ArgumentException">An option makes no sense.</exception>
        /// <exception cref="StoreException">The campaign cannot be kept.</exception>
        /// <exception cref="CampaignException">The folder holds another search's campaign, or a sampler, a schedule or a measure of work of
        /// the program's own gave what cannot be carried out; the message names it.</exception>
        public static Task<SearchResult> MinimizeAsync(
            Space space, Func<RunningTrial, CancellationToken, Task<IReadOnlyDictionary<string, double>>> evaluate,
            CampaignOptions? options = null, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(evaluate);
            return RunAsync(
                space, new DelegateObjective(evaluate, options?.WorkPerEpoch), options ?? new CampaignOptions(), maximize: false, stop);
        }

        /// <summary>
        /// Finds the configurations with the greatest values of <see cref="SearchSettings.Metric"/> where several metrics are traded off.
        /// The further ones (<see cref="SearchSettings.Further"/>) each say their own direction; <see cref="SearchResult.Front"/> has the
        /// configurations.
        /// </summary>
        /// <param name="space">The hyperparameters and their scales.</param>
        /// <param name="evaluate">Gives a trial's metrics by name, <see cref="SearchSettings.Metric"/> and the further ones among them; in
        /// all else as with a single value.</param>
        /// <param name="options">How. Default: 100 trials, coarse to fine, one worker per core.</param>
        /// <param name="stop">Interrupts the search. A campaign with a folder of its own can be continued by the same call.</param>
        /// <exception cref="SearchInterruptedException"><paramref name="stop"/> was cancelled; the exception has the trials so
        /// far.</exception>
        /// <exception cref="ArgumentException">An option makes no sense.</exception>
        /// <exception cref="StoreException">The campaign cannot be kept.</exception>
        /// <exception cref="CampaignException">The folder holds another search's campaign, or a sampler, a schedule or a measure of work of
        /// the program's own gave what cannot be carried out; the message names it.</exception>
        public static Task<SearchResult> MaximizeAsync(
            Space space, Func<RunningTrial, CancellationToken, Task<IReadOnlyDictionary<string, double>>> evaluate,
            CampaignOptions? options = null, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(evaluate);
            return RunAsync(
                space, new DelegateObjective(evaluate, options?.WorkPerEpoch), options ?? new CampaignOptions(), maximize: true, stop);
        }
    }

    private static async Task<SearchResult> RunAsync(
        Space space, DelegateObjective objective, CampaignOptions options, bool maximize, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(space);
        var name = options.Folder is not null && new CampaignFolder(options.Folder) is var kept && Search.IsName(kept.Name)
            ? kept.Name
            : "search";
        var search = options.Define(space, maximize, name) with { Workers = options.Workers };
        SearchChecks.ThrowIfWrong(search, options.Workers); // nothing is kept of a search that cannot run
        if (options.Folder is not null)
            return await RunAsync(KeptCampaign.Open(options.Folder, search, objective, options.Time), options, stop).ConfigureAwait(false);

        var folder = new CampaignFolder(Path.Combine(Path.GetTempPath(), $"hypersearch-{Path.GetRandomFileName()}", search.Name));
        try
        {
            search = SlotLaw.Begin(search, options.Workers);
            var campaign = Campaign.InMemory(folder, search, options.Time);
            return await RunAsync(new CampaignRequest(search, objective, folder) { Campaign = campaign }, options, stop)
                .ConfigureAwait(false);
        }
        finally
        {
            var parent = Path.GetDirectoryName(folder.Path);
            if (Directory.Exists(parent))
                Directory.Delete(parent, recursive: true); // a trial had asked for a folder
        }
    }

    /// <summary>
    /// Runs a session in the caller's process and nothing else: no host, so that signals stay the caller's. No step waits for the caller's
    /// thread, which may itself be waiting for the result, as in an event handler of a window.
    /// </summary>
    private static async Task<SearchResult> RunAsync(CampaignRequest request, CampaignOptions options, CancellationToken stop)
    {
        var logger = options.Logging?.CreateLogger<CampaignService>() ?? (ILogger)NullLogger.Instance;
        var search = request.Search;
        var ending = await new CampaignSession(request, options.Observers, options.Time, logger).RunAsync(stop).ConfigureAwait(false);
        var ranked = Ranking.Rank(Trial.Fold(request.Campaign!.ReadOutcomes(), search.Objective.Epochs), search);
        var result = new SearchResult([.. ranked.Select(entry => entry.Trial)], ending.Reason)
        {
            Finished = ending.Finished,
            Front = search.Further.IsEmpty ? [.. ranked.Take(1).Select(entry => entry.Trial).Where(trial => trial.Succeeded)]
                : [.. ranked.Where(entry => entry.Front == 1).Select(entry => entry.Trial)],
        };
        return ending.Finished ? result : throw new SearchInterruptedException(result, stop);
    }
}
