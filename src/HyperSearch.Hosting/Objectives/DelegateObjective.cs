using System.Runtime.CompilerServices;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives;

/// <summary>Evaluates trials by a function in code.</summary>
/// <remarks>
/// The function runs on a worker's own thread up to its first await; the thread waits for it. Several trials run at a time, so the function
/// is thread-safe.
/// </remarks>
/// <example>
/// <code>
/// var objective = new DelegateObjective((trial, stop) => Task.FromResult(Math.Pow(trial.GetDouble("x") - 0.3, 2)));
/// </code>
/// </example>
public sealed class DelegateObjective : IObjective
{
    private readonly Func<RunningTrial, CancellationToken, string, Task<IReadOnlyDictionary<string, double>>> _evaluate;
    private readonly Func<Point, double>? _workPerEpoch;

    /// <summary>Makes one of a function that gives a single value.</summary>
    /// <param name="evaluate">Gives a trial's value in the search's metric; its token is cancelled when the trial runs out of time or
    /// the campaign is interrupted.
    /// <see cref="TransientFailureException"/> and <see cref="IOException"/> are tried again.</param>
    /// <param name="workPerEpoch">The planned work of an epoch of a configuration, where it is known; see
    /// <see cref="IObjective.WorkPerEpoch"/>. Default: 1.</param>
    [OverloadResolutionPriority(1)] // a function that only throws fits both
    public DelegateObjective(Func<RunningTrial, CancellationToken, Task<double>> evaluate, Func<Point, double>? workPerEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        _evaluate = async (trial, stop, metric) => new Dictionary<string, double> { [metric] = await Given(evaluate(trial, stop)) };
        _workPerEpoch = workPerEpoch;
    }

    /// <summary>Makes one of a function that gives several metrics.</summary>
    /// <param name="evaluate">Gives a trial's metrics by name, the search's metric and the ones that are traded off among them; in all else
    /// as with a single value.</param>
    /// <param name="workPerEpoch">The planned work of an epoch of a configuration, where it is known; see
    /// <see cref="IObjective.WorkPerEpoch"/>. Default: 1.</param>
    public DelegateObjective(
        Func<RunningTrial, CancellationToken, Task<IReadOnlyDictionary<string, double>>> evaluate, Func<Point, double>? workPerEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        _evaluate = async (trial, stop, _) => await Given(evaluate(trial, stop))
            ?? throw new InvalidOperationException("The function returned null, where it returns the trial's metrics.");
        _workPerEpoch = workPerEpoch;
    }

    private static Task<T> Given<T>(Task<T>? task) =>
        task ?? throw new InvalidOperationException("The function returned null, where it returns a task.");

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return _workPerEpoch?.Invoke(point) ?? 1;
    }

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        var trial = new RunningTrial(job);
        IReadOnlyDictionary<string, double> result;
        try
        {
            result = _evaluate(trial, stop, job.Metric).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (trial.IsStopped && !stop.IsCancellationRequested)
        {
            return; // its way to leave when it was told to stop early
        }

        if (trial.IsStopped)
            return;

        // A function that reports every epoch itself need not be heard twice. Its result counts if it says anything new, and then beside
        // the metrics that it reported of the same epoch.
        var reported = trial.LastEpoch == job.Job.ToEpochs ? trial.LastMetrics : new Dictionary<string, double>();
        if (result.Any(metric => !reported.TryGetValue(metric.Key, out var known) || !known.Equals(metric.Value)))
        {
            var others = reported.Where(metric => !result.ContainsKey(metric.Key));
            trial.Report(job.Job.ToEpochs, new Dictionary<string, double>(others.Concat(result)));
        }
    }
}
