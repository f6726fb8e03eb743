using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;
using HyperSearch.SampleHost;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

/// <summary>The sample project, which sees nothing but the public surface, does what it shows.</summary>
public sealed class SampleHostTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Host_StoppedAndStartedAgainGivesTheTrialsOfAnUninterruptedCampaign()
    {
        var (straight, broken) = (Path.Combine(_scratch.Results, "straight"), Path.Combine(_scratch.Results, "broken"));
        var whole = await TuningHost.RunAsync(straight, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal("all 40 trials are done", whole.Reason);

        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
            Assert.False((await TuningHost.RunAsync(broken, progress => StopAfter(10, progress, stop), stop.Token)).Finished);
        Assert.True((await TuningHost.RunAsync(broken, _ => { }, TestContext.Current.CancellationToken)).Finished);
        Assert.Equal(Session.Facts(new(straight)), Session.Facts(new(broken)));

        var campaign = KeptCampaign.Read(straight);
        // told to stop, and did
        Assert.Contains(campaign.Trials, trial => trial is { State: OutcomeState.Stopped, Epochs: < Valley.Epochs });
        Assert.Equal("the default configuration", campaign.Trials[0].Origin.Note);
    }

    [Fact(Timeout = 60_000)]
    public async Task DirectCall_PromotesFromRungToRung()
    {
        var result = await DirectCall.RunAsync(Path.Combine(_scratch.Results, "direct"), TestContext.Current.CancellationToken);
        Assert.Equal(30, result.Trials.Length);
        Assert.Equal(Valley.Epochs, result.Best!.Epochs);
        Assert.Contains(result.Trials, trial => trial.Jobs.Length > 1);
        Assert.Contains(result.Trials, trial => trial.Epochs == 3);
    }

    [Fact]
    public void OwnLoop_FindsBetterThanTheDefault() => Assert.True(OwnLoop.Run().Value < Valley.HeightOf(Valley.Space.Default!));

    private static void StopAfter(int outcomes, CampaignProgress progress, CancellationTokenSource stop)
    {
        if (progress.Acknowledged >= outcomes)
            stop.Cancel();
    }
}
