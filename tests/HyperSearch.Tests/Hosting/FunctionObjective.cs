using HyperSearch.Hosting.Objectives;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Hosting;

/// <summary>An objective of one function call; epochs do nothing.</summary>
internal sealed class FunctionObjective(Func<IJobContext, CancellationToken, double> value) : IObjective
{
    public FunctionObjective(Func<Point, double> value)
        : this((context, _) => value(context.Job.Point))
    {
    }

    public void Run(IJobContext job, CancellationToken stop)
    {
        var measured = value(job, stop);
        for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
        {
            if (!job.Report(epoch, new Dictionary<string, double> { ["loss"] = measured + (1.0 / epoch) }))
                return;
        }
    }

    public double WorkPerEpoch(Point point) => 1 + point["x"].Number;
}
