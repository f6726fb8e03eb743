using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HyperSearch.Hosting;

/// <summary>Registers a campaign with a Generic Host.</summary>
public static class HyperSearchServices
{
    /// <summary>Adds one session of a campaign as a hosted service; its <see cref="CampaignService.Ending"/> tells how it went.</summary>
    /// <exception cref="ArgumentException">The search cannot run; the message lists everything that is wrong with it.</exception>
    public static IServiceCollection AddHyperSearch(this IServiceCollection services, CampaignRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        SearchChecks.ThrowIfWrong(request.Search, request.Workers);
        return services.AddSession(_ => request);
    }

    /// <summary>Adds a campaign of a search that was made in code, in a folder of its own: begun there, or continued where it exists.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="search">The definition; its <see cref="Search.Objective"/> says no more than the epochs of a trial.</param>
    /// <param name="folder">The campaign's folder, for instance <c>results/mine</c>; see <see cref="KeptCampaign.Open"/>.</param>
    /// <param name="objective">Gives what evaluates trials, for instance a <see cref="DelegateObjective"/>.</param>
    /// <param name="stopsHost">Whether the host stops when the campaign ends. Default false.</param>
    /// <exception cref="ArgumentException">The search cannot run; the message lists everything that is wrong with it.</exception>
    public static IServiceCollection AddHyperSearch(this IServiceCollection services, Search search, string folder, Func<IServiceProvider, IObjective> objective, bool stopsHost = false)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(objective);
        SearchChecks.ThrowIfWrong(search, search.Workers ?? 1);
        return services.AddSession(provider => KeptCampaign.Open(folder, search, objective(provider), provider.GetRequiredService<TimeProvider>()) with { StopsHost = stopsHost });
    }

    private static IServiceCollection AddSession(this IServiceCollection services, Func<IServiceProvider, CampaignRequest> request)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(request);
        services.AddSingleton<CampaignService>();
        services.AddHostedService(provider => provider.GetRequiredService<CampaignService>());
        return services;
    }
}
