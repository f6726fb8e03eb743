using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Planning;

/// <summary>The reports of a job whose loop is somebody else's, and its outcome.</summary>
/// <param name="job">The job; one thread at a time reports it.</param>
/// <param name="search">The definition.</param>
internal sealed class JobReports(Job job, Search search)
{
    private readonly List<(int Epoch, IReadOnlyDictionary<string, double> Metrics)> _measured = [];
    private double _best = double.PositiveInfinity;
    private int _last;
    private string? _stopped;
    private string? _diverged;

    public Job Job => job;

    /// <summary>Adds the value after an epoch.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Add(int epoch, double value)
    {
        if (epoch <= _last || epoch > job.ToEpochs)
        {
            throw new ArgumentOutOfRangeException(nameof(epoch), epoch, FormattableString.Invariant(
                $"The epochs of this job go from 1 to {job.ToEpochs} (ToEpochs) and forward; {_last} was reported last."));
        }

        _last = epoch;
        if (epoch <= job.FromEpochs)
            return true;
        if (_stopped is not null || _diverged is not null)
            return false;
        _measured.Add((epoch, new Dictionary<string, double> { [search.Metric] = value }));
        if (!double.IsFinite(value))
        {
            _diverged = FormattableString.Invariant($"{search.Metric} became {value} at epoch {epoch}");
            return false;
        }

        _best = Math.Min(_best, search.Maximize ? -value : value);
        if (epoch < job.ToEpochs && job.Stop?.Ends(epoch, _best) == true)
            _stopped = $"stopped after {Counted.Of(epoch, "epoch")}: {job.Stop.Reason}";
        return _stopped is null;
    }

    /// <summary>The outcome of the job.</summary>
    /// <param name="value">What was told of it: <c>null</c> when it failed, NaN or an infinity when it diverged.</param>
    /// <param name="metrics">Every metric that was told.</param>
    public Outcome OutcomeOf(double? value, IReadOnlyDictionary<string, double> metrics)
    {
        var isFinite = value is { } number && double.IsFinite(number);
        if (isFinite && _stopped is null && _diverged is null)
        {
            if (_measured is [.., var (epoch, _)] && epoch == job.ToEpochs)
                _measured.RemoveAt(_measured.Count - 1); // what is told at last says it with every metric
            _measured.Add((job.ToEpochs, metrics));
        }

        var (state, reason) = value is null ? (OutcomeState.Failed, "told as failed")
            : _stopped is not null ? (OutcomeState.Stopped, _stopped)
            : _diverged is not null ? (OutcomeState.Diverged, _diverged)
            : isFinite ? (OutcomeState.Completed, null)
            : (OutcomeState.Diverged, FormattableString.Invariant($"told as {value}"));
        var isEarly = _stopped is not null || _diverged is not null;
        var last = _measured.Count > 0 && (isEarly || isFinite) ? _measured[^1].Metrics : metrics;
        return Outcome.Of(job, state, reason) with
        {
            Epochs = _measured.Count > 0 ? _measured[^1].Epoch : job.ToEpochs,
            Value = state is OutcomeState.Completed or OutcomeState.Stopped ? last[search.Metric] : null,
            Metrics = last.Where(pair => double.IsFinite(pair.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Curve = LearningCurve.Of(_measured),
        };
    }
}
