using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cluster.Security;

/// <summary>Tells a worker in an exception of the runtime what went wrong at the host: Orleans cannot send those of the store, and would
/// write a stack trace on the host's terminal while the worker waits in vain.</summary>
internal sealed class FaultFilter : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (StoreException fault)
        {
            throw new IOException(fault.Message);
        }
    }
}
