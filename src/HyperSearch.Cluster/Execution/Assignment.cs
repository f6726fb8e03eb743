using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Execution;

/// <summary>What a worker process has of a campaign: its search, its data, its objective, a folder, and the threads.</summary>
internal sealed class Assignment : IDisposable
{
    private readonly IObjective _objective;
    private readonly JobsFolder _folder;
    private readonly DataCache _cache;

    private Assignment(Welcome welcome, IObjective objective, JobsFolder folder, DataCache cache, LeasedWorkers workers)
    {
        (Campaign, First) = (welcome.Campaign, welcome.First);
        (_objective, _folder, _cache, Workers) = (objective, folder, cache, workers);
    }

    /// <summary>The campaign's name.</summary>
    public string Campaign { get; }

    /// <summary>The number of its first worker.</summary>
    public int First { get; }

    /// <summary>The threads.</summary>
    public LeasedWorkers Workers { get; }

    /// <summary>Gets everything ready that a campaign's trials need here.</summary>
    /// <exception cref="ClusterException">They cannot be run here; the message says why and what to do.</exception>
    public static async Task<Assignment> PrepareAsync(
        ClusterWorkerOptions options, Func<IObjective>? objective, HostFiles files, Hello hello, Welcome welcome,
        Func<Report, Task<Reply>> exchange, TimeProvider time, ILogger logger, CancellationToken leave)
    {
        var cache = new DataCache(options.Work, options.CacheBytes, time);
        try
        {
            files = files.In(SharedFolder.Enter(options.Shared, welcome.Shared));
            var (search, faultOfPlace) = objective is null
                ? await SearchHereAsync(options, files, cache, welcome, leave)
                : (SearchFile.Parse(welcome.SearchText, NameOf(welcome), welcome.SearchFolder), static () => null);
            var evaluates = objective?.Invoke() ?? ObjectiveFactory.Create(search, time, logger);
            JobsFolder? folder = null;
            try
            {
                RefuseOtherData(welcome, evaluates);
                folder = JobsFolder.Make(options.Work, hello.Worker, logger); // no name of the host's
                var request = new CampaignRequest(search, evaluates, new CampaignFolder(folder.Place)) { Workers = options.Slots };
                var runner = new JobRunner(request, time, logger);
                var threads = new LocalWorkers(runner, options.Slots, options.Slots, search.Limits.TrialTimeout, time, logger);
                var courier = new FileCourier(
                    files, request.Folder, job => MayGoOn(job, search) || !evaluates.CheckpointsAreExpendable,
                    hasLogs: search.Objective is CommandDefinition);
                var workers = new LeasedWorkers(
                    hello.Worker, options.Slots, threads, exchange, courier, new LeaseRules { Beat = welcome.Beat }, time, logger)
                {
                    Patience = options.Patience,
                    FaultOfPlace = faultOfPlace,
                };
                return new Assignment(welcome, evaluates, folder, cache, workers);
            }
            catch
            {
                folder?.Dispose();
                (evaluates as IDisposable)?.Dispose();
                throw;
            }
        }
        catch (Exception failure)
        {
            cache.Dispose();
            if (failure is not (IOException or UnauthorizedAccessException))
                throw;
            throw JobsFolder.Unusable(options.Work, failure);
        }
    }

    /// <summary>The search with its files at their places here.</summary>
    /// <returns>It, and what tells whether its trials can be run here: <see cref="LeasedWorkers.FaultOfPlace"/>.</returns>
    /// <exception cref="ClusterException">They cannot.</exception>
    private static async Task<(Search Search, Func<string?> FaultOfPlace)> SearchHereAsync(
        ClusterWorkerOptions options, HostFiles files, DataCache cache, Welcome welcome, CancellationToken leave)
    {
        var text = await files.PlaceInputsAsync(welcome.SearchText, welcome.Inputs, cache, leave);
        var search = SearchFile.Parse(text, NameOf(welcome), welcome.SearchFolder);
        RefuseFilesOfThisMachine(search, cache, files.Shared);
        if (search.Objective is not CommandDefinition command)
            return (search, static () => null);
        if (options.OnlyTraining)
            throw new ClusterException(HostFacts.OnlyTrainingRefusal); // the host's own refusal is a courtesy
        var folder = welcome.Bundle is { } bundle
            ? await files.UnpackAsync(bundle, cache, leave) : options.Root ?? command.WorkingDirectory;
        command = command with { WorkingDirectory = folder };
        if (FaultOfPlace() is { } refusal)
            throw new ClusterException(refusal);
        return (search with { Objective = command }, FaultOfPlace);

        string? FaultOfPlace() => CommandPlace.FaultOf(command, welcome.Named, welcome.Bundle is not null);
    }

    private static string NameOf(Welcome welcome) => $"the search of {welcome.Campaign}";

    /// <summary>
    /// Refuses data that the host names and does not send: a host may not have a worker read any file of the worker's machine.
    /// </summary>
    /// <exception cref="ClusterException">There are some.</exception>
    private static void RefuseFilesOfThisMachine(Search search, DataCache cache, SharedFolder? shared)
    {
        var foreign = InputFiles.Paths(search).FirstOrDefault(input => !cache.Holds(input.Path) && shared?.Holds(input.Path) != true);
        if (foreign is { Key: { } key, Path: var path })
        {
            throw new ClusterException(
                $"The campaign names \"{path}\" ({key}) and does not send it, and a worker reads no file of its own machine for a "
                + "campaign. Its host is another program than HyperSearch, or a wrong one.");
        }
    }

    private static void RefuseOtherData(Welcome welcome, IObjective evaluates)
    {
        if (welcome.DataFingerprint is { } known && evaluates.DataFingerprint is { } found && known != found)
        {
            throw new ClusterException(
                $"The data here have the fingerprint {found}, those of the campaign {known}, so trials would not compare.");
        }
    }

    /// <summary>Whether a schedule may send the trial of a job on.</summary>
    private static bool MayGoOn(Job job, Search search) => job.ToEpochs < search.Objective.Epochs;

    /// <inheritdoc/>
    public void Dispose()
    {
        (_objective as IDisposable)?.Dispose();
        _folder.Dispose();
        _cache.Dispose();
    }
}
