using System.Diagnostics;
using System.Diagnostics.Metrics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>
/// The measurements that a campaign gives to OpenTelemetry and every other listener: one meter and one activity source, both called
/// <see cref="Name"/>.
/// </summary>
/// <remarks>
/// <para>Listen with <c>AddMeter(Telemetry.Name)</c> and <c>AddSource(Telemetry.Name)</c>; nobody listening costs nothing.</para>
/// <list type="table">
/// <item><term><c>hypersearch.jobs</c></term><description>Counter, {job}: jobs ended, by <c>state</c> (completed, stopped, diverged,
/// failed, timed_out).</description></item>
/// <item><term><c>hypersearch.job.duration</c></term><description>Histogram, s: wall time of the attempt that counted, by
/// <c>state</c>.</description></item>
/// <item><term><c>hypersearch.job.retries</c></term><description>Counter, {retry}: attempts beyond the first.</description></item>
/// <item><term><c>hypersearch.epochs</c></term><description>Counter, {epoch}: epochs trained.</description></item>
/// <item><term>activity <c>hypersearch.job</c></term><description>One a job, on the worker's thread, so that what the objective starts is
/// below it; tags <c>hypersearch.campaign</c>, <c>hypersearch.trial</c>,
/// <c>hypersearch.job</c>, <c>hypersearch.repeat</c> (of a repeat), <c>hypersearch.epochs.from</c>, <c>hypersearch.epochs.to</c>,
/// <c>hypersearch.state</c>, <c>hypersearch.value</c>; status error with the reason when it failed or timed out.</description></item>
/// </list>
/// </remarks>
public static class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "HyperSearch";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>("hypersearch.jobs", "{job}", "Jobs ended, by state.");
    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("hypersearch.job.duration", "s", "Wall time of the attempt that counted.");
    private static readonly Counter<long> Retries =
        Meter.CreateCounter<long>("hypersearch.job.retries", "{retry}", "Attempts beyond the first.");
    private static readonly Counter<long> Epochs = Meter.CreateCounter<long>("hypersearch.epochs", "{epoch}", "Epochs trained.");

    /// <summary>A job begins.</summary>
    internal static Activity? Begin(string campaign, Job job)
    {
        var activity = Source.StartActivity("hypersearch.job");
        return activity is null ? null : activity
            .SetTag("hypersearch.campaign", campaign)
            .SetTag("hypersearch.trial", job.Trial)
            .SetTag("hypersearch.job", job.Number)
            .SetTag("hypersearch.repeat", job.Repeat == 0 ? null : job.Repeat)
            .SetTag("hypersearch.epochs.from", job.FromEpochs)
            .SetTag("hypersearch.epochs.to", job.ToEpochs);
    }

    /// <summary>A job has ended.</summary>
    internal static void End(Activity? activity, Outcome outcome)
    {
        var state = outcome.State switch
        {
            OutcomeState.Completed => "completed",
            OutcomeState.Stopped => "stopped",
            OutcomeState.Diverged => "diverged",
            OutcomeState.TimedOut => "timed_out",
            _ => "failed",
        };
        var tag = new KeyValuePair<string, object?>("state", state);
        Jobs.Add(1, tag);
        Duration.Record(outcome.Seconds, tag);
        Retries.Add(outcome.Attempts - 1);
        Epochs.Add(outcome.Epochs - outcome.FromEpochs);
        activity?.SetTag("hypersearch.state", state).SetTag("hypersearch.value", outcome.Value);
        if (outcome.State is OutcomeState.Failed or OutcomeState.TimedOut)
            activity?.SetStatus(ActivityStatusCode.Error, outcome.Reason);
    }
}
