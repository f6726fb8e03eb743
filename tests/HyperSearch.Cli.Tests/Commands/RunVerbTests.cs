using System.Text.Json;
using System.Text.RegularExpressions;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Tests.Drivers;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class RunVerbTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Run_SaysOnceThatAProgramMeasuresEpoch0AndWhichAttemptFollows()
    {
        _place.Write("zero.sh", """
            [ -e tried ] || { touch tried; kill -KILL $$; }
            e=0
            while [ $e -lt $HYPERSEARCH_EPOCHS ]; do echo "{\"epoch\": $e, \"loss\": $e}"; e=$((e + 1)); done
            """);
        Write("zero", "{command: [sh, zero.sh], epochs: 3}", "limits: {retries: 1}");
        var run = await At("run", _place.PathOf("zero.yaml"));
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.Contains("Trial 0: attempt 2 follows", run.Error, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(run.Error, "measured epoch 0"));
        Assert.Contains("print epoch + 1", (await At("check", _place.PathOf("zero.yaml"))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "hypersearch plot tiny")]
    [InlineData("few", "plots", "history.png", "slices.png")]
    public async Task Run_DrawsThePicturesThatWereAskedFor(string plots, string told, params string[] drawn)
    {
        var run = await At("run", _place.PathOf("tiny.yaml"), "--plots", plots);
        Assert.Matches($"Pictures: +[^\n]*{told}", run.Output);
        var folder = _place.PathOf("results/tiny/plots");
        Assert.Equal(drawn, Directory.Exists(folder) ? Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order() : []);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("", "--timeout", "resume slow[^\n]*(?<!--timeout [0-9a-z]+)\n")] // a limit of the command line holds for one session
    [InlineData("limits: {time: 1h}", "", "resume slow[^\n]* --timeout 2h[0-9a-z]*\n")]
    public async Task Run_WhoseTimeIsUp_AdvisesTheCommandThatGoesOn(string limits, string option, string advice)
    {
        _place.Write("slow.sh", """
            while [ $HYPERSEARCH_TRIAL != 0 -a ! -e go ]; do sleep 0.1; done
            echo '{"loss": 1}'
            """);
        Write("slow", "{command: [sh, slow.sh]}", limits);
        var time = new FakeTimeProvider();
        var running = At(time, ["run", _place.PathOf("slow.yaml"), .. option.Length > 0 ? [option, "1h"] : Array.Empty<string>()]);
        var journal = new CampaignFolder(_place.PathOf("results/slow"));
        while (!journal.Exists || Campaign.Open(journal).ReadOutcomes().Count == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromHours(1));
        var run = await running;
        Assert.Matches("the time limit of .* was reached", run.Error);
        Assert.DoesNotContain("--trials", run.Output, StringComparison.Ordinal);
        Assert.Matches($"Go on: +hypersearch {advice}", run.Output);

        if (limits.Length > 0)
            Assert.Matches("Nothing to do: .* To go on: hypersearch resume slow .*--timeout 2h", (await At(time, "resume", "slow")).Error);
        _place.Write("go", "");
        var resumed = await At(time, ["resume", "slow", .. limits.Length > 0 ? ["--timeout", "2h"] : Array.Empty<string>()]);
        Assert.Contains("all 3 trials are done", resumed.Error, StringComparison.Ordinal);
    }

    /// <summary>The search's own copy keeps the word, so that the campaign goes on by the choice of its edition.</summary>
    [Fact]
    public async Task Run_SaysTheScheduleThatAutoChoseAndKeepsTheWord()
    {
        _place.Write("curve.sh", """
            for e in $(seq $HYPERSEARCH_EPOCHS); do echo "{\"epoch\": $e, \"loss\": $((9 - e))}"; done
            """);
        Write("curve", "{command: [sh, curve.sh], epochs: 9}", "schedule: auto");
        const string choice = "auto chose freeze_thaw: one metric tells after 1 or 3 of 9 epochs which trials are worth going on with";
        Assert.Contains(choice, OneLine((await At("check", _place.PathOf("curve.yaml"), "--no-timing")).Output), StringComparison.Ordinal);
        using var check = JsonDocument.Parse((await At("check", _place.PathOf("curve.yaml"), "--no-timing", "--json")).Output);
        Assert.Equal(("auto", choice),
            (check.RootElement.GetProperty("schedule").GetString(), check.RootElement.GetProperty("schedule_choice").GetString()));

        var run = await At("run", _place.PathOf("curve.yaml"), "--plots", "none");
        Assert.StartsWith($"{choice}.\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("schedule: auto", await File.ReadAllTextAsync(_place.PathOf("results/curve/search.yaml"),
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains($"A{choice[1..]}", OneLine((await At("show", "curve", "0")).Output), StringComparison.Ordinal);

        var longer = await At("resume", "curve", "--trials", "6", "--plots", "none");
        Assert.True(longer.Code == ExitCode.Done, longer.Error);
        Assert.Contains(choice, OneLine((await At("status", "curve")).Output), StringComparison.Ordinal);

        static string OneLine(string text) => Regex.Replace(text, @"\s+", " ");
    }

    private void Write(string name, string objective, string rest) => _place.Write($"{name}.yaml",
        $$$"""
        name: {{{name}}}
        objective: {{{objective}}}
        minimize: loss
        space: {x: {uniform: [0, 1]}}
        method: {sampler: random, trials: 3, workers: 1}
        {{{rest}}}
        """);

    private Task<Finished> At(params string[] words) => At(TimeProvider.System, words);

    private Task<Finished> At(TimeProvider time, params string[] words) => InProcess.RunAsync(time,
        words[0] == "check" ? words : [.. words, "--results", _place.PathOf("results")]);
}
