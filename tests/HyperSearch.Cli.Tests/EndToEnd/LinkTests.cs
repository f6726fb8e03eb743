namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>Links inside a campaign lead to files of somebody else, which no verb writes or removes.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Verbs_WriteNothingThroughALinkInsideACampaign()
    {
        using var place = new Workplace();
        place.Write("talk.sh", """
            echo hello
            echo '{"loss": 1}'
            """);
        place.Write("talk.yaml", """
            name: talk
            objective: {command: [sh, talk.sh]}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 2, workers: 1, sampler: random}
            """);
        Assert.Equal(0, place.Run("run", "talk.yaml").Code);
        Directory.CreateDirectory(place.PathOf("strangers"));
        string[] links = ["owner.json.new", "live.json.new", "index.db.seal.new", "report.html", "logs/000002-0.log"];
        foreach (var link in links)
            Link(link, Path.GetFileName(link));
        Assert.Equal(0, place.Run("report", "talk").Code);
        Assert.Equal(0, place.Run("resume", "talk", "--trials", "4").Code);
        Assert.All(links, link => Assert.Equal("mine", File.ReadAllText(place.PathOf($"strangers/{Path.GetFileName(link)}"))));

        if (Directory.Exists(place.PathOf("results/talk/plots")))
            Directory.Delete(place.PathOf("results/talk/plots"), recursive: true);
        Directory.CreateSymbolicLink(place.PathOf("results/talk/plots"), place.PathOf("strangers"));
        var plot = place.Run("plot", "talk");
        Assert.Equal(1, plot.Code);
        Assert.Contains("is a link, and a campaign writes and removes nothing behind a link", plot.Error, StringComparison.Ordinal);
        Assert.Equal(links.Length, Directory.GetFileSystemEntries(place.PathOf("strangers")).Length);

        void Link(string inside, string stranger)
        {
            place.Write($"strangers/{stranger}", "mine");
            File.Delete(place.PathOf($"results/talk/{inside}"));
            File.CreateSymbolicLink(place.PathOf($"results/talk/{inside}"), place.PathOf($"strangers/{stranger}"));
        }
    }
}
