using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Tests.Drivers;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>A winner's model that is gone, or another campaign's.</summary>
public sealed class WinnerModelTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task ModelOfAnotherCampaign_IsNamedRefusedAndTrainedAgain()
    {
        var (own, other) = (await RanAsync("own", seed: 1), await RanAsync("other", seed: 2));
        var whole = await File.ReadAllBytesAsync(own.ModelPath, TestContext.Current.CancellationToken);
        File.Copy(other.ModelPath, own.ModelPath, overwrite: true);

        Assert.Contains("is another model than the one that was judged", (await At("doctor", "own")).Output, StringComparison.Ordinal);
        await PredictAndBest_SayThatResumeRestoresAsync("is another model than the one that was judged");
        Assert.Equal(ExitCode.Done, (await At("resume", "own")).Code);
        Assert.Equal(whole, await File.ReadAllBytesAsync(own.ModelPath, TestContext.Current.CancellationToken));
        Assert.Contains("own is healthy", (await At("doctor", "own")).Output, StringComparison.Ordinal);

        File.Copy(other.ModelPath, own.ModelPath, overwrite: true);
        var repaired = await At("doctor", "own", "--repair"); // takes the strange model away
        Assert.Contains("resume own\" trains the winner again", repaired.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("own is healthy", repaired.Output, StringComparison.Ordinal);
        await PredictAndBest_SayThatResumeRestoresAsync("is missing");
        Assert.Equal(ExitCode.Done, (await At("resume", "own")).Code);
        Assert.Equal(whole, await File.ReadAllBytesAsync(own.ModelPath, TestContext.Current.CancellationToken));
        Assert.Contains("Nothing to do", (await At("resume", "own")).Error, StringComparison.Ordinal);
    }

    private async Task PredictAndBest_SayThatResumeRestoresAsync(string fault)
    {
        var predict = await At("predict", "own", _place.PathOf("points.csv"));
        Assert.Equal(ExitCode.Failed, predict.Code);
        Assert.Contains(fault, predict.Error, StringComparison.Ordinal);
        Assert.Contains("hypersearch resume own", predict.Error, StringComparison.Ordinal);
        var best = await At("best", "own", "--json");
        Assert.Equal(ExitCode.Done, best.Code); // the ranking and the verdict are in the journal
        Assert.Contains(fault, best.Error, StringComparison.Ordinal);
        Assert.Contains("hypersearch resume own", best.Error, StringComparison.Ordinal);
        Assert.Contains("\"model\": null", best.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, (await At("best", "own", "--onnx", _place.PathOf("own.onnx"))).Code);
    }

    private async Task<CampaignFolder> RanAsync(string name, int seed)
    {
        _place.Write("points.csv", Workplace.Points(90));
        _place.Write($"{name}.yaml",
            $$$"""
            name: {{{name}}}
            objective: {train: {data: points.csv, label: side, epochs: 2}}
            minimize: dev_cost
            space: {learning_rate: {log: [1e-3, 1]}, hidden_units: {int: [2, 4]}}
            method: {sampler: random, trials: 2, seed: {{{seed}}}, workers: 1}
            """);
        Assert.Equal(ExitCode.Done, (await At("run", _place.PathOf($"{name}.yaml"))).Code);
        return new CampaignFolder(_place.PathOf($"results/{name}"));
    }

    /// <summary>Runs a command line; its lines are joined, because a long path breaks them elsewhere.</summary>
    private async Task<Finished> At(params string[] words)
    {
        var finished = await InProcess.RunAsync([.. words, "--results", _place.PathOf("results")]);
        return finished with { Output = Joined(finished.Output), Error = Joined(finished.Error) };
    }

    private static string Joined(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
