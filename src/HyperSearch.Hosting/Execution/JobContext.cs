using HyperSearch.Analysis;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>One attempt at a job: gathers the objective's reports and says when to stop.</summary>
/// <param name="job">The job.</param>
/// <param name="search">The definition.</param>
/// <param name="checkpointFolder">Its checkpoints; made when it is asked for.</param>
/// <param name="logPath">Its log; the folder is made when it is asked for.</param>
/// <param name="onEpoch">Told of each epoch and the value there; gives the reason to stop, or <c>null</c>.</param>
/// <param name="worker">Which worker runs it, from 0.</param>
/// <param name="kept">The campaign that must be there; <c>null</c> for one that is not kept.</param>
/// <param name="leaders">The best values so far; <c>null</c> where nothing is kept of the leaders' rows.</param>
/// <param name="warn">Told of warnings; <c>null</c> for nobody.</param>
internal sealed class JobContext(
    Job job, Search search, string checkpointFolder, string logPath, Func<int, double?, string?> onEpoch, int worker = 0,
    CampaignFolder? kept = null, LeaderBar? leaders = null, Action<string>? warn = null)
        : IJobContext
{
    private readonly List<(int Epoch, IReadOnlyDictionary<string, double> Metrics)> _measurements = [];
    private SortedMetrics _last = SortedMetrics.Empty;
    private double _best = double.PositiveInfinity;
    private bool _isOver;
    private string? _stopped;
    private string? _divergence;
    private string? _missing;
    private string? _was;
    private RowErrors? _rows;
    private SignalNorms? _firstSignals;
    private SignalNorms? _lastSignals;

    public Job Job => job;

    public int? StopsAt { get; init; }

    public int Worker => worker;

    public string Metric => search.Metric;

    public string CheckpointFolder => Make(checkpointFolder);

    public bool HasCheckpointFolder => Directory.Exists(checkpointFolder);

    public bool BeginAgain() => CheckpointCopies.BeginAgain(checkpointFolder, checkpointFolder + CampaignFolder.FirstCheckpoint);

    public string LogPath
    {
        get
        {
            Make(Path.GetDirectoryName(logPath)!);
            return logPath;
        }
    }

    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (_isOver)
            return false; // from work that the objective left behind, and nobody waits for
        metrics = _last = SortedMetrics.Of(metrics); // by their own names, whatever the objective's dictionary takes for equal
        _measurements.Add((epoch, _last));
        var told = onEpoch(epoch, metrics.TryGetValue(search.Metric, out var value) ? value : null);

        _divergence = DivergenceOf(epoch, metrics);
        _was = null;
        if (!metrics.ContainsKey(search.Metric))
            return true; // it may come with a later measurement; only the last one has to have it
        if (_divergence is not null)
            return false;

        _best = Math.Min(_best, search.Maximize ? -metrics[search.Metric] : metrics[search.Metric]);
        if (epoch < job.ToEpochs && job.Stop?.Ends(epoch, _best) == true)
            _stopped = $"stopped after {Figures.Count(epoch, "epoch")}: {job.Stop.Reason}";
        else if (told is not null)
            _stopped = $"stopped after {Figures.Count(epoch, "epoch")}: {told}";
        return _stopped is null;
    }

    public void ReportLast(IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _last = SortedMetrics.Of(metrics);
    }

    public void ExplainMissingMetric(string reason) => _missing = reason;

    public void Warn(string sentence) => warn?.Invoke(sentence);

    public void ExplainDivergence(string was) => _was = was;

    public void OfferRows(Func<RowErrors?> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var isWhole = job.Repeat == 0 && job.ToEpochs >= search.Objective.Epochs && _stopped is null && _divergence is null;
        if (isWhole && leaders is not null && _measurements.Count > 0 && leaders.Admits(job.Trial, _measurements[^1].Metrics))
            _rows = rows();
    }

    public void Note(SignalNorms signals)
    {
        if (_firstSignals is null)
            _firstSignals = signals;
        else
            _lastSignals = signals;
    }

    /// <summary>The outcome of an attempt that returned in an orderly way.</summary>
    public Outcome Complete() =>
        _missing is not null ? End(OutcomeState.Failed, _missing) : _divergence is not null || _measurements.Count == 0
        ? End(OutcomeState.Diverged, _divergence ?? $"the objective reported no {search.Metric}")
        : End(_stopped is null ? OutcomeState.Completed : OutcomeState.Stopped, _stopped);

    /// <summary>An outcome with the measurements so far; only a completed or stopped one has a value.</summary>
    public Outcome End(OutcomeState state, string? reason)
    {
        _isOver = true;
        return Outcome.Of(job, state, reason) with
        {
            Epochs = _measurements.Count > 0 ? _measurements[^1].Epoch : job.FromEpochs,
            Value = state is OutcomeState.Completed or OutcomeState.Stopped ? _last[search.Metric] : null,
            Metrics = _last.Finite(),
            Curve = LearningCurve.Of(_measurements),
            RowErrors = state == OutcomeState.Completed ? _rows : null,
            FirstSignals = _firstSignals?.Rounded(),
            LastSignals = _lastSignals?.Rounded(),
        };
    }

    private string Make(string folder)
    {
        try
        {
            return kept?.Make(folder) ?? Directory.CreateDirectory(folder).FullName;
        }
        catch (StoreException failure)
        {
            failure.Job = job;
            throw;
        }
    }

    private string? DivergenceOf(int epoch, IReadOnlyDictionary<string, double> metrics) =>
        !metrics.TryGetValue(search.Metric, out var value)
            ? $"the objective reported no {search.Metric} at epoch {epoch}, only: {string.Join(", ", metrics.Keys)}"
        : !double.IsFinite(value) ? FormattableString.Invariant($"{_was ?? $"{search.Metric} became {value}"} at epoch {epoch}")
        : null;
}
