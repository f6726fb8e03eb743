using System.Text.Json;

namespace HyperSearch.Cli.Tests.Durability;

/// <summary>Other processes beside a campaign.</summary>
public sealed class CompanyTests
{
    private static readonly string[][] Looks =
    [
        ["status", "whole", "--json"], ["rank", "whole", "--json"], ["rank", "whole", "--top", "3", "--json"],
        ["export", "whole", "--format", "jsonl"],
    ];

    [Fact]
    public async Task Readers_BesideARunningCampaign_NeverFailAndNeverSeeFewerTrials()
    {
        using var torture = new Torture(TortureKind.Halving);
        using var running = torture.Start("whole");
        Patience.Until(() => torture.Folder("whole").Exists, TimeSpan.FromMinutes(1));
        var campaign = Task.Run(running.Finish, TestContext.Current.CancellationToken);
        var rounds = Looks.AsParallel().WithDegreeOfParallelism(Looks.Length).Select(look =>
        {
            var (seen, rounds) = (0, 0);
            for (var over = false; !over; rounds++)
            {
                over = campaign.IsCompleted; // one look more, at the end
                var finished = torture.Place.Run(look);
                Assert.True(finished.Code == 0, finished.Error);
                var trials = Trials(look, finished.Output);
                Assert.InRange(trials, seen, 120);
                seen = trials;
            }

            Assert.Equal(look.Contains("--top") ? 3 : 120, seen);
            return rounds;
        }).ToList();
        Assert.Equal(0, (await campaign).Code);
        Assert.All(rounds, looks => Assert.True(looks > 1));
        torture.Finish("alone");
        Assert.Equal(torture.Ranking("alone"), torture.Ranking("whole"));
    }

    [Fact]
    public void Resume_ByTwoProcessesAtOnce_IsDoneByOneAndRefusedByNameToTheOther()
    {
        using var torture = new Torture(TortureKind.Halving);
        using (var first = torture.Start("whole"))
        {
            Patience.Until(() => torture.Facts("whole").Count > 0, TimeSpan.FromMinutes(1));
            first.Signal("KILL");
            first.Finish();
        }

        using var one = torture.Start("whole");
        using var other = torture.Start("whole");
        var both = new[] { one.Finish(), other.Finish() };
        var refused = Assert.Single(both, finished => finished.Code != 0);
        Assert.Contains("\"whole\" is being run by process", refused.Error, StringComparison.Ordinal);
        Assert.Equal(120, JsonDocument.Parse(torture.Place.Run("rank", "whole", "--json").Output).RootElement.GetArrayLength());
    }

    private static int Trials(string[] look, string output)
    {
        if (look[0] == "export")
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.ValueKind)
                .Count(kind => kind == JsonValueKind.Object);
        var document = JsonDocument.Parse(output).RootElement;
        if (look[0] == "rank")
            return document.GetArrayLength();
        var trials = document.GetProperty("trials");
        return trials.EnumerateObject().Where(field => field.Name is not ("planned" or "running")).Sum(field => field.Value.GetInt32());
    }
}
