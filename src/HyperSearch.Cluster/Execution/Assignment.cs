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
    private readonly string _folder;
    private readonly ILogger _logger;

    private Assignment(Welcome welcome, IObjective objective, string folder, LeasedWorkers workers, ILogger logger)
    {
        (Campaign, First) = (welcome.Campaign, welcome.First);
        (_objective, _folder, Workers, _logger) = (objective, folder, workers, logger);
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
        var text = objective is null
            ? await files.PlaceInputsAsync(welcome.SearchText, welcome.Inputs, new DataCache(options.Work), leave)
            : welcome.SearchText;
        var search = SearchFile.Parse(text, $"the search of {welcome.Campaign}", welcome.SearchFolder);
        if (objective is null && search.Objective is CommandDefinition command)
        {
            if (options.OnlyTraining)
                throw new ClusterException(HostFacts.OnlyTrainingRefusal); // the host's own refusal is a courtesy
            var place = await PlaceAsync(command, options, files, welcome, leave);
            search = search with { Objective = command with { WorkingDirectory = place } };
        }

        var evaluates = objective?.Invoke() ?? ObjectiveFactory.Create(search, time, logger);
        try
        {
            if (welcome.DataFingerprint is { } known && evaluates.DataFingerprint is { } found && known != found)
            {
                throw new ClusterException(
                    $"The data here have the fingerprint {found}, those of the campaign {known}, so trials would not compare.");
            }

            var folder = Directory.CreateDirectory(Path.Combine(options.Work, "jobs", hello.Worker)).FullName; // no name of the host's
            var request = new CampaignRequest(search, evaluates, new CampaignFolder(folder)) { Workers = options.Slots };
            var runner = new JobRunner(request, time, logger);
            var threads = new LocalWorkers(runner, options.Slots, options.Slots, search.Limits.TrialTimeout, time, logger);
            var courier = new FileCourier(files, request.Folder, job => MayGoOn(job, search) || !evaluates.CheckpointsAreExpendable);
            var workers = new LeasedWorkers(
                hello.Worker, options.Slots, threads, exchange, courier, new LeaseRules { Beat = welcome.Beat }, time, logger)
            {
                Patience = options.Patience,
            };
            return new Assignment(welcome, evaluates, folder, workers, logger);
        }
        catch
        {
            (evaluates as IDisposable)?.Dispose();
            throw;
        }
    }

    /// <summary>The folder in which a command runs here.</summary>
    /// <exception cref="ClusterException">There is none; the message says what would help.</exception>
    private static async Task<string> PlaceAsync(
        CommandDefinition command, ClusterWorkerOptions options, HostFiles files, Welcome welcome, CancellationToken leave)
    {
        if (welcome.Bundle is { } bundle)
            return await files.UnpackAsync(bundle, new DataCache(options.Work), leave);
        var (folder, refusal) = CommandPlace.Find(command, options.Root, Directory.Exists, CommandPlace.HasProgram);
        return folder ?? throw new ClusterException(refusal!);
    }

    /// <summary>Whether a schedule may send the trial of a job on.</summary>
    private static bool MayGoOn(Job job, Search search) => job.ToEpochs < search.Objective.Epochs;

    /// <inheritdoc/>
    public void Dispose()
    {
        (_objective as IDisposable)?.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.FolderNotRemoved(_logger, _folder, failure.Message); // a job that did not leave in time may write there still
        }
    }
}
