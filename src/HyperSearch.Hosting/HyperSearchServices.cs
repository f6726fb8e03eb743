using System.Diagnostics.CodeAnalysis;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HyperSearch.Hosting;

/// <summary>Registers campaigns with a Generic Host: as many as there are folders, each under its name.</summary>
/// <remarks>
/// <para>A campaign's name is its folder's: <c>GetRequiredKeyedService&lt;CampaignService&gt;("mine")</c>. Where it is the only one,
/// <c>GetRequiredService&lt;CampaignService&gt;()</c> gives it too.
/// An <see cref="ICampaignObserver"/> that is registered under the name watches this campaign, one without a key watches all.</para>
/// <para>An operator sets <see cref="CampaignSettings"/> in the section <c>HyperSearch:mine</c> of the host's configuration.</para>
/// </remarks>
public static class HyperSearchServices
{
    /// <summary>
    /// Adds one session of a campaign that exists as a hosted service; its <see cref="CampaignService.Ending"/> tells how it went.
    /// </summary>
    /// <exception cref="ArgumentException">The search cannot run; the message lists everything that is wrong with it. Or a campaign of this
    /// name was added before.</exception>
    public static IServiceCollection AddHyperSearch(this IServiceCollection services, CampaignRequest request)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(request);
        SearchChecks.ThrowIfWrong(request.Search, request.Workers);
        return services.AddSession(request.Folder.Name, _ => request);
    }

    /// <summary>
    /// Adds a campaign of a search that was made in code, in a folder of its own: begun there, or continued where it exists.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="search">The definition; its <see cref="Search.Objective"/> says no more than the epochs of a trial.</param>
    /// <param name="folder">The campaign's folder, for instance <c>results/mine</c>; see <see cref="KeptCampaign.Open"/>. Its name is the
    /// campaign's.</param>
    /// <param name="objective">Gives the objective that evaluates trials, for instance a <see cref="DelegateObjective"/>.</param>
    /// <param name="stopsHost">Whether the host stops when the campaign ends. Default false.</param>
    /// <exception cref="ArgumentException">The search cannot run; the message lists everything that is wrong with it. Or a campaign of this
    /// name was added before.</exception>
    public static IServiceCollection AddHyperSearch(
        this IServiceCollection services,
        Search search,
        string folder,
        Func<IServiceProvider, IObjective> objective,
        bool stopsHost = false)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(search);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(objective);
        SearchChecks.ThrowIfWrong(search, search.Workers ?? 1);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        services.AddOptions<CampaignSettings>(name)
            .Configure<IServiceProvider>((settings, provider) =>
            {
                if (provider.GetService<IConfiguration>()?.GetSection($"HyperSearch:{name}") is not { } section)
                    return;
                RefuseUnknown(section, name);
                section.Bind(settings);
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<CampaignSettings>>(new SettingsCheck(name, search));
        return services.AddSession(name, provider =>
        {
            var settings = provider.GetRequiredService<IOptionsMonitor<CampaignSettings>>().Get(name);
            var time = provider.GetRequiredService<TimeProvider>();
            var request = KeptCampaign.Open(folder, settings.ApplyTo(search), objective(provider), time);
            return request with { StopsHost = settings.StopsHost ?? stopsHost };
        });
    }

    /// <summary>
    /// Adds a campaign whose objective comes from the host's services: every trial has one of its own, in a scope of its own.
    /// </summary>
    /// <remarks>
    /// A scoped service that the objective takes, such as a database context, lives as long as the trial's job. The objective is registered
    /// as scoped unless it was before.
    /// </remarks>
    /// <typeparam name="TObjective">Evaluates trials.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="search">The definition; its <see cref="Search.Objective"/> says no more than the epochs of a trial.</param>
    /// <param name="folder">The campaign's folder, for instance <c>results/mine</c>; see <see cref="KeptCampaign.Open"/>. Its name is the
    /// campaign's.</param>
    /// <param name="stopsHost">Whether the host stops when the campaign ends. Default false.</param>
    /// <exception cref="ArgumentException">The search cannot run; the message lists everything that is wrong with it. Or a campaign of this
    /// name was added before.</exception>
    public static IServiceCollection AddHyperSearch<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObjective>(
        this IServiceCollection services, Search search, string folder, bool stopsHost = false)
        where TObjective : class, IObjective
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(search);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        services.TryAddScoped<TObjective>();
        return services.AddHyperSearch(
            search, folder, provider => new ScopedObjective<TObjective>(provider.GetRequiredService<IServiceScopeFactory>()), stopsHost);
    }

    private static IServiceCollection AddSession(
        this IServiceCollection services, string name, Func<IServiceProvider, CampaignRequest> request)
    {
        var campaigns = services.Where(service => service.IsKeyedService && service.ServiceType == typeof(CampaignService));
        if (campaigns.Any(service => name.Equals(service.ServiceKey)))
        {
            throw new ArgumentException(
                $"A campaign \"{name}\" was added before. A campaign's name is its folder's: take a folder of another name for "
                + "each.", nameof(name));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(name, (provider, _) => new CampaignService(
            Staffed(request(provider), provider),
            provider.GetServices<ICampaignObserver>().Concat(provider.GetKeyedServices<ICampaignObserver>(name)),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CampaignService>>()));
        // AddHostedService would keep the first campaign and drop the others.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<CampaignService>(name));
        services.TryAddSingleton(OnlyCampaign);
        return services;
    }

    /// <summary>The request with the workers that the host brings, where it brings any.</summary>
    private static CampaignRequest Staffed(CampaignRequest request, IServiceProvider provider) =>
        request.Recruit is not null || provider.GetService<IRecruiter>() is not { } recruiter
            ? request
            : request with { Recruit = (runner, campaign) => recruiter.Recruit(request, runner, campaign) };

    /// <summary>A misspelt setting would be no setting at all, and nobody would notice.</summary>
    private static void RefuseUnknown(IConfigurationSection section, string name)
    {
        string[] unknown =
        [
            .. section.GetChildren().Where(setting => !CampaignSettings.Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                .Select(setting => $"{section.Path} has no setting \"{setting.Key}\".{Nearest.Hint(setting.Key, CampaignSettings.Names)} "
                    + $"Known: {string.Join(", ", CampaignSettings.Names)}."),
        ];
        if (unknown.Length > 0)
            throw new OptionsValidationException(name, typeof(CampaignSettings), unknown);
    }

    private static CampaignService OnlyCampaign(IServiceProvider provider)
    {
        var all = provider.GetKeyedServices<CampaignService>(KeyedService.AnyKey).ToList();
        var names = string.Join(", ", all.Select(campaign => campaign.Name));
        return all is [var only]
            ? only
            : throw new InvalidOperationException(
                $"The host has {all.Count} campaigns: {names}. "
                + $"Ask for one by its name: GetRequiredKeyedService<CampaignService>(\"{all[0].Name}\").");
    }

    private sealed class SettingsCheck(string campaign, Search search) : IValidateOptions<CampaignSettings>
    {
        public ValidateOptionsResult Validate(string? name, CampaignSettings options)
        {
            if (name != campaign)
                return ValidateOptionsResult.Skip;
            try
            {
                SearchChecks.ThrowIfWrong(options.ApplyTo(search), options.Workers ?? search.Workers ?? 1);
                return ValidateOptionsResult.Success;
            }
            catch (ArgumentException wrong)
            {
                return ValidateOptionsResult.Fail($"HyperSearch:{campaign}: {wrong.Message}");
            }
        }
    }
}
