using System.Runtime.CompilerServices;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch;

/// <summary>
/// A search for a program that owns the loop: it asks for a job, does it and tells the result. Nothing is run, timed or kept.
/// </summary>
/// <remarks>
/// Up to <see cref="SearchSettings.Slots"/> jobs may be out at a time; results may be told in any order, and the decisions are those of the
/// logical clock all the same: equal answers give equal questions. With one slot every decision sees every result. Not thread-safe, but
/// for <see cref="Report"/>.
/// </remarks>
/// <example>
/// <code>
/// var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
/// var search = new AskAndTell(space, new SearchOptions { Trials = 30 });
/// while (search.Ask() is { } job)
///     search.Tell(job, Math.Pow(job.Point["x"].Number - 0.3, 2));
/// Console.WriteLine(search.Ranking[0].Point);
/// </code>
/// </example>
public sealed class AskAndTell
{
    private readonly Search _search;
    private readonly Planner _planner;
    private readonly Arrivals _arrivals;
    private readonly Dictionary<int, JobReports> _out = []; // locked, because jobs report from their own threads
    private readonly Queue<Job> _ready = [];
    private readonly List<Outcome> _outcomes = [];
    private PlannerState _state;

    /// <summary>Makes one.</summary>
    /// <param name="space">The space to search.</param>
    /// <param name="options">How the search decides. Default: 100 trials, a sampler that <c>auto</c> chooses, 8 slots.</param>
    /// <param name="maximize">Whether more is better. Default: less is.</param>
    /// <exception cref="ArgumentException">An option makes no sense.</exception>
    /// <exception cref="CampaignException">A sampler, a schedule or a measure of work of the program's own gave what cannot be carried out;
    /// the message names it.</exception>
    public AskAndTell(Space space, SearchOptions? options = null, bool maximize = false)
    {
        ArgumentNullException.ThrowIfNull(space);
        options ??= new SearchOptions();
        _search = options.Define(space, maximize, "search");
        SearchChecks.ThrowIfWrong(_search, workers: 1);
        _planner = new Planner(_search, options.WorkPerEpoch ?? (_ => 1), _search.Trials);
        _arrivals = new Arrivals([], _search.Relaxed);
        _state = _planner.Initial();
        Plan();
    }

    /// <summary>Why the search has ended; <c>null</c> while it goes on.</summary>
    public string? Ending => _state.IsFinished ? _state.Ending : null;

    /// <summary>The trials told of so far, the best first.</summary>
    public IReadOnlyList<Trial> Ranking =>
        [.. Planning.Ranking.Rank(Trial.Fold(_outcomes, _search.Objective.Epochs), _search).Select(ranked => ranked.Trial)];

    /// <summary>The next job; <c>null</c> while an unanswered job must be told first, and when the search has ended.</summary>
    public Job? Ask()
    {
        if (!_ready.TryDequeue(out var job))
            return null;
        lock (_out)
            _out.Add(job.Number, new JobReports(job, _search));
        return job;
    }

    /// <summary>
    /// Reports the value of a job after an epoch, so that a schedule that compares trials while they train (<c>MedianSchedule</c>) knows it
    /// and can stop it. The thread that does the job may call it at any time.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="epoch">Epochs trained in all, from 1 to <see cref="Job.ToEpochs"/>, more than before. Epochs up to
    /// <see cref="Job.FromEpochs"/> are known from an earlier job and not counted again.</param>
    /// <param name="value">The value to minimize or maximize; NaN and infinities mean divergence.</param>
    /// <returns>Whether to go on; when false, tell the job's result soon: what was reported is its result.</returns>
    /// <exception cref="ArgumentException">The job is not out, or not this search's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The epoch does not go forward, or lies beyond the job.</exception>
    public bool Report(Job job, int epoch, double value)
    {
        ArgumentNullException.ThrowIfNull(job);
        return ReportsOf(job).Add(epoch, value);
    }

    /// <summary>Tells the result of a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="value">Its value; <c>null</c> when it failed, NaN or an infinity when it diverged. Of a job that was told to stop only
    /// whether it failed counts.</param>
    /// <exception cref="ArgumentException">The job is not out, or not this search's.</exception>
    /// <exception cref="CampaignException">A sampler, a schedule or a measure of work of the program's own gave what cannot be carried out;
    /// the message names it.</exception>
    [OverloadResolutionPriority(1)] // so that Tell(job, null) compiles, and says that the job failed
    public void Tell(Job job, double? value)
    {
        ArgumentNullException.ThrowIfNull(job);
        var metrics = new Dictionary<string, double>();
        if (value is { } number && double.IsFinite(number))
            metrics[_search.Metric] = number;
        Tell(job, value, metrics);
    }

    /// <summary>Tells several metrics of a job, where they are traded off (<see cref="SearchSettings.Further"/>).</summary>
    /// <param name="job">The job.</param>
    /// <param name="metrics">Each by its name. The job diverged when a metric of the search is missing, NaN or infinite.</param>
    /// <exception cref="ArgumentException">The job is not out, or not this search's.</exception>
    /// <exception cref="CampaignException">A sampler, a schedule or a measure of work of the program's own gave what cannot be carried out;
    /// the message names it.</exception>
    public void Tell(Job job, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(metrics);
        var complete = _search.Goals.All(goal => goal.CostOf(metrics) is not null);
        Tell(job, complete ? metrics[_search.Metric] : double.NaN, metrics);
    }

    private void Tell(Job job, double? value, IReadOnlyDictionary<string, double> metrics)
    {
        var reports = ReportsOf(job);
        lock (_out)
            _out.Remove(job.Number);
        _arrivals.Add(reports.OutcomeOf(value, metrics));
        while (_state.Awaited is { } awaited && _arrivals.Take(awaited) is { } outcome)
        {
            _outcomes.Add(outcome);
            _state = _planner.Observe(_state, outcome);
            Plan();
        }
    }

    /// <summary>
    /// Decides every job that can be decided now, as a campaign does after every outcome, so that it does not matter when somebody asks.
    /// </summary>
    private void Plan()
    {
        while (true)
        {
            (var job, _state) = _planner.Next(_state);
            if (job is null)
                return;
            _ready.Enqueue(job);
        }
    }

    /// <summary>The reports of a job that is out.</summary>
    private JobReports ReportsOf(Job job)
    {
        JobReports? reports;
        lock (_out)
            _out.TryGetValue(job.Number, out reports);
        if (reports is null)
            throw new ArgumentException($"A result is told once, of a job that was asked for; job {job.Number} is not out.", nameof(job));
        return ReferenceEquals(reports.Job, job) ? reports : throw new ArgumentException(
            $"This job {job.Number} is another search's, or a copy. Report and Tell take the very object that Ask gave.", nameof(job));
    }
}
