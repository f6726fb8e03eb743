using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>A campaign that a program has run, its objective a function there, is read by every verb that reads campaigns.</summary>
public sealed class CodeCampaignTests : IAsyncLifetime
{
    private readonly string _results = Directory.CreateTempSubdirectory("hypersearch-code-").FullName;

    public async ValueTask InitializeAsync()
    {
        var space = new Space([new Parameter("x", new UniformScale(0, 1)), new Parameter("kind", new ChoiceScale("good", "bad"))]);
        foreach (var (name, seed) in new[] { ("mine", 1UL), ("other", 2UL) })
        {
            await Search.MinimizeAsync(
                space,
                (trial, _) => Task.FromResult(Math.Pow(trial.GetDouble("x") - 0.3, 2) + (trial.GetString("kind") == "good" ? 0 : 1)),
                new CampaignOptions { Trials = 12, Seed = seed, Folder = Path.Combine(_results, name) },
                TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_results, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Compare_GroupsRepetitionsAndRefusesACampaignNamedTwice()
    {
        Assert.Matches(", auto, 12 trials +2 ", (await RunAsync("compare mine other")).Output);
        var (code, output, error) = await RunAsync($"compare mine other {Path.Combine(_results, "mine")}");
        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains("mine is named twice.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryReadingVerb_ReadsIt()
    {
        string[] lines =
        [
            "list", "status mine", "rank mine --json", "rank mine --top 3", "show mine 5", "best mine", "plot mine --kind history,slices",
            "report mine", "diagnose mine",
            "importance mine", "compare mine other", "export mine --format jsonl", "doctor mine",
        ];
        foreach (var line in lines)
        {
            var (code, output, error) = await RunAsync(line);
            Assert.True(code == ExitCode.Done, $"{line}: {error}");
            Assert.NotEqual("", output);
        }
    }

    [Fact]
    public async Task Resume_SaysThatOnlyTheProgramCanGoOn()
    {
        var (code, _, error) = await RunAsync("resume mine --trials 20");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("is a function in a program, so only that program can run it", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. line.Split(' '), "--results", _results], Terminal.Piped(output, error),
            TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}
