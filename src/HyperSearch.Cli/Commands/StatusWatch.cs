using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary>Shows a campaign's status again every second until it stops running: redrawn on a terminal, else a line each time that
/// something has changed.</summary>
internal sealed class StatusWatch(Shell shell, CampaignFolder folder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Campaign _campaign = Campaign.Open(folder, shell.Time);
    private int _noted = -1;

    /// <summary>Watches.</summary>
    /// <returns>The last state seen, and whether the watcher was interrupted.</returns>
    public async Task<(CampaignSnapshot Last, bool Interrupted)> RunAsync()
    {
        using var interruption = new Interruption(() => { });
        var last = _campaign.Read();
        if (shell.Terminal.ErrorIsTerminal)
            await shell.Terminal.LiveAsync(async view =>
                last = await FollowAsync(last, campaign => Draw(view, campaign), interruption.Token));
        else
            last = await FollowAsync(last, Note, interruption.Token);
        return (last, interruption.Token.IsCancellationRequested);
    }

    private async Task<CampaignSnapshot> FollowAsync(CampaignSnapshot campaign, Action<CampaignSnapshot> show, CancellationToken stop)
    {
        while (true)
        {
            show(campaign);
            if (campaign.State != CampaignState.Running || stop.IsCancellationRequested)
                return campaign;
            await Task.Delay(Interval, shell.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            campaign = _campaign.Read();
        }
    }

    private void Draw(LiveLines view, CampaignSnapshot campaign)
    {
        var lines = StatusVerb.Lines(campaign).Select(line => $"{line.Label,-9} {line.Text}");
        if (_campaign.Live is { Jobs.IsEmpty: false } live)
        {
            var jobs = live.Jobs.Where(job => job.Worker is not null).OrderBy(job => job.Worker)
                .Select(ProgressText.Worker);
            lines = lines.Concat(ProgressText.Workers([.. jobs], "workers ", shell.Terminal.ErrorWidth - 1));
        }

        view.Draw(lines);
    }

    private void Note(CampaignSnapshot campaign)
    {
        if (campaign.Trials.Length == _noted)
            return;
        _noted = campaign.Trials.Length;
        shell.Terminal.Note($"{campaign.Name}: {Counts.Of(campaign).Sentence(campaign.Running)}");
    }
}
