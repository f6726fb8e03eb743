using System.Globalization;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Durability;

/// <summary>The 60-line Python script of <c>searches/</c> under asha with two workers, killed −9 again and again.</summary>
public sealed class ScriptKillTests : IDisposable
{
    private static readonly string Search = Path.Combine(Repository.Folder("searches"), "python.yaml");
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Resume_OfAScriptThatWasKilled_GivesTheRankingAndTheCurvesOfAnUninterruptedRun()
    {
        Assert.SkipUnless(Programs.Exist("python3"), "python3 is not installed");
        Finish("whole");
        var expected = Facts("whole");
        Assert.Contains(expected, fact => fact.Contains(" 3 to 9 ", StringComparison.Ordinal)); // asha promotes from checkpoints

        foreach (var outcomes in (int[])[0, 6, 14])
            await KillAsync("killed", afterOutcomes: outcomes, TestContext.Current.CancellationToken);
        Finish("killed");
        Assert.Equal(expected, Facts("killed"));
        Assert.Equal(Ranking("whole"), Ranking("killed"));
    }

    /// <summary>Runs or resumes a campaign and kills it −9 once it has more than so many outcomes; its scripts die with it.</summary>
    private async Task KillAsync(string campaign, int afterOutcomes, CancellationToken stop)
    {
        using var running = Start(campaign);
        var ending = Task.Run(running.Finish, stop);
        Patience.Until(() => ending.IsCompleted || (Facts(campaign).Length > afterOutcomes && Programs.LiveBelow(_place.Folder)),
            TimeSpan.FromMinutes(2));
        running.Signal("KILL");
        Assert.Equal(137, (await ending).Code);
        Assert.True(Patience.Until(() => !Programs.LiveBelow(_place.Folder), TimeSpan.FromSeconds(10)),
            "A script outlived the campaign that was killed.");
    }

    private void Finish(string campaign)
    {
        using var running = Start(campaign);
        var finished = running.Finish();
        Assert.True(finished.Code == 0, finished.Error);
    }

    private Running Start(string campaign) => Folder(campaign).Exists
        ? _place.Start("resume", campaign, "--workers", "2", "--plots", "none")
        : _place.Start("run", Search, "--trials", "16", "--workers", "2", "--name", campaign, "--plots", "none");

    private CampaignFolder Folder(string campaign) => new(_place.PathOf(Path.Combine("results", campaign)));

    private string Ranking(string campaign) => Timeless.Text(_place.Read("rank", campaign));

    /// <summary>What must not depend on kills: every job with its configuration and its curve.</summary>
    private string[] Facts(string campaign) =>
        !Folder(campaign).Exists ? [] : [.. Campaign.Open(Folder(campaign)).ReadOutcomes().OrderBy(outcome => outcome.Job).Select(Fact)];

    private static string Fact(Outcome outcome) => string.Create(CultureInfo.InvariantCulture,
        $"{outcome.Job} {outcome.Trial} {outcome.Point} {outcome.Origin.Kind} {outcome.FromEpochs} to {outcome.ToEpochs} {outcome.State} " +
        $"{outcome.Value:R}: {string.Join(' ', outcome.Curve.Epochs)}; {string.Join(' ', outcome.Curve.Column("dev_error"))}");
}
