using Microsoft.Extensions.Hosting;

namespace HyperSearch.Cli.Execution;

/// <summary>Signals are ours: <see cref="Interruption"/> counts them.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
