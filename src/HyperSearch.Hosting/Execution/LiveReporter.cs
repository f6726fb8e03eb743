using System.Collections.Immutable;
using HyperSearch.Hosting.Stores;
using HyperSearch.Schedules;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>
/// Leaves the live status of a session in the campaign's folder once a second, for readers in other processes. An observer: it never
/// disturbs.
/// </summary>
internal sealed class LiveReporter : IDisposable
{
    private const int MostLimits = 60;
    private readonly ITimer _timer;

    public LiveReporter(LiveStatusFile file, Func<CampaignProgress> progress, bool maximize, TimeProvider time,
        ILogger logger)
    {
        var busy = 0;
        string? told = null;
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
                        Point = job.Job.Point,
                        Limits = Limits(job.Job.Stop, maximize),
                        LimitReason = job.Job.Stop?.Reason,
                    });
                var begun = now.Trials + now.InFlight.Count(job => job.Job is { FromEpochs: 0, Repeat: 0 } or { Parent: not null });
                if (file.Publish(new LiveStatus(time.GetUtcNow(), begun, [.. jobs])) is { } problem && problem != told)
                    Log.LiveStatusFailed(logger, told = problem); // once, not every second
                Interlocked.Exchange(ref busy, 0);
            },
            null,
            TimeSpan.Zero,
            TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>The limits of a rule in the metric's own direction; of very many, evenly spread ones.</summary>
    internal static ImmutableArray<LiveLimit> Limits(StopRule? rule, bool maximize)
    {
        if (rule is null)
            return [];
        LiveLimit[] all = [.. rule.Limit.Index().Where(entry => double.IsFinite(entry.Item))
            .Select(entry => new LiveLimit(entry.Index + 1, maximize ? -entry.Item : entry.Item))];
        var stride = (all.Length / MostLimits) + 1;
        return [.. all.Where((_, place) => place % stride == 0 || place == all.Length - 1)];
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
