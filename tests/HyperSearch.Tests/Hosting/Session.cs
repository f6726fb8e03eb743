using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Tests.Hosting;

/// <summary>Runs sessions of a campaign in a real host.</summary>
internal static class Session
{
    public static CampaignFolder Create(string parent, Search search, string name = "campaign") =>
        Campaign.Create(new CampaignFolder(Path.Combine(parent, name)), "name: test\n",
            new CampaignCreated(DateTimeOffset.UnixEpoch, parent, "..", search.Seed, null) { Edition = search.Edition }).Folder;

    public static Task<CampaignEnding> RunAsync(
        CampaignFolder folder, Search search, IObjective objective, int workers = 2, TimeProvider? time = null,
        ICampaignObserver? observer = null, CancellationToken stop = default) =>
        RunAsync(new CampaignRequest(search, objective, folder) { Workers = workers }, time, observer, stop);

    public static async Task<CampaignEnding> RunAsync(
        CampaignRequest request, TimeProvider? time = null, ICampaignObserver? observer = null, CancellationToken stop = default)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        if (time is not null)
            builder.Services.AddSingleton(time);
        if (observer is not null)
            builder.Services.AddSingleton(observer);
        builder.Services.AddHyperSearch(request);
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync(stop);
        return await service.Ending;
    }

    /// <summary>What must be equal whatever the workers and interruptions: everything but times, workers and attempts, a line per
    /// job.</summary>
    public static List<string> Facts(CampaignFolder folder) =>
        [.. Campaign.Open(folder).ReadOutcomes().OrderBy(outcome => outcome.Job).Select(Fact)];

    private static string Fact(Outcome outcome) => FormattableString.Invariant(
        $"""
        {outcome.Job} {outcome.Trial} {outcome.FromEpochs}-{outcome.Epochs}-{outcome.ToEpochs}
        {outcome.State} {outcome.Value:R} {outcome.Reason} {outcome.Point}
        {outcome.Origin.Kind} {string.Join(',', outcome.Origin.Around)} {outcome.Origin.Width:R} {outcome.Origin.Zoom:R}
        {outcome.Origin.Note} {outcome.Origin.Change} {string.Join(',', outcome.Origin.Evidence)} {outcome.Origin.Rung}
        {string.Join(' ', outcome.Metrics)} {string.Join(' ', outcome.Curve.Epochs)} {string.Join(' ', outcome.Curve.Column("loss"))}
        """);
}
