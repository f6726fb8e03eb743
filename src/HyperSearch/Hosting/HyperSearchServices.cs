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
        RequestChecks.ThrowIfWrong(request.Search, request.Workers);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(request);
        services.AddSingleton<CampaignService>();
        services.AddHostedService(provider => provider.GetRequiredService<CampaignService>());
        return services;
    }
}
