using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HyperSearch.SampleHost;

/// <summary>A campaign as one service among others in a Generic Host.</summary>
public static class TuningHost
{
    /// <summary>Runs a campaign until it ends or the host is told to stop; the next call goes on with it.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="tell">Told of each outcome.</param>
    /// <param name="stop">Stops the host.</param>
    public static async Task<CampaignEnding> RunAsync(string folder, Action<CampaignProgress> tell, CancellationToken stop)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton<ICampaignObserver>(new Teller(tell));
        builder.Services.AddHyperSearch(Valley.Search, folder, _ => new DelegateObjective(Valley.DescendAsync));
        using var host = builder.Build();
        await host.StartAsync(stop);
        var campaign = host.Services.GetRequiredService<CampaignService>();
        using (stop.Register(host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication))
            await Task.WhenAny(campaign.Ending, host.WaitForShutdownAsync(CancellationToken.None));
        await host.StopAsync(CancellationToken.None);
        return await campaign.Ending;
    }

    /// <summary>Prints how far a campaign is.</summary>
    public static void Print(CampaignProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        Console.WriteLine($"{progress.Trials} of {progress.Planned} trials");
    }

    /// <summary>An observer: what it throws is logged, and the campaign goes on.</summary>
    private sealed class Teller(Action<CampaignProgress> tell) : ICampaignObserver
    {
        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress) => tell(progress);

        public void OnEnded(CampaignEnding ending)
        {
        }
    }
}
