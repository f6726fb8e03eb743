using HyperSearch.Analysis;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Invocation;

/// <summary>Slows polling of a running campaign down, so that it does not take the processors from it; see decision 0004.</summary>
/// <remarks>A few looks in a row never wait, and what any look tells is of the moment when its turn came.</remarks>
internal sealed class Polling : IDisposable
{
    private const int Tries = 20;
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(2);
    private readonly PollingBudget _budget;
    private readonly TimeProvider _time;

    private Polling(PollingBudget budget, TimeProvider time) => (_budget, _time) = (budget, time);

    /// <summary>Waits for this look's turn, or until no campaign of those runs any more.</summary>
    /// <returns>To be disposed when the look is over; <c>null</c> when no campaign runs.</returns>
    public static async Task<Polling?> AwaitTurnAsync(IReadOnlyList<CampaignFolder> folders, Shell shell, CancellationToken stop)
    {
        var time = shell.Time;
        if (!folders.Any(folder => Campaign.Open(folder).IsRunning))
            return null;
        var turn = new Polling(new PollingBudget(Path.Combine(Path.GetTempPath(), $"hypersearch-polling-{Environment.UserName}"),
            Environment.ProcessorCount), time);
        var began = time.GetTimestamp();
        var wait = await turn.TakeAsync(stop);
        if (wait > WorthTelling && shell.Terminal.ErrorIsTerminal)
            shell.Terminal.Note($"Waiting for {Figures.Duration(wait.TotalSeconds)}: many looks at a running campaign take turns.");
        while (time.GetElapsedTime(began) < wait && folders.Any(folder => Campaign.Open(folder).IsRunning))
            await Task.Delay(Pause, time, stop);
        return turn;
    }

    /// <summary>A look that took more or less than usual counts with the time that it took.</summary>
    public void Dispose() => _budget.Take(Environment.CpuUsage.TotalTime - Usual, _time.GetUtcNow());

    private async Task<TimeSpan> TakeAsync(CancellationToken stop)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (_budget.Take(Usual, _time.GetUtcNow()) is { } wait)
                return wait;
            await Task.Delay(Pause / 10, _time, stop);
        }

        return TimeSpan.Zero; // others had it each time: look all the same
    }
}
