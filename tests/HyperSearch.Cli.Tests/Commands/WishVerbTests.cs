using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>People step into a campaign from another terminal.</summary>
public sealed class WishVerbTests
{
    private const string Endless = """
        name: endless
        objective: {command: [sh, -c, "sleep 0.05; echo '{{\"loss\": {x}}}'"]}
        minimize: loss
        space: {x: {uniform: [0, 1]}}
        method: {sampler: random, trials: 5000, workers: 2, slots: 2}
        """;

    [Fact]
    public async Task Verbs_StepIntoACampaignThatRuns()
    {
        using var work = new Workplace();
        work.Write("endless.yaml", Endless);
        using var running = work.Start("run", "endless.yaml");
        var campaign = Campaign.Open(new CampaignFolder(work.PathOf("results/endless")));
        while (!campaign.Folder.Exists || campaign.ReadOutcomes().Count < 3)
            await Task.Delay(50, TestContext.Current.CancellationToken); // until it runs
        Assert.Equal(0, work.Run("enqueue", "endless", "{x: 0.125}").Code);
        var late = work.Run("resume", "endless", "--trials", "5002", "--listen", "127.0.0.1:0");
        Assert.Equal(2, late.Code);
        Assert.Contains("endless is running, and --listen is for a session that begins.", late.Error, StringComparison.Ordinal);
        Assert.Equal(0, work.Run("resume", "endless", "--trials", "5001").Code);
        var refused = work.Run("enqueue", "endless", "{x: 7}");
        Assert.Equal(2, refused.Code);
        Assert.Contains("\"x\" cannot be 7", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, work.Run("stop", "endless").Code);
        var ended = running.Finish();
        Assert.Equal(130, ended.Code);
        Assert.Contains("To go on: hypersearch resume endless", ended.Error, StringComparison.Ordinal);
        var status = work.Read("status", "endless");
        Assert.Equal(5001, status.GetProperty("trials").GetProperty("planned").GetInt32());
        Assert.Equal(2, status.GetProperty("interventions").GetArrayLength());

        Assert.False(status.GetProperty("paused").GetBoolean());
        Assert.Contains("endless: 2 interventions by hand", work.Run("rank", "endless").Output, StringComparison.Ordinal);
        var ranked = work.Run("rank", "endless", "--json", "--top", "1");
        Assert.StartsWith("[", ranked.Output, StringComparison.Ordinal);
        Assert.Contains("endless: 2 interventions by hand", ranked.Error, StringComparison.Ordinal);

        var tooLate = work.Run("pause", "endless");
        Assert.Equal(1, tooLate.Code);
        Assert.Contains("endless does not run at the moment.", tooLate.Error, StringComparison.Ordinal);
    }
}
