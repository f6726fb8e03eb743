using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives;

/// <summary>Evaluates trials by a function in code.</summary>
/// <remarks>The function runs on a worker's own thread up to its first await; the thread waits for it. Several trials run at a time, so the function is thread-safe.</remarks>
/// <example>
/// <code>
/// var objective = new DelegateObjective((trial, stop) => Task.FromResult(Math.Pow(trial.GetDouble("x") - 0.3, 2)), "loss");
/// </code>
/// </example>
public sealed class DelegateObjective : IObjective
{
    private readonly Func<RunningTrial, CancellationToken, Task<double>> _evaluate;
    private readonly string _metric;
    private readonly Func<Point, double>? _workPerEpoch;

    /// <summary>Makes one.</summary>
    /// <param name="evaluate">Gives a trial's value; its token is cancelled when the trial runs out of time or the campaign is interrupted. <see cref="TransientFailureException"/> and <see cref="IOException"/> are tried again.</param>
    /// <param name="metric">The name of the value: the search's <see cref="Planning.SearchSettings.Metric"/>.</param>
    /// <param name="workPerEpoch">The planned work of an epoch of a configuration, where it is known; see <see cref="IObjective.WorkPerEpoch"/>. Default: 1.</param>
    public DelegateObjective(Func<RunningTrial, CancellationToken, Task<double>> evaluate, string metric, Func<Point, double>? workPerEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        ArgumentException.ThrowIfNullOrEmpty(metric);
        (_evaluate, _metric, _workPerEpoch) = (evaluate, metric, workPerEpoch);
    }

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point) => _workPerEpoch?.Invoke(point) ?? 1;

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        var trial = new RunningTrial(job, _metric);
        double value;
        try
        {
            value = _evaluate(trial, stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (trial.IsStopped && !stop.IsCancellationRequested)
        {
            return; // its way to leave when it was told to stop early
        }

        // A function that reports every epoch itself need not be heard twice; its result counts if it says anything new.
        if (!trial.IsStopped && !(trial.LastEpoch >= job.Job.ToEpochs && value.Equals(trial.LastValue)))
            trial.Report(Math.Max(trial.LastEpoch, job.Job.ToEpochs), value);
    }
}
