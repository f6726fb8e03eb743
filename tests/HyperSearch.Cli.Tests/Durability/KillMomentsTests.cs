using HyperSearch.Hosting.Campaigns;
using HyperSearch.Numerics;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Durability;

/// <summary>Kills at moments that come seldom: while a damaged journal is repaired, while failed trials start again, while the winner is
/// judged.</summary>
public sealed class KillMomentsTests
{
    /// <summary>How often each is killed: once, or a share of HYPERSEARCH_KILL_ROUNDS.</summary>
    private static int Rounds => KillRounds.Each ?? 1;

    /// <summary>Kinds of campaigns whose winner is judged in ways of their own: an ensemble, a test set, repeats; the first in
    /// CI.</summary>
    public static TheoryData<string> Judged => KillRounds.Each is null ? ["folds"] : ["folds", "coarse", "confirmed"];

    [Fact(Timeout = 3_600_000)]
    public async Task Repair_ThatWasKilled_IsRepeatedAndTheCampaignEndsAsAnUndamagedOne()
    {
        using var torture = new Torture(TortureKind.Halving);
        torture.Finish("whole");
        var (expected, model) = (torture.Ranking("whole"), torture.Model("whole"));
        for (var round = 0; round < Rounds; round++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = RandomStream.For(5, (ulong)round, "kills of doctor");
            var campaign = FormattableString.Invariant($"damaged-{round}");
            Copy(torture.Folder("whole").Path, torture.Folder(campaign).Path);
            for (var damaged = 1 + random.NextInt(3); damaged > 0; damaged--)
                Damage(torture.Folder(campaign).JournalPath, 1.0 / 8, random);
            await KillAsync(torture, random.NextDouble() * 1.5, "doctor", campaign, "--repair");
            var repaired = torture.Place.Run("doctor", campaign, "--repair");
            Assert.True(repaired.Code == 0, repaired.Error + repaired.Output);
            torture.Finish(campaign);
            Assert.Equal(expected, torture.Ranking(campaign));
            Assert.Equal(model, torture.Model(campaign));
        }
    }

    [Fact(Timeout = 3_600_000)]
    public async Task RetryFailed_ThatWasKilled_GoesOnAndEndsAsOneThatWasNot()
    {
        Assert.SkipUnless(Programs.Exist("python3"), "python3 is not installed");
        using var torture = new Torture(TortureKind.Broken);
        torture.Place.Write("broken", "");
        torture.Finish("failed");
        Assert.NotEmpty(Campaign.Open(torture.Folder("failed")).FailedTrials());
        File.Delete(torture.Place.PathOf("broken"));
        Copy(torture.Folder("failed").Path, torture.Folder("straight").Path);
        Assert.Equal(0, torture.Place.Run("resume", "straight", "--retry-failed", "--plots", "none").Code);
        var (expected, jobs) = (torture.Ranking("straight"), torture.Facts("straight").Count);
        for (var round = 0; round < Rounds; round++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = RandomStream.For(5, (ulong)round, "kills of retries");
            var campaign = FormattableString.Invariant($"killed-{round}");
            Copy(torture.Folder("failed").Path, torture.Folder(campaign).Path);
            var before = torture.Facts(campaign);
            var told = await KillAsync(torture, 0.4 + (random.NextDouble() * 2), "resume", campaign, "--retry-failed", "--verbose");
            Assert.Equal(before, torture.Facts(campaign).Take(before.Count));
            Assert.Empty(told.Except(torture.Jobs(campaign)));
            string[] again = Campaign.Open(torture.Folder(campaign)).FailedTrials().IsEmpty ? [] : ["--retry-failed"];
            var resumed = torture.Place.Run(["resume", campaign, "--plots", "none", .. again]);
            Assert.True(resumed.Code == 0, resumed.Error);
            Assert.Equal(jobs, torture.Facts(campaign).Count);
            Assert.Equal(expected, torture.Ranking(campaign));
        }
    }

    [Theory(Timeout = 3_600_000)]
    [MemberData(nameof(Judged))]
    public async Task Judging_ThatWasKilled_EndsWithTheModelAndTheWordsOfOneThatWasNot(string kind)
    {
        using var torture = new Torture(TortureKind.All.Single(known => known.Name == kind));
        torture.Finish("whole");
        var (expected, model, best) = (torture.Ranking("whole"), torture.Model("whole"), Best(torture, "whole"));
        var jobs = torture.Facts("whole").Count;
        var ended = 0;
        for (var round = 0; round < Rounds; round++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = RandomStream.For(5, (ulong)round, $"kills of the judge of {kind}");
            var campaign = FormattableString.Invariant($"judged-{round}");
            using (var running = torture.Start(campaign))
            {
                var finishing = Task.Run(running.Finish, TestContext.Current.CancellationToken);
                var cut = torture.JournalLength("whole") * 0.9;
                Patience.Until(() => finishing.IsCompleted
                    || (torture.JournalLength(campaign) > cut && torture.Facts(campaign).Count == jobs), TimeSpan.FromMinutes(2));
                await Task.Delay(TimeSpan.FromSeconds(random.NextDouble() * 0.4), TestContext.Current.CancellationToken);
                running.Signal("KILL");
                var code = (await finishing).Code;
                Assert.True(code is 0 or 137);
                ended += code == 0 ? 1 : 0;
            }

            torture.Finish(campaign);
            Assert.Equal(expected, torture.Ranking(campaign));
            Assert.Equal(model, torture.Model(campaign));
            Assert.Equal(best, Best(torture, campaign));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {Rounds} rounds, {ended} had ended before the kill");
    }

    private static string Best(Torture torture, string campaign)
    {
        var lines = torture.Place.Run("best", campaign).Output.Split('\n');
        return string.Join('\n', lines.Where(line => !line.Contains(" s ", StringComparison.Ordinal)
            && !line.Contains(campaign, StringComparison.Ordinal)));
    }

    /// <summary>Starts a command line and kills it after so many seconds.</summary>
    /// <returns>The jobs that it had told of as on disk.</returns>
    private static async Task<IReadOnlyList<int>> KillAsync(Torture torture, double seconds, params string[] arguments)
    {
        using var running = torture.Place.Start(arguments);
        var finishing = Task.Run(running.Finish, TestContext.Current.CancellationToken);
        await Task.WhenAny(finishing, Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken));
        running.Signal("KILL");
        var finished = await finishing;
        Assert.True(finished.Code is 0 or 137, finished.Error);
        Assert.True(torture.IsQuiet(), "A process outlived the command that was killed.");
        return Torture.Acknowledged(finished.Error);
    }

    /// <summary>Spoils a byte of a journal behind its first part.</summary>
    private static void Damage(string journal, double from, RandomStream random)
    {
        var bytes = File.ReadAllBytes(journal);
        var first = (int)(bytes.Length * from);
        bytes[first + random.NextInt(bytes.Length - first)] ^= 4;
        File.WriteAllBytes(journal, bytes);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
