using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Execution;

/// <summary>What share of the workers the slots of a search can feed, in words: said when that gets worse, not for each worker.</summary>
/// <param name="search">The search.</param>
/// <param name="workPerEpoch">The planned work of one epoch of a configuration, for a forecast; <c>null</c> for none.</param>
internal sealed class SlotAdvice(Search search, Func<Point, double>? workPerEpoch = null)
{
    /// <summary>A smaller gain of the busy share is none: the forecast is no more exact than that.</summary>
    private const double WorthSaying = 0.05;

    private int _told;

    /// <summary>What to expect of a campaign that waits for workers; <c>null</c> where the slots follow them.</summary>
    public string? Expectation() => search.AutoSlots ? null
        : $"Its {Figures.Count(search.Slots, "slot")} keep {Figures.Count(Fed(search.Slots), "worker")} busy"
            + (Fed(search.Slots) < search.Slots ? $" and give work to {search.Slots} at most" : "")
            + "; in a new campaign, slots: auto takes more as workers join.";

    /// <summary>What there is to say of so many workers; <c>null</c> while the slots feed them, or that was said.</summary>
    public string? Of(int slots, int workers)
    {
        var level = workers <= Fed(slots) || 2 * workers <= slots ? 0
            : workers <= slots ? 1
            : 1 + (int)Math.Ceiling(Math.Log2((double)workers / slots)); // each time that the share has halved
        if (level <= _told)
            return null;
        _told = level;
        var better = search.AutoSlots ? slots : SlotLaw.ToFeed(search, workers);
        var (now, then) = (Busy(slots, workers), Busy(better, workers));
        if (!search.AutoSlots && then < now + WorthSaying)
            return null; // the trials are too few for so many workers, and slots change nothing about that
        var most = Math.Min(workers, level == 1 ? Fed(slots) : slots);
        var verb = level == 1 ? "keep" : slots == 1 ? "gives work to at most" : "give work to at most";
        var share = $"{Figures.Count(slots, "slot")} {verb} {most} of {workers} workers"
            + (level == 1 ? " busy" : "") + (now is { } busy ? $", all of them about {Percent(busy)} of the time" : "");
        return search.AutoSlots
            ? $"{share}: half of the {search.Trials} trials, so that the other half learns from them; more trials take more."
            : $"{share}; in a new campaign, slots: {better} would feed all{(then is { } more ? $", {Percent(more)} of the time" : "")}, "
                + "or slots: auto. Each decision then sees fewer outcomes.";
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share:0 %}");

    /// <summary>The share of the time that so many slots keep workers busy; <c>null</c> where no forecast is asked for.</summary>
    private double? Busy(int slots, int workers) =>
        workPerEpoch is null ? null : BusyForecast.Share(search with { Slots = slots }, workPerEpoch, workers);

    private int Fed(int slots)
    {
        var workers = 1;
        while (workers < slots && SlotLaw.ToFeed(search, workers + 1) <= slots)
            workers++;
        return workers;
    }
}
