using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Grains;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster;

/// <summary>Spreads a campaign over machines: one host, and any number of worker processes that connect to it.</summary>
public static class ClusterServices
{
    /// <summary>
    /// Opens the host's campaign to workers on other machines. Call it before <c>AddHyperSearch</c>, so that the door is open when the
    /// campaign begins.
    /// <code>
    /// builder.AddHyperSearchCluster(new ClusterHostOptions("0.0.0.0:7766") { Secret = secret, OwnWorkers = 2 });
    /// builder.Services.AddHyperSearch(search, "results/mine", _ => new DelegateObjective(TrainAsync));
    /// </code>
    /// </summary>
    /// <param name="builder">The host of the campaign.</param>
    /// <param name="options">Where it listens, and who may come.</param>
    /// <exception cref="ClusterException">It cannot listen there; the message says what would be right.</exception>
    public static IHostApplicationBuilder AddHyperSearchCluster(this IHostApplicationBuilder builder, ClusterHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var listen = HostAddress.Parse(options.Listen);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<CampaignDoor>();
        builder.Services.AddSingleton<SessionFiles>();
        builder.Services.AddSingleton<IRecruiter, Recruiter>();
        builder.UseOrleans(silo => silo.ListenAt(listen, options.Secret));
        builder.Logging.AddFilter("Orleans", LogLevel.Error); // a worker that dies is told of by the campaign, in its words
        return builder;
    }

    /// <summary>
    /// Makes this process a worker of a campaign elsewhere. The same program may be the campaign's host on another machine.
    /// <code>
    /// builder.AddHyperSearchWorker(
    ///     new ClusterWorkerOptions("gpu-host:7766") { Secret = secret, Slots = 8 }, _ => new DelegateObjective(TrainAsync));
    /// </code>
    /// </summary>
    /// <param name="builder">The host of the worker.</param>
    /// <param name="options">Where the campaign is, and what this worker offers.</param>
    /// <param name="objective">Evaluates trials by this program's own code. Default <c>null</c>: what the campaign's search file says.
    /// </param>
    /// <exception cref="ClusterException">It cannot connect there; the message says what would be right.</exception>
    public static IHostApplicationBuilder AddHyperSearchWorker(
        this IHostApplicationBuilder builder, ClusterWorkerOptions options, Func<IServiceProvider, IObjective>? objective = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var host = HostAddress.Parse(options.Connect);
        if (SecretLaw.RefusalToConnect(host, options.Secret is not null) is { } refusal)
            throw new ClusterException(refusal);
        _ = Labels.Parse(options.Labels);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(provider => new WorkerService(
            options, objective is null ? null : () => objective(provider), provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WorkerService>());
        return builder;
    }
}
