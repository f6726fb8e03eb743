using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Execution;

/// <summary>
/// The workers of one session on whatever machines they are: jobs go out as leases, outcomes come back, and each is acknowledged to whoever
/// brought it once it is on disk.
/// </summary>
/// <remarks>Everything is decided by <see cref="LeaseBook"/>; this class gives it the time, keeps the calls that wait for an answer, and
/// knows who has joined.</remarks>
internal sealed partial class Coordinator : IWorkers, ICampaignDoor
{
    /// <summary>How long a finished session waits until every worker has heard of the end.</summary>
    private static readonly TimeSpan LongestDismissal = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly HostFacts _facts;
    private readonly LeaseRules _rules;
    private readonly LeaseBook _book;
    private readonly OwnWorkers? _own;
    private readonly Func<Job, bool> _hasCheckpoint;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Members _members = new();
    private readonly Vacancy _vacancy = new();
    private readonly HashSet<string> _missing; // had jobs of the last session, which was killed, and are not back yet
    private readonly Dictionary<(string Worker, long Number), TaskCompletionSource<Reply>> _calls = [];
    private readonly Channel<Job> _jobs;
    private readonly Channel<Outcome> _outcomes = Channel.CreateUnbounded<Outcome>(); // the planner has no more jobs out than slots
    private readonly TaskCompletionSource _everybodyKnows = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _began;
    private State _state;
    private bool _takesNoMore;

    /// <summary>Makes the workers of a session.</summary>
    /// <param name="facts">What a worker has to share with the host.</param>
    /// <param name="slots">How many jobs the planner has out at most.</param>
    /// <param name="own">The threads of this process that take part; <c>null</c> for none.</param>
    /// <param name="missing">The processes that may still have jobs of a session that was killed.</param>
    /// <param name="hasCheckpoint">Whether there is a checkpoint that a job goes on from.</param>
    /// <param name="rules">Times and counts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    public Coordinator(
        HostFacts facts, int slots, OwnWorkers? own, IEnumerable<string> missing, Func<Job, bool> hasCheckpoint, LeaseRules rules,
        TimeProvider time, ILogger logger)
    {
        (_facts, _own, _rules, _hasCheckpoint, _time, _logger) = (facts, own, rules, hasCheckpoint, time, logger);
        (_began, _missing) = (time.GetTimestamp(), [.. missing]);
        _book = new LeaseBook(Guid.NewGuid().ToString("N"), rules, _missing.Count > 0 ? rules.Adoption : default);
        _jobs = Channel.CreateBounded<Job>(slots);
    }

    /// <inheritdoc/>
    public event Action<CampaignEvent>? Changed;

    /// <inheritdoc/>
    public ChannelWriter<Job> Jobs => _jobs.Writer;

    /// <inheritdoc/>
    public ChannelReader<Outcome> Outcomes => _outcomes.Reader;

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_gate)
                return _members.Workers;
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<JobInFlight> InFlight
    {
        get
        {
            lock (_gate)
                return [.. _own?.InFlight.Select(Here) ?? [], .. _book.Runs.GroupBy(run => run.Worker.Name).SelectMany(Elsewhere)];
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_began);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        lock (_gate)
            _state = State.Open;
        using var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var sweeping = _time.CreateTimer(_ => Sweep(), null, _rules.Beat / 8, _rules.Beat / 8);
        var working = _own?.RunAsync(this, own.Token) ?? Task.CompletedTask;
        Exception? failure = null;
        try
        {
            var offering = OfferAsync(stop);
            await (await Task.WhenAny(offering, _own is null ? offering : working)); // threads end by themselves only where one failed
            await offering;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The session is over, or interrupted.
        }
        catch (Exception cause)
        {
            failure = cause;
            throw;
        }
        finally
        {
            await own.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Close();
            _outcomes.Writer.TryComplete(failure);
        }
    }

    /// <inheritdoc/>
    public void Acknowledge(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Decide(() => _book.Acknowledge(outcome.Job));
    }

    /// <inheritdoc/>
    public Task<Reply> ExchangeAsync(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var call = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        Member member;
        lock (_gate)
        {
            if (_state is State.Closed or State.Made || _members[report.Worker] is not { } known)
                return Task.FromResult(Reply.ToStranger(""));
            (member, known.Heard) = (known, Now);
            _calls[(report.Worker, report.Number)] = call;
            Decide(() => _book.Hear(report, Now));
            if (_missing.Count > 0 && _missing.Remove(report.Worker) && _missing.Count == 0)
                Decide(() => _book.EndAdoption(Now));
        }

        if (report is { IsDraining: true, Held: [], Finished: [] })
            Leave(member, report.LeavesBecause ?? "it was told to leave");
        return call.Task;
    }

    /// <summary>Does something while a job is open, so that its outcome cannot arrive meanwhile.</summary>
    public JobStanding WhileOpen(int job, ulong identity, Action<Job> act)
    {
        lock (_gate)
        {
            if (_book.Awaited(job, identity) is not { } open)
                return _book.MayOffer(job) ? JobStanding.NotYet : JobStanding.Closed;
            if (_book.IsRunBy(job, _own?.Name))
                return JobStanding.Closed; // a thread of this process works in that very folder
            act(open);
            return JobStanding.Open;
        }
    }

    private async Task OfferAsync(CancellationToken stop)
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync(stop))
        {
            var form = JobForm.Write(job);
            Decide(() => _book.Offer(job, form, Now));
        }

        lock (_gate)
            _takesNoMore = true;
        LookWhetherAllArrived();
        await _allArrived.Task.WaitAsync(stop);
    }

    private void Sweep()
    {
        Decide(() => _book.Sweep(Now));
        lock (_gate)
        {
            foreach (var silent in _members.All.Where(member => Now - member.Heard >= _rules.TimeToLive).ToList())
                Leave(silent, FormattableString.Invariant($"it was silent for {_rules.TimeToLive.TotalSeconds:0.#} s"));
            if (_vacancy.Look(Now, _state == State.Open && !Paused && _members.Workers == 0 && _book.HasWork) is { } words)
                Log.Vacant(_logger, words);
        }
    }

    /// <summary>Asks the book, and does what it decides.</summary>
    private void Decide(Func<Decisions> ask)
    {
        lock (_gate)
        {
            var decisions = ask();
            foreach (var arrival in decisions.Arrivals)
                _outcomes.Writer.TryWrite(OutcomeOf(arrival));
            foreach (var (worker, number, reply) in decisions.Answers)
                Answer(worker, number, reply);
        }

        LookWhetherAllArrived();
    }

    private void Answer(string worker, long number, Reply reply)
    {
        if (!_calls.Remove((worker, number), out var call))
            return;
        if (reply.Granted.Length > 0)
            reply = reply with { Granted = [.. reply.Granted.Select(Marked)] };
        call.TrySetResult(reply);
        if (!reply.IsOver || _members[worker] is not { } member)
            return;
        member.KnowsEnd = true;
        LookWhetherEverybodyKnows();
    }

    private GrantedJob Marked(GrantedJob granted) =>
        _book.JobOf(granted.Job) is { } job && _hasCheckpoint(job) ? granted with { HasCheckpoint = true } : granted;

    private void LookWhetherAllArrived()
    {
        lock (_gate)
        {
            if (_takesNoMore && !_book.HasWork)
                _allArrived.TrySetResult();
        }
    }

    /// <summary>Lets every call go that waits for an answer; whoever made it comes again.</summary>
    private void Close()
    {
        lock (_gate)
        {
            if (_state != State.Over)
                _state = State.Closed;
            foreach (var call in _calls.Values)
                call.TrySetCanceled();
            _calls.Clear();
        }
    }

    private Outcome OutcomeOf(Arrival arrival)
    {
        var job = arrival.Job;
        if (arrival.Outcome is null || arrival.Worker is null)
        {
            var lost = $"{arrival.Losses} workers were lost while they ran it, so it may be what kills them (out of memory, for instance)";
            return Outcome.Of(job, OutcomeState.Failed, lost) with { Attempts = arrival.Losses, Started = _time.GetUtcNow() };
        }

        var first = _members.FirstOf(arrival.Worker);
        try
        {
            var outcome = JobForm.ReadOutcome(arrival.Outcome, job);
            return outcome with { Worker = first + outcome.Worker };
        }
        catch (FormatException error)
        {
            Log.OutcomeUnreadable(_logger, job.Number, arrival.Worker, error.Message);
            return Outcome.Of(job, OutcomeState.Failed, error.Message) with { Started = _time.GetUtcNow(), Worker = first };
        }
    }

    private enum State
    {
        Made,
        Open,
        Closed,
        Over,
    }
}
