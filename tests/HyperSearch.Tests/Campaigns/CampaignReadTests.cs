using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Tests.Campaigns;

public sealed class CampaignReadTests
{
    [Fact]
    public void ReadBest_GivesWhatRankingEverythingGives()
    {
        using var scratch = new Scratch();
        var number = 0;
        Gen.Select(Outcomes(), Gen.Int[1, 12], Gen.Bool).Sample((outcomes, count, maximize) =>
        {
            var folder = scratch.Campaign($"c{number++}");
            using (var store = CampaignStore.Open(folder, TimeProvider.System))
                store.Append(outcomes);
            var definition = Definitions.Of(epochs: 3, maximize);
            var whole = new Campaign(folder, definition).Read();
            var expected = Ranking.Rank(whole.Trials, maximize).Take(count).Select(ranked => ranked.Trial.Number).Order().ToList();
            return new[] { long.MaxValue, 0 }.All(indexFrom =>
            {
                var best = BestTrials.Read(folder, definition, count, Scratch.Created.At, indexFrom);
                return best.Trials.Select(trial => trial.Number).SequenceEqual(expected)
                    && best.Omitted == whole.Trials.Length - expected.Count
                    && best.ElapsedSeconds == whole.ElapsedSeconds
                        && best.Search == whole.Search with
                        {
                            Sampler = best.Search.Sampler,
                            Space = best.Search.Space,
                            Objective = best.Search.Objective,
                            Schedule = best.Search.Schedule,
                            Limits = best.Search.Limits
                        };
            });
        }, iter: 60, threads: 1, seed: "0000KOIKNDOX");
    }

    /// <summary>A stopped trial's score must not hide that a completed one beats every confirmed trial.</summary>
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void ReadBest_MeasuresAgainstCompletedTrialsThatWereConfirmed(long indexFrom)
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
        {
            store.Append([
                Any.Plain(0, 1) with { ToEpochs = 3 },
                Any.Plain(1, 0.5, OutcomeState.Stopped),
                Any.Plain(2, 3) with { Trial = 1, Repeat = 1 },
                Any.Plain(3, 2) with { Trial = 2, ToEpochs = 3 },
                Any.Plain(4, 3) with { Trial = 2, Repeat = 1 },
            ]);
        }

        Assert.Equal([0], BestTrials.Read(folder, Definitions.Of(epochs: 3, maximize: false), 1, Scratch.Created.At,
            indexFrom).Trials.Select(trial => trial.Number));
    }

    [Fact]
    public void Read_TellsARunningCampaignFromAnInterruptedAndAFinishedOne()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var time = new FakeTimeProvider(Scratch.Created.At);
        Assert.Equal(CampaignState.Interrupted, Read().State);
        using (var store = CampaignStore.Open(Campaign.Open(folder), time, indexed: false))
        {
            store.Append(new SessionStarted(time.GetUtcNow(), 1, "host", 50, 2));
            store.Append([Any.Plain(0)]);
            Assert.Equal(CampaignState.Running, Read().State);
            Assert.Equal(50, Read().Search.Trials);
            Assert.Equal(7ul, Read().Search.Seed);
        }

        Assert.Equal(CampaignState.Interrupted, Read().State);
        using (var store = CampaignStore.Open(Campaign.Open(folder), time, indexed: false))
        {
            store.Append(new SessionStarted(time.GetUtcNow(), 1, "host", 60, 2));
            store.Append(new SessionEnded(time.GetUtcNow(), 3, true, "all trials done"));
        }

        var finished = Read();
        Assert.Equal((CampaignState.Finished, "all trials done", 60), (finished.State, finished.Ending, finished.Search.Trials));

        CampaignSnapshot Read() => new Campaign(folder, Definitions.Of()).Read();
    }

    [Fact]
    public void Follower_ReadsOnlyWhatIsNewAndSeesTheSame()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var follower = new Campaign(folder, Definitions.Of());
        Assert.Empty(follower.Read().Trials);
        using var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false);
        for (var job = 0; job < 5; job++)
        {
            store.Append([Any.Plain(2 * job), Any.Plain(2 * job + 1)]);
            Assert.Equal(2 * job + 2, follower.Read().Trials.Length);
            Assert.True(Stores.Outcomes.Same(Campaign.Open(folder).ReadOutcomes(), follower.Outcomes));
        }
    }

    [Fact]
    public void Follower_StartsAfreshWhenTheOwnerHadToCutBack()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var length = new FileInfo(folder.JournalPath).Length;
        var follower = new Campaign(folder, Definitions.Of());
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
            store.Append([Any.Plain(0), Any.Plain(1)]);
        Assert.Equal(2, follower.Read().Trials.Length);
        using (var file = new FileStream(folder.JournalPath, FileMode.Open))
            file.SetLength(length);
        Assert.Empty(follower.Read().Trials);
    }

    [Fact]
    public void Elapsed_CountsSessionsThatEndedAndThoseThatWereKilled()
    {
        using var scratch = new Scratch();
        var folder = scratch.Campaign();
        var start = Any.Plain(0).Started;
        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
        {
            store.Append(new SessionStarted(start.AddSeconds(-10), 1, "host", 9, 1));
            store.Append([Any.Plain(0), Any.Plain(4)]); // ends 4.25 s after the start of the first
        }

        using (var store = CampaignStore.Open(Campaign.Open(folder), TimeProvider.System, indexed: false))
        {
            Assert.Equal(TimeSpan.FromSeconds(14.25), store.ElapsedBefore);
            store.Append(new SessionStarted(start.AddDays(1), 1, "host", 9, 1));
            store.Append(new SessionEnded(start.AddDays(1).AddSeconds(9), 9, false, "interrupted"));
        }

        Assert.Equal(23.25, new Campaign(folder, Definitions.Of()).Read().ElapsedSeconds);
    }

    /// <summary>Up to 40 trials of one or two jobs, many of them tied, some without a value, some confirmed by two repeats.</summary>
    private static Gen<Outcome[]> Outcomes() => Gen.Select(Gen.Int[0, 4], Gen.Enum<OutcomeState>(), Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 15],
        Gen.Int[0, 3]).Array[0, 40].Select(trials =>
        {
            var outcomes = new List<Outcome>();
            foreach (var ((value, state, epochs, twice, repeats, cost), trial) in trials.Select((spec, trial) => (spec, trial)))
            {
                if (twice)
                    outcomes.Add(Any.Plain(outcomes.Count) with { Trial = trial, Value = 9 - value });
                double? measured = state is OutcomeState.Completed or OutcomeState.Stopped ? value / 2.0 : null;
                outcomes.Add(Any.Plain(outcomes.Count, measured, state) with
                {
                    Trial = trial,
                    FromEpochs = twice ? 1 : 0,
                    ToEpochs = epochs,
                    Metrics = Costs(cost)
                });
                if (repeats > 12)
                {
                    outcomes.Add(Any.Plain(outcomes.Count, repeats - value) with { Trial = trial, Repeat = 1, Metrics = Costs(3 - cost) });
                    outcomes.Add(Any.Plain(outcomes.Count, repeats == 14 ? null : 8 - value,
                        repeats == 14 ? OutcomeState.Diverged : OutcomeState.Completed) with
                    { Trial = trial, Repeat = 2 });
                }
            }

            return outcomes.ToArray();
        });

    private static ImmutableSortedDictionary<string, double> Costs(int cost) => cost == 0
        ? ImmutableSortedDictionary<string, double>.Empty
        : ImmutableSortedDictionary<string, double>.Empty.Add("dev_cost", cost);
}
