using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Analysis;

public sealed class RoundsTests
{
    private static readonly CampaignSnapshot Played = Play(PlannerRun.Search(new CoarseToFineSampler(), trials: 150, slots: 4));

    [Fact]
    public void Of_DividesTheTrialsWhereTheZoomChanges()
    {
        var rounds = Rounds.Of(Played);
        Assert.Equal(Enumerable.Range(0, 150), rounds.SelectMany(round => round.Trials));
        Assert.Equal(Enumerable.Range(1, rounds.Length), rounds.Select(round => round.Number));
        Assert.All(rounds, round => Assert.All(round.Trials, trial => Assert.Equal(round.Zoom, Played.Trials[trial].Origin.Zoom)));
        Assert.All(rounds.Zip(rounds.Skip(1)), pair => Assert.NotEqual(pair.First.Zoom, pair.Second.Zoom));
        Assert.Equal((RoundCause.Coarse, true), (rounds[0].Cause, rounds[0].Evidence.IsEmpty));
        Assert.Equal(rounds[3], Rounds.Containing(rounds, rounds[3].Trials[^1]));
    }

    [Fact]
    public void Of_LeavesOutWhatAModelProposed()
    {
        var played = Play(PlannerRun.Search(new GpSampler { Candidates = 8 }, trials: 20, slots: 1));
        Assert.Equal(Enumerable.Range(0, 8), Assert.Single(Rounds.Of(played)).Trials);
        Assert.All(played.Trials.Skip(8), trial => Assert.Equal(OriginKind.Model, trial.Origin.Kind));
    }

    [Fact]
    public void Evidence_IsTheTrialsThatChangedTheZoom()
    {
        var rounds = Rounds.Of(Played);
        foreach (var round in rounds.Where(round => round.Cause == RoundCause.NewBest))
        {
            var earlier = Played.Trials.Take(round.Evidence[0].Trial).Min(trial => trial.Value);
            Assert.True(Assert.Single(round.Evidence).Value < earlier,
                $"Trial {round.Evidence[0].Trial} was not the best before round {round.Number}.");
            Assert.True(round.Zoom > round.ZoomBefore);
        }

        foreach (var round in rounds.Where(round => round.Cause == RoundCause.NoProgress))
        {
            Assert.Equal(8, round.Evidence.Length);
            Assert.All(round.Evidence, hop =>
                Assert.Equal((OriginKind.Hop, true), (hop.Kind, hop.Value >= Played.Trials.Take(hop.Trial).Min(trial => trial.Value))));
            Assert.True(round.Zoom < round.ZoomBefore);
        }

        Assert.Contains(rounds, round => round.Cause == RoundCause.NewBest);
        Assert.Contains(rounds, round => round.Cause == RoundCause.NoProgress);
    }

    [Fact]
    public void Box_NamesWhatMovedItAndWhoHoldsItsEnds()
    {
        var boxes = Rounds.Of(Played).Select(round => round.Box).OfType<RoundBox>().ToArray();
        Assert.Null(boxes[0].TrialBefore);
        Assert.Contains(boxes, box => !box.Entered.IsEmpty);
        foreach (var (before, box) in boxes.Zip(boxes.Skip(1)))
        {
            Assert.Equal(before.Trial, box.TrialBefore);
            Assert.Equal(Played.Trials[box.Trial].Origin.Around, box.Around.Select(seen => seen.Trial));
            Assert.Equal(box.Around.Select(seen => seen.Trial).Order(), before.Around.Except(box.Left).Concat(box.Entered)
                .Select(seen => seen.Trial).Order());
            foreach (var side in box.Sides)
            {
                var values = box.Around.Select(seen => Played.Trials[seen.Trial].Point[side.Parameter].Number).ToArray();
                Assert.Equal((values.Min(), values.Max()), (Played.Trials[side.LowTrial!.Value].Point[side.Parameter].Number,
                    Played.Trials[side.HighTrial!.Value].Point[side.Parameter].Number));
                Assert.InRange(values.Min(), side.Low.Number, side.High.Number);
                Assert.True(side is { Moved: 0 } && side.Width == side.WidthBefore
                    || !box.Entered.IsEmpty, $"{side.Parameter} of trial {box.Trial} changed for no reason.");
            }
        }
    }

    [Fact]
    public void Of_WithRungsClimbsToTheHighestWithEnoughResults()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), trials: 120,
            slots: 4) with
        { Objective = new DelegateDefinition { Epochs = 16 }, Schedule = new AshaSchedule() };
        var campaign = Play(search);
        var rounds = Rounds.Of(campaign);
        var climb = rounds.First(round => round.Cause == RoundCause.Climb);
        Assert.Equal((4, SamplingState.Enough), (climb.Rung, climb.Evidence.Length));
        Assert.All(climb.Evidence, seen =>
            Assert.Contains(campaign.Trials[seen.Trial].Jobs, job => job.ToEpochs == 4 && job.Value == seen.Value));
        Assert.StartsWith("At least 4 trials have a result after 4 epochs", climb.Why, StringComparison.Ordinal);
        var explanation = Explanation.Of(campaign, climb.Trials[0]);
        Assert.Equal(climb.Number, explanation.Round);
        Assert.Equal([1, 4, 16], explanation.Rungs.Select(rung => rung.Epochs));
        var promoted = campaign.Trials.First(trial => trial.Jobs.Length == 3);
        Assert.Equal([RungStatus.Promoted, RungStatus.Promoted, RungStatus.Finished], RungStanding.Climb(campaign, promoted)
            .Select(rung => rung.Status));
        Assert.All(RungStanding.Climb(campaign, promoted), rung => Assert.InRange(rung.Place!.Value, 1, rung.Of));
    }

    [Fact]
    public void Explanation_SaysWhyAModelStartedATrialAndLetItGoOn()
    {
        var campaign = Play(PlannerRun.Search(new CoarseToFineSampler(), trials: 40, slots: 2) with
        {
            Objective = new DelegateDefinition { Epochs = 27 },
            Schedule = new FreezeThawSchedule { Guard = 1 },
        });
        var started = campaign.Trials.Last(trial => trial.Origin.Decision is not null);
        var decided = $"It was started because {started.Origin.Decision}.";
        Assert.Contains(decided, Explanation.Of(campaign, started.Number).Sentences);
        Assert.Matches(@"because a new trial was the best use of the slot, by the expected improvement over the square root of the epochs "
            + @"still missing: [\dE.-]+ in 27 epochs; then trial \d+ with [\dE.-]+ in (18|24)", decided);
        var thawed = campaign.Trials.First(trial => trial.Jobs.Length > 1 && trial.Jobs[1].Origin.Decision is not null);
        Assert.Contains(Explanation.Of(campaign, thawed.Number).Sentences, sentence =>
            sentence.StartsWith("After 3 epochs it went on because it was the best use of the slot", StringComparison.Ordinal));
        Assert.Matches(@"no rounds: \d+ trials started because nothing paused promised more, and \d+ times a paused trial went on",
            Rounds.WhyNone(campaign));
        Assert.DoesNotContain("auto chose", Rounds.WhyNone(campaign), StringComparison.Ordinal);
        var auto = campaign with { Search = campaign.Search with { Schedule = new AutoSchedule() } };
        Assert.EndsWith(" The schedule: auto chose freeze_thaw: one metric tells after 3 or 9 of 27 epochs which trials are worth going on "
            + "with.", Rounds.WhyNone(auto), StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNone_SaysSoOfEverySamplerWithoutRounds()
    {
        foreach (var sampler in new ISampler[] { new RandomSampler(), new SobolSampler(), new TpeSampler() })
        {
            var campaign = Play(PlannerRun.Search(sampler, trials: 12));
            Assert.Empty(Rounds.Of(campaign));
            Assert.Contains(" has no rounds: ", Rounds.WhyNone(campaign), StringComparison.Ordinal);
            Assert.Null(Explanation.Of(campaign, 3).Round);
        }
    }

    [Fact]
    public void WhyNone_TellsOfTheStepsOfAPopulation()
    {
        var search = PlannerRun.Search(new RandomSampler(), trials: 30) with
        {
            Objective = new TestObjective { Epochs = 9 },
            Schedule = new PbtSchedule { Population = 8, StepEpochs = 3 },
        };
        var campaign = Play(search);
        var copies = PopulationStep.Of(campaign).Sum(step => step.Copies.Length);
        Assert.InRange(copies, 4, 22);
        Assert.StartsWith($"A population has steps instead of rounds: {copies} trials took the place of another one.",
            Rounds.WhyNone(campaign), StringComparison.Ordinal);
    }

    /// <summary>Two populations with one comparison each: the same epochs come again, and are another step.</summary>
    [Fact]
    public void PopulationStep_TellsPopulationsApartAndEachCopyInWords()
    {
        var search = PlannerRun.Search(new RandomSampler(), trials: 20) with
        {
            Objective = new TestObjective { Epochs = 6 },
            Schedule = new PbtSchedule { Population = 8, StepEpochs = 3 },
        };
        var steps = PopulationStep.Of(Play(search));
        Assert.Equal([3, 3], steps.Select(step => step.Epochs));
        Assert.Equal([2, 2], steps.Select(step => step.Copies.Length));
        Assert.Equal([1, 2], steps.Select(step => step.Population));
        var copy = steps[0].Copies[0];
        Assert.StartsWith($"Trial {copy.Trial} took the place of trial {copy.Instead.Trial} (", copy.Sentence, StringComparison.Ordinal);
        Assert.Contains($") and went on from the checkpoint of trial {copy.Parent.Trial} (", copy.Sentence, StringComparison.Ordinal);
        Assert.StartsWith($"after 3 epochs trial {copy.Instead.Trial} had place 8 of 8 and trial {copy.Parent.Trial} had place 1", copy.Why,
            StringComparison.Ordinal);
    }

    private static CampaignSnapshot Play(Search search) =>
        Synthetic.Of(search.Space, Trial.Fold(PlannerRun.Outcomes(search), search.Objective.Epochs)) with { Search = search };
}
