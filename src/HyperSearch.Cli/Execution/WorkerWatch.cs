using HyperSearch.Analysis;
using HyperSearch.Cli.Output;
using HyperSearch.Cluster;

namespace HyperSearch.Cli.Execution;

/// <summary>
/// Shows what a worker process does: a few lines redrawn in place on a terminal, else a plain line when something changes.
/// </summary>
/// <param name="terminal">Where to show it.</param>
/// <param name="worker">The worker.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerWatch(Terminal terminal, WorkerService worker, TimeProvider time)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TroubleAfter = TimeSpan.FromSeconds(3); // a host that is about to begin needs a moment

    private string? _campaign;
    private string? _told;
    private long? _troubledSince;
    private long _lastLine = time.GetTimestamp();

    /// <summary>Shows it until the worker has ended.</summary>
    public Task ShowAsync() => terminal.ErrorIsTerminal ? terminal.LiveAsync(DrawAsync) : WatchAsync(() => { });

    private Task DrawAsync(LiveLines view) => WatchAsync(() => view.Draw(Lines(terminal.ErrorWidth - 1)));

    private async Task WatchAsync(Action draw)
    {
        while (!worker.Ending.IsCompleted)
        {
            TellChanges();
            draw();
            await Task.WhenAny(worker.Ending, Task.Delay(Frame, time));
        }
    }

    private void TellChanges()
    {
        var wasThere = _campaign is not null;
        if (worker.Campaign is { } campaign && campaign != _campaign)
        {
            terminal.Note($"Joined {campaign} with {Figures.Count(worker.Slots, "worker")}.");
            (wasThere, _lastLine) = (false, time.GetTimestamp());
        }

        _campaign = worker.Campaign;

        if (worker.Trouble is not { } trouble)
        {
            if (_told is not null && wasThere) // else it has just joined, which says more
                terminal.Note("The host answers again.");
            (_told, _troubledSince) = (null, null);
        }
        else
        {
            _troubledSince ??= time.GetTimestamp();
            if (trouble != _told && time.GetElapsedTime(_troubledSince.Value) >= TroubleAfter)
                terminal.Note(_told = trouble);
        }

        if (terminal.ErrorIsTerminal || _campaign is null || time.GetElapsedTime(_lastLine) < LineEvery)
            return;
        terminal.Note($"{_campaign}: {Figures.Count(worker.Done, "job")} done here, {worker.InFlight.Length} in hand.");
        _lastLine = time.GetTimestamp();
    }

    private IReadOnlyList<string> Lines(int width) =>
    [
        $"{worker.Campaign ?? "no campaign yet"}  {Figures.Count(worker.Done, "job")} done here",
        .. ProgressText.Workers(
            [.. worker.InFlight.OrderBy(job => job.Worker).Select(ProgressText.Worker)], "workers", width),
    ];
}
