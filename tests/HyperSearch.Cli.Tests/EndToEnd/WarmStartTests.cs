namespace HyperSearch.Cli.Tests.EndToEnd;

public sealed class WarmStartTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Run_FromAnEarlierCampaignNeedsItNoMore()
    {
        Assert.Equal(0, _place.Run("run", "tiny.yaml", "--trials", "8", "--name", "first", "--plots", "none").Code);
        var best = _place.Read("rank", "first")[0];
        _place.Write("next.yaml",
            Workplace.Search.Replace("name: tiny", "name: next\nfrom: {campaign: results/first, best: 3}", StringComparison.Ordinal));
        Assert.Equal(best.GetProperty("params").ToString(), _place.Read("check", "next.yaml").GetProperty("samples")[0].ToString());
        var run = _place.Run("run", "next.yaml", "--trials", "4", "--plots", "none");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains($"From first: 3 of 8 trials run first, the best one being its trial {best.GetProperty("trial")}.", run.Error,
            StringComparison.Ordinal);
        Assert.Equal(0, _place.Run("run", "next.yaml", "--name", "whole", "--plots", "none").Code);

        Directory.Delete(_place.PathOf("results/first"), recursive: true);
        Directory.Move(_place.PathOf("results/next"), _place.PathOf("results/moved"));
        Assert.Equal(0, _place.Run("resume", "moved", "--trials", "6", "--plots", "none").Code);
        Assert.Equal(Timeless.Text(_place.Read("rank", "whole")), Timeless.Text(_place.Read("rank", "moved")));

        var first = _place.Read("show", "moved", "0");
        Assert.Equal("enqueued", first.GetProperty("origin").GetString());
        Assert.Equal($"trial {best.GetProperty("trial")} of first", first.GetProperty("proposed").GetProperty("note").GetString());
    }

    [Fact]
    public void Run_FromTheTrainersPriorSaysWhichPointsAreOfIt()
    {
        string[] asked = ["tiny.yaml", "--set", "method.prior=trainer", "--set", "method.trials=8"];
        var remark = "From the trainer's prior: 2 configurations that did well together on other tables run first.";
        Assert.Contains(remark, _place.Run(["check", .. asked]).Error, StringComparison.Ordinal);
        var run = _place.Run(["run", .. asked, "--plots", "none"]);
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains(remark, run.Error, StringComparison.Ordinal);
        var origins = _place.Read("rank", "tiny").EnumerateArray().ToDictionary(
            trial => trial.GetProperty("trial").GetInt32(), trial => trial.GetProperty("origin").GetString());
        Assert.Equal([0, 1], origins.Where(trial => trial.Value == "enqueued").Select(trial => trial.Key).Order());
        Assert.Matches("^configuration [0-9]+ of the trainer's prior, which did well on other tables$",
            _place.Read("show", "tiny", "1").GetProperty("proposed").GetProperty("note").GetString());
    }

    [Fact]
    public void Run_FromSeveralCampaignsTriesWhatDidWellTogether()
    {
        foreach (var name in (string[])["first", "second"])
        {
            var earlier = _place.Run("run", "tiny.yaml", "--trials", "8", "--seed", $"{name.Length}", "--name", name, "--plots", "none");
            Assert.True(earlier.Code == 0, earlier.Error);
        }

        var run = _place.Run("run", "tiny.yaml", "--name", "third", "--from", "first", "--from", "second", "--plots", "none");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("From 2 campaigns with 16 trials that fit: ", run.Error, StringComparison.Ordinal);
        var proposed = _place.Read("show", "third", "0").GetProperty("proposed");
        Assert.Matches("^trial [0-7] of (first|second)$", proposed.GetProperty("note").GetString());

        var again = _place.Run("run", "tiny.yaml", "--name", "fourth", "--from", "first", "--from", "results/first", "--trials", "8");
        Assert.Contains("from names first more than once (results/first); it counts once.", again.Error, StringComparison.Ordinal);
        Assert.Contains("From first: 8 of 8 trials run first", again.Error, StringComparison.Ordinal);
        Assert.Contains("They leave none of the 8 trials to the sampler", again.Error, StringComparison.Ordinal);

        _place.Write("next.yaml", Workplace.Search.Replace(
            "name: tiny", "name: next\nfrom: [results/first, results/nowhere]", StringComparison.Ordinal));
        var missing = _place.Run("run", "next.yaml");
        Assert.Equal(2, missing.Code);
        Assert.Contains("There is no campaign \"results/nowhere\"", missing.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.PathOf("results/next")));
    }

    [Fact]
    public void Run_FromWhatIsNotThereSaysSoAndMakesNothing()
    {
        var run = _place.Run("run", "tiny.yaml", "--from", "nothing");
        Assert.Equal(2, run.Code);
        Assert.Contains("There is no campaign \"nothing\"", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_place.PathOf("results/tiny")));
    }
}
