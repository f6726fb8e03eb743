using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;

namespace HyperSearch.Cluster.Execution;

/// <summary>What people wish of workers that are at work.</summary>
internal sealed partial class Coordinator
{
    /// <inheritdoc/>
    public void Stop(StopOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Decide(() => _book.Stop(new StoppingJob(order.Job, order.Reason, order.Epoch)));
    }

    /// <inheritdoc/>
    public bool Paused { get; private set; }

    /// <inheritdoc/>
    public void Pause(bool paused)
    {
        lock (_gate)
        {
            Paused = paused;
            if (paused)
                _book.Pause();
            else
                Decide(() => _book.GoOn(Now));
        }
    }
}
