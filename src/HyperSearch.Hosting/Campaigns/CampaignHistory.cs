using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The history of a campaign as its records tell it, without its trials.</summary>
internal sealed class CampaignHistory(CampaignFolder folder)
{
    private readonly List<TrialLimit> _limits = [];

    /// <summary>The events, in order.</summary>
    public List<CampaignEvent> Events { get; } = [];

    /// <summary>How long the sessions took.</summary>
    public SessionClock Sessions { get; } = new();

    /// <summary>How busy the workers were.</summary>
    public WorkClock Work { get; } = new();

    /// <summary>Who took part.</summary>
    public Attendance Attendance { get; } = new();

    /// <summary>The jobs that have ended.</summary>
    public JobSet Jobs { get; } = new();

    /// <summary>How many trials each session asked for, and from which job on.</summary>
    public IReadOnlyList<TrialLimit> TrialLimits => _limits;

    /// <summary>The changes of the number of slots.</summary>
    public List<SlotChange> SlotChanges { get; } = [];

    /// <summary>The configurations that people enqueued while the campaign ran.</summary>
    public List<EnqueuedPoint> EnqueuedPoints { get; } = [];

    /// <summary>The trials that people stopped while the campaign ran.</summary>
    public List<TrialStop> StoppedTrials { get; } = [];

    /// <summary>The jobs that people stopped, and the first epoch at which each may end.</summary>
    public Dictionary<JobKey, int> StoppedJobs { get; } = [];

    /// <summary>What people changed while it ran, a sentence each.</summary>
    public List<string> Interventions { get; } = [];

    /// <summary>How many trials people asked for last while it ran; 0 where nobody did.</summary>
    public int TrialsByHand => Events.OfType<TrialsChanged>().LastOrDefault()?.Trials ?? 0;

    /// <summary>How many trials the campaign was last asked for; <c>null</c> where an older journal has no session that says so.</summary>
    public int? TrialsAsked => _limits is [.., var last] ? last.Trials : Created.Trials;

    /// <summary>The number after the greatest of a job that was decided.</summary>
    public int NextJob { get; private set; }

    /// <summary>How many outcomes have been seen before another session's number of trials may hold: a change by a person that no job on
    /// disk follows from yet holds no sooner because a session ended.</summary>
    public int NextOutcome => _limits.LastOrDefault()?.FromOutcome ?? 0;

    /// <summary>How the campaign was created.</summary>
    /// <exception cref="StoreException">The journal does not begin with it.</exception>
    public CampaignCreated Created => Events is [CampaignCreated created, ..] ? created : throw new StoreException(
        $"The journal \"{folder.JournalPath}\" does not begin with how the campaign was created (offset " +
        $"{JournalFormat.HeaderSize}, record 0). "
        + "Nothing can be resumed; run the search anew.");

    /// <summary>The definition in force: the file's, with the seed it was created with and the trials that it was last asked for.</summary>
    /// <param name="file">A reading of the file.</param>
    public Search InForce(Search file) => Created.InForce(file) with { Trials = TrialsAsked ?? file.Trials };

    /// <summary>Takes note of an event.</summary>
    public void Observe(CampaignEvent entry)
    {
        Events.Add(entry);
        Sessions.Observe(entry);
        Work.Observe(entry);
        Attendance.Observe(entry);
        if (entry is SlotsChanged slots)
            SlotChanges.Add(new SlotChange(slots.FromJob, slots.Slots));
        StepIn(entry);
        if (entry is not SessionStarted session)
            return;
        NextJob = Math.Max(NextJob, session.FromJob ?? 0); // outcomes before it may have been lost
        _limits.Add(new TrialLimit(session.FromJob ?? NextJob, session.Trials)
        {
            FromOutcome = NextOutcome,
            Again = session.Again.IsDefault ? [] : session.Again,
            HoldsBack = session.HoldsBack,
        });
    }

    /// <summary>Takes note of what a person changed.</summary>
    private void StepIn(CampaignEvent entry)
    {
        switch (entry)
        {
            case TrialsChanged change:
                NextJob = Math.Max(NextJob, change.FromJob);
                _limits.Add(new TrialLimit(change.FromJob, change.Trials)
                {
                    FromOutcome = change.FromOutcome,
                    HoldsBack = change.HoldsBack,
                    Again = change.Again.IsDefault ? [] : change.Again,
                });
                var failed = change.Again.IsDefaultOrEmpty ? "" : $", {change.Again.Length} that failed again among them";
                Interventions.Add(FormattableString.Invariant($"{change.Trials} trials in all from job {change.FromJob} on{failed}"));
                break;
            case PointEnqueued enqueued:
                NextJob = Math.Max(NextJob, enqueued.FromJob);
                EnqueuedPoints.Add(new EnqueuedPoint(enqueued.FromJob, enqueued.FromOutcome, enqueued.Point));
                Interventions.Add(FormattableString.Invariant(
                    $"a configuration enqueued from job {enqueued.FromJob} on: {enqueued.Point}"));
                break;
            case TrialStopped stopped:
                if (stopped.FromJob > 0)
                    StoppedTrials.Add(new TrialStop(stopped.FromJob, stopped.FromOutcome, stopped.Trial));
                foreach (var job in stopped.Jobs.IsDefault ? [] : stopped.Jobs)
                    StoppedJobs.TryAdd(JobKey.Of(job.Job, stopped.Trial, job.Repeat), job.Epoch);
                Interventions.Add(FormattableString.Invariant($"trial {stopped.Trial} stopped from job {stopped.FromJob} on"));
                break;
        }
    }

    /// <summary>Takes note of an outcome.</summary>
    public void Observe(Outcome outcome)
    {
        Jobs.Add(outcome.Key);
        Attendance.Observe(outcome);
        if (outcome.Repeat == 0) // repeats are numbered anew when a campaign is extended
            NextJob = Math.Max(NextJob, outcome.Job + 1);
        ObserveTimes(outcome.Started, outcome.Seconds, outcome.Worker, outcome.IsFirst);
    }

    /// <summary>Takes note of when an outcome's job ran and on which worker, and of whether it is the first of its trial.</summary>
    public void ObserveTimes(DateTimeOffset started, double seconds, int? worker, bool isFirst)
    {
        Sessions.Observe(started, seconds, isFirst);
        Work.Observe(started, seconds, worker);
    }

    /// <summary>A view of the campaign at one moment.</summary>
    /// <param name="search">The definition in force.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="owned">Whether a living process owned the campaign before its journal was read.</param>
    /// <param name="live">The live status that it left.</param>
    /// <param name="now">The present moment, UTC.</param>
    public CampaignSnapshot Snapshot(Search search, ImmutableArray<Trial> trials, bool owned, LiveStatus? live, DateTimeOffset now)
    {
        var ended = Events.LastOrDefault(entry => entry is SessionStarted or SessionEnded) as SessionEnded;
        var state = owned ? CampaignState.Running : ended is { Finished: true } ? CampaignState.Finished : CampaignState.Interrupted;
        var elapsed = owned && Sessions.Started is not null ? Sessions.ElapsedAt(now) : Sessions.Elapsed;
        return new CampaignSnapshot
        {
            Name = folder.Name,
            Folder = folder.Path,
            Search = search,
            Settings = SearchEdit.Settings(Created.SearchText),
            SlotChanges = [.. SlotChanges],
            Interventions = [.. Interventions],
            IsPaused = owned && Events.LastOrDefault(entry => entry is SessionStarted or CampaignPaused) is CampaignPaused { Paused: true },
            Participants = Attendance.Participants,
            Places = Attendance.Places,
            State = state,
            Trials = trials,
            DevRows = Created.DevRows,
            DataFingerprint = Created.DataFingerprint,
            Running = live?.Jobs.Length ?? 0,
            ElapsedSeconds = elapsed.TotalSeconds,
            Pace = Sessions.Pace(owned, search.Trials),
            Ending = state == CampaignState.Finished ? ended!.Reason : null,
            Busy = Attendance.Participants.IsEmpty ? Work.Busy(search.Slots) : null,
            Verdict = Events.OfType<WinnerJudged>().LastOrDefault()?.Verdict,
        };
    }
}
