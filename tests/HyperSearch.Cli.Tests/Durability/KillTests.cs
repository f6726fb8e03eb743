using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Cli.Tests.Durability;

public sealed class KillTests
{
    /// <summary>How often campaigns of a kind are killed: twice where trials have several jobs or come fast, else once; or their share of
    /// HYPERSEARCH_KILL_ROUNDS.</summary>
    private static int RoundsOf(TortureKind kind) =>
        KillRounds.Each ?? (kind == TortureKind.Halving || kind == TortureKind.Worker ? 2 : 1);

    /// <summary>Every kind of campaign; in CI without those that only have another sampler, or another objective.</summary>
    public static TheoryData<string> Kinds =>
    [
        .. TortureKind.All.Where(kind => KillRounds.Each is not null
            || (kind != TortureKind.Conditional && kind != TortureKind.Front && kind != TortureKind.Population))
            .Select(kind => kind.Name),
    ];

    [Theory(Timeout = 3_600_000)]
    [MemberData(nameof(Kinds))]
    public async Task Resume_AfterKillsAtRandomMoments_LosesNothingAndGivesTheRankingOfAnUndisturbedRun(string kind)
    {
        var known = TortureKind.All.Single(known => known.Name == kind);
        var rounds = RoundsOf(known);
        using var torture = new Torture(known);
        var whole = torture.Finish("whole");
        var expected = torture.Ranking("whole");
        var model = torture.Model("whole");
        var jobs = torture.Facts("whole").Count;
        var kept = new List<int>();
        var acknowledged = 0;
        var random = RandomStream.For(5, (ulong)rounds, $"kills of {kind}");
        for (var (kills, campaigns) = (0, 0); kills < rounds; campaigns++)
        {
            var campaign = FormattableString.Invariant($"killed-{campaigns}");
            while (kills < rounds && torture.Facts(campaign).Count < jobs)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                var growth = (long)(random.NextDouble() * torture.JournalLength("whole") / 4);
                if (await KilledAsync(torture, campaign, random, kills % 2 == 0 ? growth : null, 0.6 * whole) is not { } told)
                    break;
                kills++;
                acknowledged += told;
                kept.Add(torture.Facts(campaign).Count);
            }

            torture.Finish(campaign);
            Assert.Equal(expected, torture.Ranking(campaign));
            Assert.Equal(model, torture.Model(campaign));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {kept.Count} kills; {acknowledged} outcomes had been told of as on " +
            $"disk, none was missing; of {jobs} outcomes, at each kill there were: {string.Join(' ', kept)}");
        Assert.True(kept.Count(count => count > 0 && count < jobs) >= rounds / 3,
            $"too few kills came in the midst of the work: {string.Join(' ', kept)} of {jobs} outcomes");
    }

    /// <summary>Runs or resumes a campaign and kills it: when its journal has grown by so many bytes, so that a slow machine too kills in
    /// the midst of the work; else at a random moment, now and then while it starts.</summary>
    /// <returns>How many outcomes it had told of as on disk; <c>null</c> when it was done before it could be killed.</returns>
    private static async Task<int?> KilledAsync(Torture torture, string campaign, RandomStream random, long? growth, TimeSpan longest)
    {
        var (before, length) = (torture.Facts(campaign), torture.JournalLength(campaign));
        using var running = torture.Start(campaign);
        var finishing = Task.Run(running.Finish, TestContext.Current.CancellationToken);
        if (growth is not null || random.NextDouble() > 0.15)
            torture.AwaitJournal(campaign, length + (growth ?? 0), finishing);
        if (growth is null)
            await Task.WhenAny(finishing,
                Task.Delay(random.NextDouble() * (random.NextDouble() < 0.5 ? longest : longest / 4),
                    TestContext.Current.CancellationToken));
        var seen = torture.Facts(campaign);
        running.Signal("KILL");
        var finished = await finishing;
        Assert.True(torture.IsQuiet(), "A process outlived the campaign that was killed.");
        var kept = torture.Facts(campaign);
        Assert.Equal(before, kept.Take(before.Count));
        Assert.Equal(seen, kept.Take(seen.Count));
        var told = Torture.Acknowledged(finished.Error);
        Assert.Empty(told.Except(kept.Select(fact => int.Parse(fact.Split(' ')[0], CultureInfo.InvariantCulture))));
        Assert.True(finished.Code is 0 or 137, finished.Error);
        return finished.Code == 0 ? null : told.Count;
    }
}
