using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>What share of the workers the slots of a search can feed, in words: said when that gets worse, not for each worker.</summary>
/// <param name="search">The search.</param>
internal sealed class SlotAdvice(Search search)
{
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
        var most = Math.Min(workers, level == 1 ? Fed(slots) : slots);
        var share = $"{Figures.Count(slots, "slot")} {(level == 1 ? "keep" : "give work to at most")} {most} of {workers} workers"
            + (level == 1 ? " busy" : "");
        return search.AutoSlots
            ? $"{share}: half of the {search.Trials} trials, so that the other half learns from them; more trials take more."
            : $"{share}; in a new campaign, slots: {SlotLaw.ToFeed(search, workers)} would feed all, or slots: auto. "
                + "Each decision then sees fewer outcomes.";
    }

    private int Fed(int slots)
    {
        var workers = 1;
        while (workers < slots && SlotLaw.ToFeed(search, workers + 1) <= slots)
            workers++;
        return workers;
    }
}
