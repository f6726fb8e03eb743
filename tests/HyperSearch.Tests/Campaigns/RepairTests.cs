using System.Globalization;
using CsCheck;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Campaigns;

/// <summary>Campaigns that lost records, were repaired and went on: what was lost runs again and stands last in the journal.</summary>
public sealed class RepairTests : IDisposable
{
    private const int Trials = 16;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("asha")]
    [InlineData("freeze_thaw")]
    [InlineData("hyperband")]
    [InlineData("successive_halving")]
    public async Task Resume_AfterAnyLossAndARepair_RanksAsAnUndamagedRun(string schedule)
    {
        var search = Halving(schedule, Trials);
        var whole = Session.Create(_scratch.Results, search, "whole");
        await RunAsync(whole, search);
        await HoldsAfterAnyLossAsync(whole, search, keep: entry => entry is CampaignCreated);
    }

    [Fact]
    public async Task Resume_OfAnExtendedCampaignAfterAnyLossOfOutcomes_RanksAsAnUndamagedRun()
    {
        var whole = Session.Create(_scratch.Results, Halving("asha", Trials / 2), "whole");
        await RunAsync(whole, Halving("asha", Trials / 2));
        await RunAsync(whole, Halving("asha", Trials));
        await HoldsAfterAnyLossAsync(whole, Halving("asha", Trials), keep: entry => entry is CampaignCreated or SessionStarted);
    }

    private async Task HoldsAfterAnyLossAsync(CampaignFolder whole, Search search, Func<CampaignEvent, bool> keep)
    {
        var bytes = await File.ReadAllBytesAsync(whole.JournalPath, TestContext.Current.CancellationToken);
        var expected = Ranked(new Campaign(whole, (_, _) => search).Read());
        var mayGo = MayGo(whole, keep).ToArray();
        var number = 0;
        await Gen.Select(Gen.Int[0, 9].Array[mayGo.Length], Gen.Int[1, 9]).SampleAsync(
            async (dice, share) =>
            {
                var folder = Session.Create(_scratch.Results, search, $"lost-{number++}");
                var damaged = bytes.ToArray();
                foreach (var (offset, _) in mayGo.Select((offset, at) => (offset, at)).Where(record => dice[record.at] < share))
                    damaged[offset + JournalFormat.RecordHeaderSize + 4] ^= 1;
                await File.WriteAllBytesAsync(folder.JournalPath, damaged);
                Doctor.Repair(folder, TimeProvider.System);
                await RunAsync(folder, search);
                Assert.Equal(expected, Ranked(new Campaign(folder, (_, _) => search).Read()));
                foreach (var indexFrom in (long[])[0, long.MaxValue])
                    Assert.Equal(expected.Take(3).Order(),
                        Ranked(BestTrials.Read(folder, (_, _) => search, 3, Scratch.Created.At, indexFrom)).Order());
            },
            iter: 8, threads: 1, seed: "0000KOIKNDOX");
    }

    private static IEnumerable<long> MayGo(CampaignFolder folder, Func<CampaignEvent, bool> keep)
    {
        using var journal = new JournalReader(folder.JournalPath);
        foreach (var offset in JournalSurvey.Of(folder.JournalPath).Records)
        {
            Assert.True(journal.TryRead(out var record));
            if (record.Kind == RecordKind.Outcome || !keep(JournalEvents.Read(record)))
                yield return offset;
        }
    }

    private static List<string> Ranked(CampaignSnapshot campaign) => [.. Ranking.Rank(campaign.Trials, campaign.Search)
        .Select(entry => string.Create(CultureInfo.InvariantCulture,
            $"{entry.Trial.Number} {entry.Trial.State} {entry.Value:R} {entry.Trial.Epochs} {entry.Trial.Reason} " +
            $"{string.Join(' ', entry.Trial.Curve.Column("loss"))}"))];

    private static Task<CampaignEnding> RunAsync(CampaignFolder folder, Search search) => Session.RunAsync(
        folder,
        search,
        new FunctionObjective((job, _) => Math.Pow(job.Job.Point["x"].Number - 0.3, 2) + (1.0 / job.Job.ToEpochs)
            + Math.Abs(Math.Log10(job.Job.Point["y"].Number) + 2)),
        stop: TestContext.Current.CancellationToken);

    private static Search Halving(string schedule, int trials) => PlannerRun.Search(new CoarseToFineSampler(), trials) with
    {
        Objective = new DelegateDefinition { Epochs = 9 },
        Schedule = schedule switch
        {
            "asha" => new AshaSchedule { MinEpochs = 1, Factor = 3 },
            "freeze_thaw" => new FreezeThawSchedule { MinEpochs = 1, Guard = 1 },
            "hyperband" => new HyperbandSchedule { MinEpochs = 1, Factor = 3 },
            _ => new SuccessiveHalvingSchedule { MinEpochs = 1, Factor = 3 },
        },
    };
}
