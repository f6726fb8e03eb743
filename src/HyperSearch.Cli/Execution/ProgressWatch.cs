using HyperSearch.Analysis;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Execution;

/// <summary>Shows how a campaign gets on: a few lines redrawn in place on a terminal, else a plain line now and then.</summary>
/// <param name="terminal">Where to show it.</param>
/// <param name="campaign">The campaign's name.</param>
/// <param name="search">The search.</param>
/// <param name="time">The clock.</param>
/// <param name="workPerEpoch">The planned work of one epoch of a configuration, to say how busy workers will be; <c>null</c> for not
/// saying it.</param>
internal sealed class ProgressWatch(
    Terminal terminal, string campaign, Search search, TimeProvider time, Func<Point, double>? workPerEpoch = null) : ICampaignObserver
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    private readonly string _metric = search.Metric;
    private readonly SlotAdvice _advice = new(search, workPerEpoch);
    private readonly Dictionary<string, WorkerJoined> _company = []; // by the name that is new with each process
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CampaignProgress? _last;
    private long _lastSeen;
    private long _lastLine;
    private int _lastTrials;

    /// <summary>Asks the session itself where it stands, for epochs between outcomes.</summary>
    public Func<CampaignProgress?>? Now { get; set; }

    /// <summary>Called once the ranking stands, while the winner is judged.</summary>
    public Action? Ranked { get; set; }

    /// <summary>How many threads of this process take part in a campaign that is open to workers elsewhere; <c>null</c> where it is
    /// not.</summary>
    public int? OwnWorkers { get; init; }

    /// <inheritdoc/>
    public void OnStarted(CampaignProgress progress)
    {
        Keep(progress);
        _lastTrials = progress.Trials;
        _lastLine = time.GetTimestamp();
        if (!terminal.ErrorIsTerminal)
        {
            var workers = OwnWorkers switch
            {
                null => $" on {Figures.Count(progress.Workers, "worker")}",
                0 => ", for the workers that join",
                var own => $" on {Figures.Count(own.Value, "worker")} here, and on those that join",
            };
            var done = progress.Trials > 0 ? $", {progress.Trials} of them done already" : "";
            terminal.Note($"{campaign}: {Figures.Count(progress.Planned, "trial")}{workers}{done}.");
        }

        if ((OwnWorkers is null ? _advice.Of(progress.Slots, progress.WantedWorkers) : _advice.Expectation()) is { } advice)
            terminal.Note(advice);
    }

    /// <inheritdoc/>
    public void OnEvent(CampaignEvent entry, CampaignProgress progress)
    {
        Keep(progress);
        switch (entry)
        {
            case WorkerJoined joined:
                _company[joined.Name] = joined;
                if (!IsHere(joined))
                    terminal.Note($"{NameOf(joined)} joined with {Figures.Count(joined.Slots, "worker")}; {Workers} now.");
                break;
            case WorkerLeft left when _company.Remove(left.Name, out var gone) && !IsHere(gone):
                terminal.Note($"{NameOf(gone)} left: {left.Reason.TrimEnd('.')}; {Figures.Count(Workers, "worker")} now.");
                break;
            case SlotsChanged slots:
                terminal.Note($"{slots.Slots} slots from job {slots.FromJob} on, for {Figures.Count(Workers, "worker")}.");
                break;
            case CampaignPaused { Paused: true }:
                terminal.Note($"{campaign} is paused: hypersearch pause {campaign} --end lets it go on.");
                break;
            case CampaignPaused:
                terminal.Note($"{campaign} goes on.");
                break;
        }

        var mayBeShort = search.AutoSlots ? entry is SlotsChanged : entry is WorkerJoined;
        if (mayBeShort && _advice.Of(progress.Slots, Workers) is { } advice)
            terminal.Note(advice);
    }

    /// <inheritdoc/>
    public void OnOutcome(Outcome outcome, CampaignProgress progress)
    {
        Keep(progress);
        if (terminal.ErrorIsTerminal)
            return;
        var tenth = (progress.Trials - _lastTrials) * 10 >= progress.Planned;
        if (!tenth && time.GetElapsedTime(_lastLine) < LineEvery)
            return;
        (_lastLine, _lastTrials) = (time.GetTimestamp(), progress.Trials);
        terminal.Note($"{campaign}: {ProgressText.Line(progress, _metric)}");
    }

    /// <inheritdoc/>
    public void OnRanked(CampaignProgress progress) => Ranked?.Invoke();

    /// <inheritdoc/>
    public void OnJudging(CampaignProgress progress)
    {
        Keep(progress);
        if (terminal.ErrorIsTerminal || time.GetElapsedTime(_lastLine) < LineEvery)
            return;
        _lastLine = time.GetTimestamp();
        terminal.Note($"{campaign}: {ProgressText.Line(progress, _metric)}");
    }

    /// <inheritdoc/>
    public void OnEnded(CampaignEnding ending) => Stop();

    /// <summary>Ends the view.</summary>
    public void Stop() => _over.TrySetResult();

    /// <summary>Shows progress until the session is over.</summary>
    public Task ShowAsync() => terminal.ErrorIsTerminal ? terminal.LiveAsync(DrawAsync) : _over.Task;

    private async Task DrawAsync(LiveLines view)
    {
        while (!_over.Task.IsCompleted)
        {
            if (Current() is { } progress)
                view.Draw(ProgressText.Live(campaign, progress, _metric, terminal.ErrorWidth - 1));
            await Task.WhenAny(_over.Task, Task.Delay(Frame, time));
        }
    }

    private int Workers => _company.Values.Sum(process => process.Slots);

    private static string NameOf(WorkerJoined joined) => Participant.NameOf(joined.Machine, joined.Process);

    private static bool IsHere(WorkerJoined joined) =>
        (joined.Machine, joined.Process) == (Environment.MachineName, Environment.ProcessId);

    private void Keep(CampaignProgress progress)
    {
        Volatile.Write(ref _last, progress);
        Volatile.Write(ref _lastSeen, time.GetTimestamp());
    }

    private CampaignProgress? Current() => Now?.Invoke() ?? (Volatile.Read(ref _last) is { } last
        ? last with { Elapsed = last.Elapsed + time.GetElapsedTime(Volatile.Read(ref _lastSeen)) }
        : null);
}
