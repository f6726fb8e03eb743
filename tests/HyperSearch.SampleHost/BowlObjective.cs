using HyperSearch.Hosting.Objectives;
using HyperSearch.Spaces;

namespace HyperSearch.SampleHost;

/// <summary>An objective of one's own: it knows what an epoch of a configuration costs, and tells a loss after each.</summary>
public sealed class BowlObjective : IObjective
{
    /// <inheritdoc/>
    public double WorkPerEpoch(Point point) => 1 + point["width"].Number; // wider takes longer

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        var (rate, width) = (job.Job.Point["rate"].Number, job.Job.Point["width"].Number);
        for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
        {
            stop.ThrowIfCancellationRequested();
            var loss = Math.Pow(Math.Log10(rate) + 2, 2) + Math.Pow((width - 20) / 20, 2) + (1.0 / epoch);
            if (!job.Report(epoch, new Dictionary<string, double> { [job.Metric] = loss }))
                return; // told to stop: the others do better
        }
    }
}
