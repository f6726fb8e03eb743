using Microsoft.Extensions.Hosting;

namespace HyperSearch.Hosting.Execution;

/// <summary>The lifetime of a host that leaves signals to the program around it.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
