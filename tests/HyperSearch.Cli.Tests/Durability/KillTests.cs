using System.Globalization;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Cli.Tests.Durability;

public sealed class KillTests
{
    /// <summary>How often a process is killed: 20 times, or as often as HYPERSEARCH_KILL_ROUNDS says.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("HYPERSEARCH_KILL_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 20;

    [Fact(Timeout = 3_600_000)]
    public async Task Resume_AfterKillsAtRandomMoments_LosesNothingAndGivesTheRankingOfAnUndisturbedRun()
    {
        using var torture = new Torture();
        var whole = torture.Finish("whole");
        var expected = torture.Ranking("whole");
        var jobs = torture.Facts("whole").Count;
        var kept = new List<int>();
        var random = RandomStream.For(5, (ulong)Rounds, "kills");
        for (var (kills, campaigns) = (0, 0); kills < Rounds; campaigns++)
        {
            var campaign = FormattableString.Invariant($"killed-{campaigns}");
            while (kills < Rounds && torture.Facts(campaign).Count < jobs)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                if (!await KilledAsync(torture, campaign, random, 0.6 * whole))
                    break;
                kills++;
                kept.Add(torture.Facts(campaign).Count);
            }

            torture.Finish(campaign);
            Assert.Equal(expected, torture.Ranking(campaign));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Of {jobs} outcomes, at each kill there were: {string.Join(' ', kept)}");
        Assert.True(kept.Count(count => count > 0 && count < jobs) >= Rounds / 3, $"too few kills came in the midst of the work: {string.Join(' ', kept)} of {jobs} outcomes");
    }

    /// <summary>Runs or resumes a campaign and kills it: mostly while it works, now and then while it starts.</summary>
    /// <returns>Whether it was killed; otherwise it was done before.</returns>
    private static async Task<bool> KilledAsync(Torture torture, string campaign, RandomStream random, TimeSpan longest)
    {
        var (before, length) = (torture.Facts(campaign), torture.JournalLength(campaign));
        using var running = torture.Start(campaign);
        var finishing = Task.Run(running.Finish, TestContext.Current.CancellationToken);
        if (random.NextDouble() > 0.15)
            torture.AwaitSession(campaign, length, finishing);
        await Task.WhenAny(finishing, Task.Delay(random.NextDouble() * (random.NextDouble() < 0.5 ? longest : longest / 4), TestContext.Current.CancellationToken));
        var seen = torture.Facts(campaign);
        running.Signal("KILL");
        var finished = await finishing;
        var kept = torture.Facts(campaign);
        Assert.Equal(before, kept.Take(before.Count));
        Assert.Equal(seen, kept.Take(seen.Count));
        Assert.True(kept.Select(fact => fact.Split(' ')[1]).Distinct().Count() >= Torture.Acknowledged(finished.Error), "an acknowledged outcome is missing");
        Assert.True(finished.Code is 0 or 137, finished.Error);
        return finished.Code != 0;
    }
}
