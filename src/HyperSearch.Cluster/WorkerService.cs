using System.Collections.Immutable;
using HyperSearch.Cluster.Execution;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster;

/// <summary>A worker of a campaign elsewhere, as a hosted service.</summary>
/// <remarks>Stopping the host drains it: jobs in hand leave checkpoints, go back to the campaign, and go on elsewhere.</remarks>
/// <param name="options">Where the campaign is, and what this worker offers.</param>
/// <param name="objective">Makes the objective, where this program's own code evaluates trials.</param>
/// <param name="host">Told to stop when the worker has ended.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Where it logs.</param>
public sealed class WorkerService(
    ClusterWorkerOptions options, Func<IObjective>? objective, IHostApplicationLifetime host, TimeProvider time, ILoggerFactory loggers)
    : BackgroundService
{
    private readonly TaskCompletionSource<WorkerEnding> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IHostApplicationLifetime _host = host ?? throw new ArgumentNullException(nameof(host));
    private readonly ClusterWorker _worker = new(
        options ?? throw new ArgumentNullException(nameof(options)), objective, time ?? throw new ArgumentNullException(nameof(time)),
        loggers ?? throw new ArgumentNullException(nameof(loggers)));

    /// <summary>How it ended; faults with the <see cref="ClusterException"/> of a worker that was refused.</summary>
    public Task<WorkerEnding> Ending => _ending.Task;

    /// <summary>The campaign that it works for; <c>null</c> while it waits for one.</summary>
    public string? Campaign => _worker.Campaign;

    /// <summary>How many jobs it runs at a time.</summary>
    public int Slots => options.Slots;

    /// <summary>The jobs in hand at this moment.</summary>
    public ImmutableArray<JobInFlight> InFlight => _worker.InFlight;

    /// <summary>How many jobs it has run to their outcome.</summary>
    public int Done => _worker.Done;

    /// <summary>What stands between the worker and its campaign, in a sentence; <c>null</c> when nothing does.</summary>
    public string? Trouble => _worker.Trouble;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            _ending.SetResult(await Task.Run(() => _worker.RunAsync(stoppingToken), CancellationToken.None));
        }
        catch (Exception exception)
        {
            _ending.SetException(exception);
            throw;
        }
        finally
        {
            if (options.StopsHost)
                _host.StopApplication();
        }
    }
}
