using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Samplers;

/// <summary>What every sampler promises. A new sampler derives from this and names itself.</summary>
public abstract class SamplerContract
{
    protected abstract ISampler Sampler { get; }

    /// <summary>Trials that the general claims play; fewer for costly samplers.</summary>
    protected virtual int Trials => 120;

    /// <summary>The schedule of its campaigns: one with rungs for a sampler that learns from them.</summary>
    protected virtual ISchedule Schedule => new FullSchedule();

    public static TheoryData<int> Slots => [1, 8];

    [Theory]
    [MemberData(nameof(Slots))]
    public void Propose_StandsForItsConfiguration(int slots)
    {
        foreach (var (space, function) in new (Space, Func<Point, double?>)[] { (Grounds.Cube(3), Grounds.Bowl),
            (Grounds.Mixed, Grounds.Tuned) })
        {
            var proposals = new Game(Sampler, space, function, slots: slots).Play(Trials).Proposals;
            Assert.NotEmpty(proposals);
            foreach (var proposal in proposals)
            {
                Assert.Equal(space.Searched.Length, proposal.Position.Length);
                Assert.All(proposal.Position, u => Assert.InRange(u, 0, 1));
                Assert.Equal(space.Snap(proposal.Position.AsSpan()), proposal.Position);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Slots))]
    public void TheSameCalls_GiveTheSameProposals(int slots)
    {
        Game Play(ulong seed) => new Game(Sampler, Grounds.Mixed, Grounds.Tuned, seed, slots).Play(Trials);
        Assert.Equal(Play(5).Proposals.Select(Show), Play(5).Proposals.Select(Show));
    }

    [Fact]
    public void Campaign_HasOneRankingForAnyNumberOfWorkersAndAfterAResume() =>
        OneRanking.Holds(Sampler, Schedule, Math.Min(Trials, 30), epochs: 9);

    [Fact]
    public void AState_IsNotChangedByWhatComesAfter()
    {
        var game = new Game(Sampler, Grounds.Mixed, Grounds.Tuned).Play(40);
        var kept = game.State;
        game.Play(40);
        var first = game.Proposals.Skip(40).Select(Show).ToList();
        var again = new Game(Sampler, Grounds.Mixed, Grounds.Tuned) { State = kept };
        again.Proposals.AddRange(game.Proposals.Take(40));
        again.Values.AddRange(game.Values.Take(40));
        Assert.Equal(first, again.Play(40).Proposals.Skip(40).Select(Show));
    }

    [Theory]
    [MemberData(nameof(Slots))]
    public void Propose_TriesEveryPointOfAFiniteSpaceOnce(int slots)
    {
        // 3 values of a, and for each 4 of c with b on, or b off: 15 configurations.
        var game = new Game(Sampler, Grounds.Finite, point => point["a"].Number, slots: slots).Play(200);
        Assert.True(game.IsExhausted);
        Assert.Equal(15, game.Proposals.Count);
        Assert.Equal(15, game.Proposals.Select(proposal => Grounds.Finite.At(proposal.Position.AsSpan())).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Slots))]
    public void Propose_NeverRepeatsAPoint(int slots)
    {
        // The optimum is on a corner, where clipped steps would land again and again.
        var game = new Game(Sampler, Grounds.Cube(2), point => point.Values.Sum(x => x.Number), slots: slots).Play(Trials);
        Assert.Equal(game.Proposals.Count, game.Proposals.Select(proposal => string.Join(' ', proposal.Position)).Distinct().Count());
    }

    [Fact]
    public void Observe_SurvivesOutcomesWithoutValues()
    {
        var never = new Game(Sampler, Grounds.Mixed, _ => null, slots: 8).Play(Trials);
        Assert.True(never.IsExhausted || never.Proposals.Count == Trials);
        var sometimes = new Game(Sampler, Grounds.Mixed, point => point["rate"].Number > 0.01 ? null : Grounds.Tuned(point), slots: 8)
            .Play(Trials);
        Assert.True(sometimes.IsExhausted || double.IsFinite(sometimes.Best));
    }

    [Fact]
    public void Observe_WelcomesTrialsItNeverProposed()
    {
        var position = Grounds.Mixed.Snap([0.6, 0.9, 0.5, 0.7, 0.2]);
        var game = new Game(Sampler, Grounds.Mixed, Grounds.Tuned);
        game.State = game.State.Observe(new Observation(1_000, position, new Origin(OriginKind.Enqueued), 0.5, 1));
        game.Play(30);
        Assert.Equal(30, game.Proposals.Count); // of many more points: even a grid has hundreds here
        Assert.DoesNotContain(game.Proposals, proposal => proposal.Position.SequenceEqual(position));
    }

    [Fact]
    public void Propose_WorksWhereNothingIsSearched()
    {
        var game = new Game(Sampler, new Space([new Parameter("activation", new FixedScale("relu"))]), _ => 1).Play(3);
        Assert.Single(game.Proposals);
        Assert.True(game.IsExhausted);
    }

    private static string Show(Proposal proposal) =>
        $"{string.Join(' ', proposal.Position)} {proposal.Origin.Kind} {string.Join(' ', proposal.Origin.Around)} " +
        $"{proposal.Origin.Width} {proposal.Origin.Zoom} {proposal.Origin.Note} {proposal.Origin.Change} " +
        $"{string.Join(' ', proposal.Origin.Evidence)}";
}
