using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>One session of a campaign as a hosted service.</summary>
/// <remarks>
/// Stopping the host interrupts the session: jobs in hand leave checkpoints, acknowledged outcomes stay, and the next session continues.
/// A session that cannot go on faults as any background service does: the host logs the error and, unless
/// <see cref="HostOptions.BackgroundServiceExceptionBehavior"/> says otherwise, stops.
/// </remarks>
/// <param name="request">The campaign and how it runs.</param>
/// <param name="observers">Told of each outcome.</param>
/// <param name="host">Told to stop when the session is over, if the request says so.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it logs.</param>
public sealed class CampaignService(
    CampaignRequest request,
    IEnumerable<ICampaignObserver> observers,
    IHostApplicationLifetime host,
    TimeProvider time,
    ILogger<CampaignService> logger)
    : BackgroundService
{
    private readonly TaskCompletionSource<CampaignEnding> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CampaignRequest _request = request ?? throw new ArgumentNullException(nameof(request));
    private readonly IHostApplicationLifetime _host = host ?? throw new ArgumentNullException(nameof(host));
    private readonly CampaignSession _session = new(
        request,
        observers ?? throw new ArgumentNullException(nameof(observers)),
        time ?? throw new ArgumentNullException(nameof(time)),
        logger ?? throw new ArgumentNullException(nameof(logger)));
    private int _isDecided; // 1 as soon as it is settled whether the session begins

    /// <summary>The campaign's name: its folder's.</summary>
    public string Name => _request.Folder.Name;

    /// <summary>
    /// How the session ended; faults with the <see cref="StoreException"/> or <see cref="CampaignException"/> that ended it, and is
    /// cancelled when the host stopped before it began.
    /// </summary>
    public Task<CampaignEnding> Ending => _ending.Task;

    /// <summary>The progress at this moment, between outcomes too; <c>null</c> before the session has begun. Any thread may ask.</summary>
    public CampaignProgress? Progress => _session.Progress;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (ExecuteTask is { IsCompleted: true })
            EndUnbegun();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        EndUnbegun();
    }

    /// <summary>A session that the host never began, because another service failed to start, has an end too.</summary>
    private void EndUnbegun()
    {
        if (Interlocked.Exchange(ref _isDecided, 1) != 0)
            return;
        _ending.SetCanceled();
        (_request.Objective as IDisposable)?.Dispose(); // as a session does at its end
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Interlocked.Exchange(ref _isDecided, 1) != 0)
            return;
        try
        {
            _ending.SetResult(await _session.RunAsync(stoppingToken));
        }
        catch (Exception exception)
        {
            _ending.SetException(exception);
            throw;
        }
        finally
        {
            if (_request.StopsHost)
                _host.StopApplication();
        }
    }
}
