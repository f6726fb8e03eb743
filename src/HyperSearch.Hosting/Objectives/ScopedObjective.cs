using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Data.Loading;
using Microsoft.Extensions.DependencyInjection;

namespace HyperSearch.Hosting.Objectives;

/// <summary>
/// An objective from a container: each job has its own, in a scope of its own; questions that belong to no job go to one that lives as long
/// as the campaign.
/// </summary>
internal sealed class ScopedObjective<TObjective>(IServiceScopeFactory scopes) : IObjective, IDisposable
    where TObjective : class, IObjective
{
    private readonly Lazy<(AsyncServiceScope Scope, TObjective Objective)> _campaign = new(() =>
    {
        var scope = scopes.CreateAsyncScope();
        return (scope, scope.ServiceProvider.GetRequiredService<TObjective>());
    });

    public bool CheckpointsAreExpendable => Campaign.CheckpointsAreExpendable;

    public string? DataFingerprint => Campaign.DataFingerprint;

    public int? DevRows => Campaign.DevRows;

    public DataSummary? DataSummary => Campaign.DataSummary;

    public bool JudgesWinner => Campaign.JudgesWinner;

    private TObjective Campaign => _campaign.Value.Objective;

    public void Run(IJobContext job, CancellationToken stop)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            scope.ServiceProvider.GetRequiredService<TObjective>().Run(job, stop);
        }
        finally
        {
            scope.DisposeAsync().AsTask().GetAwaiter().GetResult(); // the worker's own thread: nobody else waits
        }
    }

    public double WorkPerEpoch(Point point) => Campaign.WorkPerEpoch(point);

    public double? ParametersOf(Point point) => Campaign.ParametersOf(point);

    public Verdict? Judge(IReadOnlyList<Trial> ranked, Judging judging, CancellationToken stop) => Campaign.Judge(ranked, judging, stop);

    public void Dispose()
    {
        if (_campaign.IsValueCreated)
            _campaign.Value.Scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
