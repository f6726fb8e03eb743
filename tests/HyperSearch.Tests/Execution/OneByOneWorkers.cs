using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Execution;

/// <summary>The least that workers are: one job after the other, on the thread that runs them.</summary>
internal sealed class OneByOneWorkers(JobRunner runner, int slots) : IWorkers
{
    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(slots);
    private readonly Channel<Outcome> _outcomes = Channel.CreateUnbounded<Outcome>();
    private readonly ConcurrentDictionary<int, StopOrder> _stops = [];
    private readonly WorkerStatus _status = new(0, TimeProvider.System);
    private volatile TaskCompletionSource? _pause;

    public ChannelWriter<Job> Jobs => _jobs.Writer;

    public ChannelReader<Outcome> Outcomes => _outcomes.Reader;

    public ImmutableArray<JobInFlight> InFlight => _status.InFlight is { } job ? [job] : [];

    public int Count => 1;

    public bool Paused => _pause is not null;

    public void Pause(bool paused)
    {
        var before = _pause;
        _pause = paused ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        before?.TrySetResult();
    }

    public void Stop(StopOrder order)
    {
        _stops[order.Job] = order;
        if (_status.InFlight?.Job.Number == order.Job)
            _status.Stop(order);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync(stop))
            {
                while (_pause is { } pause)
                    await pause.Task.WaitAsync(stop);
                _status.Take(job);
                if (_stops.TryGetValue(job.Number, out var order))
                    _status.Stop(order);
                var outcome = runner.Run(job, _status, stop);
                _status.Clear();
                if (outcome is not null)
                    _outcomes.Writer.TryWrite(outcome);
            }

            _outcomes.Writer.Complete();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _outcomes.Writer.Complete();
        }
        catch (Exception failure)
        {
            _outcomes.Writer.Complete(failure);
            throw;
        }
    }
}

/// <summary>A second implementation, by the recipe in CONTRIBUTING: one class, one test class.</summary>
public sealed class OneByOneWorkersTests : WorkersContract
{
    internal override IWorkers Create(JobRunner runner, int workers, int slots) => new OneByOneWorkers(runner, slots);
}
