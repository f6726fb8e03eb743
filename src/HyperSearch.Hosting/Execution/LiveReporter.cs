using HyperSearch.Hosting.Stores;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>
/// Leaves the live status of a session in the campaign's folder once a second, for readers in other processes. An observer: it never
/// disturbs.
/// </summary>
internal sealed class LiveReporter : IDisposable
{
    private readonly ITimer _timer;

    public LiveReporter(LiveStatusFile file, Func<CampaignProgress> progress, TimeProvider time, ILogger logger)
    {
        var busy = 0;
        _timer = time.CreateTimer(
            _ =>
            {
                if (Interlocked.Exchange(ref busy, 1) == 1)
                    return;
                var now = progress();
                var jobs = now.InFlight.Select(job =>
                    new LiveJob(job.Job.Number, job.Job.Trial, job.Epoch, job.Job.ToEpochs, job.Worker, Finite(job.Value))
                    {
                        Place = job.Place,
                    });
                var begun = now.Trials + now.InFlight.Count(job => job.Job is { FromEpochs: 0, Repeat: 0 });
                if (file.Publish(new LiveStatus(time.GetUtcNow(), begun, [.. jobs])) is { } problem)
                    Log.LiveStatusFailed(logger, problem);
                Interlocked.Exchange(ref busy, 0);
            },
            null,
            TimeSpan.Zero,
            TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _timer.Dispose();

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
