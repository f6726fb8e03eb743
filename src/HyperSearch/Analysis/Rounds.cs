using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;

namespace HyperSearch.Analysis;

/// <summary>Divides a campaign into the rounds of its search, from the origin recorded with each trial.</summary>
public static class Rounds
{
    /// <summary>The rounds, in order; empty where no trial was proposed with a zoom: only <c>coarse_to_fine</c> has rounds, also where
    /// another sampler hands over to it.</summary>
    public static ImmutableArray<Round> Of(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var known = snapshot.Trials.ToDictionary(trial => trial.Number);
        var searched = snapshot.Search.Space.Dimensions;
        var rounds = ImmutableArray.CreateBuilder<Round>();
        var bests = new Dictionary<int, SeenTrial>(); // by rung; 0 for the end of a trial
        Trial? box = null;
        foreach (var trials in Stretches(snapshot.Trials))
        {
            var boxes = trials.Where(trial => trial.Origin.Low.Length == searched && trial.Origin.High.Length == searched && searched > 0)
                .ToArray();
            var round = Tell(snapshot, known, trials, rounds.Count == 0 ? null : rounds[^1], bests);
            Remember(bests, trials, snapshot.Search.Maximize);
            rounds.Add(boxes.Length == 0 ? round : round with { Box = RoundBox.Of(snapshot.Search.Space, known, boxes[^1], box) });
            box = boxes.LastOrDefault() ?? box;
        }

        return rounds.ToImmutable();
    }

    /// <summary>The round of a trial; <c>null</c> where there are no rounds.</summary>
    public static Round? Containing(IEnumerable<Round> rounds, int trial)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        return rounds.FirstOrDefault(round => round.Trials.Contains(trial));
    }

    /// <summary>Why a campaign has no rounds, in one sentence.</summary>
    public static string WhyNone(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        const string model = "after every outcome its model says anew where the next point promises most";
        if (snapshot.Search.Schedule.ComparesByModel)
            return Thawed(snapshot) + (snapshot.Search.ScheduleChoice is { } choice ? $" The schedule: {choice}." : "");
        if (snapshot.Search.Schedule is PbtSchedule)
            return Copied(snapshot.Trials.Count(trial => trial.Origin.Kind == OriginKind.Copy), snapshot.State);
        return snapshot.Search.Sampler switch
        {
            CoarseToFineSampler => "No trial that coarse_to_fine proposed has ended yet, so there are no rounds.",
            RandomSampler => "The sampler random has no rounds: it draws every point on its own, whatever the outcomes.",
            SobolSampler => "The sampler sobol has no rounds: its points are fixed beforehand, whatever the outcomes.",
            GridSampler => "The sampler grid has no rounds: its points are fixed beforehand, whatever the outcomes.",
            GpSampler => $"The sampler gp has no rounds: {model}.",
            MultiFidelityGpSampler => $"The sampler multi_fidelity_gp has no rounds: {model}.",
            TpeSampler => $"The sampler tpe has no rounds: {model}.",
            CmaEsSampler => $"The sampler cma_es has no rounds that are recorded: {model}.",
            _ => "This sampler has no rounds: no trial was proposed with a zoom.",
        };
    }

    private static string Copied(int copies, CampaignState state) => copies == 0
        ? "A population has steps instead of rounds, and no trial has taken the place of another"
            + (state == CampaignState.Finished ? "." : " yet.")
        : $"A population has steps instead of rounds: {Figures.Count(copies, "trial")} took the place of another one. What is known of a "
            + "trial (show) says why; explain tells them all.";

    /// <summary>How often a model chose a new trial and how often a paused one.</summary>
    private static string Thawed(CampaignSnapshot snapshot)
    {
        var jobs = snapshot.Trials.SelectMany(trial => trial.Jobs).Where(job => job.Origin.Decision is not null)
            .ToLookup(job => job.FromEpochs == 0);
        const string none = "A model of all results decides which trial is worth its next epochs, so there are no rounds";
        return jobs.Count == 0 ? $"{none}; it has not decided anything yet."
            : $"{none}: {Figures.Count(jobs[true].Count(), "trial")} started because nothing paused promised more, and "
                + $"{Figures.Count(jobs[false].Count(), "time")} a paused trial went on. What is known of a trial (show) says why.";
    }

    /// <summary>Consecutive trials of one zoom and one rung. What carries no zoom (given by the user, or a point taken for want of another)
    /// stays with the round under way; what a model proposed belongs to none.</summary>
    private static IEnumerable<IReadOnlyList<Trial>> Stretches(ImmutableArray<Trial> trials)
    {
        var stretch = new List<Trial>();
        Origin? last = null;
        foreach (var trial in trials.Where(trial => trial.Origin is not { Kind: OriginKind.Model, Zoom: null }))
        {
            if (trial.Origin.Zoom is not null)
            {
                if (last is not null && (last.Zoom, last.Rung) != (trial.Origin.Zoom, trial.Origin.Rung))
                {
                    yield return stretch;
                    stretch = [];
                }

                last = trial.Origin;
            }

            stretch.Add(trial);
        }

        if (last is not null)
            yield return stretch;
    }

    private static Round Tell(CampaignSnapshot snapshot, Dictionary<int, Trial> known, IReadOnlyList<Trial> trials, Round? before,
        Dictionary<int, SeenTrial> bests)
    {
        var first = trials.First(trial => trial.Origin.Zoom is not null);
        var (origin, rung) = (first.Origin, first.Origin.Rung);
        var cause = Cause(origin, before);
        int[] evidence = cause == RoundCause.Climb ? [.. FirstResults(snapshot, first, rung!.Value)] : [.. origin.Evidence];
        return new Round
        {
            Number = (before?.Number ?? 0) + 1,
            Trials = [.. trials.Select(trial => trial.Number)],
            Zoom = origin.Zoom!.Value,
            ZoomBefore = before?.Zoom,
            Rung = rung,
            Cause = cause,
            Why = Why(origin, before, cause),
            Evidence = [.. evidence.Where(known.ContainsKey).Select(number => SeenTrial.Of(known[number], rung))],
            BestBefore = bests.GetValueOrDefault(rung ?? 0),
            Best = Best(trials, rung, snapshot.Search.Maximize),
            Rules = trials.GroupBy(trial => trial.Origin.Kind).ToImmutableSortedDictionary(group => group.Key, group => group.Count()),
            Centres = [.. trials.Where(trial => trial.Origin.Kind == OriginKind.Hop).SelectMany(trial => trial.Origin.Around)
                .Where(known.ContainsKey).GroupBy(number => number)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                    .Select(group => (SeenTrial.Of(known[group.Key], rung), group.Count()))],
        };
    }

    private static RoundCause Cause(Origin origin, Round? before) => before is null ? RoundCause.Coarse
        : origin.Rung > before.Rung ? RoundCause.Climb
        : origin.Change is not { } change ? RoundCause.Unseen
        : change.Contains("; ", StringComparison.Ordinal) ? RoundCause.Several
        : origin.Evidence.Length == 1 ? RoundCause.NewBest
        : origin.Zoom < before.Zoom ? RoundCause.NoProgress : RoundCause.StartOver;

    private static string Why(Origin origin, Round? before, RoundCause cause)
    {
        if (before is null)
            return "The coarse stage: points spread over the whole space, before there is anything to look closer at.";
        if (cause == RoundCause.Climb)
            return $"At least {SamplingState.Enough} trials have a result after {Figures.Count(origin.Rung ?? 0, "epoch")}: from here on "
                + $"the search learns from those instead of results after {before.Rung}.";
        var change = origin.Change ?? FormattableString.Invariant($"zoom {before.Zoom:0.###} to {origin.Zoom:0.###}");
        return char.ToUpperInvariant(change[0]) + change[1..] + ".";
    }

    /// <summary>The trials whose results made a rung count.</summary>
    private static IEnumerable<int> FirstResults(CampaignSnapshot snapshot, Trial first, int rung) => snapshot.Trials
        .Where(trial => trial.Number < first.Number).SelectMany(trial => trial.Jobs)
            .Where(job => job.ToEpochs == rung && job.Value is not null)
        .OrderBy(job => job.Job).Take(SamplingState.Enough).Select(job => job.Trial);

    private static SeenTrial? Best(IEnumerable<Trial> trials, int? rung, bool maximize) => trials
        .Where(trial => rung is null || trial.Jobs.Any(job => job.ToEpochs == rung))
        .Select(trial => SeenTrial.Of(trial, rung)).Where(seen => seen.Value is { } value && double.IsFinite(value))
        .MinBy(seen => RankPlace.CostOf(seen.Value, maximize));

    private static void Remember(Dictionary<int, SeenTrial> bests, IReadOnlyList<Trial> trials, bool maximize)
    {
        foreach (var rung in trials.SelectMany(trial => trial.Jobs).Select(job => job.ToEpochs).Distinct().Append(0))
        {
            if (Best(trials, rung == 0 ? null : rung, maximize) is { } best && (!bests.TryGetValue(rung, out var known)
                || RankPlace.CostOf(best.Value, maximize) < RankPlace.CostOf(known.Value, maximize)))
                bests[rung] = best;
        }
    }
}
