namespace HyperSearch.Planning;

/// <summary>How many slots keep a number of workers busy.</summary>
/// <remarks>
/// Each decision waits for the outcomes before it on the logical clock, so a worker idles when all slots wait for one late job. Twice as
/// many slots as workers keep up to 8 workers 96–99 % busy when the costs of jobs are known to ±30 %, and 64 workers 91 %; four times as
/// many keep those 98 % busy. Where costs are not known beforehand, four times as many are needed by a few workers too. More slots mean
/// that a decision sees fewer outcomes.
/// </remarks>
public static class SlotLaw
{
    /// <summary>The fewest slots that are chosen: 8.</summary>
    public const int Fewest = 8;

    /// <summary>The number of slots that keeps workers busy.</summary>
    /// <param name="search">The search: the built-in trainer's costs are known beforehand, those of commands and functions are not.</param>
    /// <param name="workers">How many workers; 0 where none has joined yet.</param>
    public static int ToFeed(Search search, int workers)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        var each = !search.Objective.IsBuiltInTrainer || workers > 32 ? 4 : workers > 8 ? 3 : 2;
        return Math.Max(Fewest, each * workers);
    }

    /// <summary>
    /// The number of slots of a search that lets them follow the workers: <see cref="ToFeed"/>, but at most half of the trials, so that
    /// the other half learns from them, and at least <see cref="Fewest"/>.
    /// </summary>
    /// <inheritdoc cref="ToFeed" path="/param"/>
    public static int Choose(Search search, int workers)
    {
        ArgumentNullException.ThrowIfNull(search);
        return Math.Max(Fewest, Math.Min(ToFeed(search, workers), search.Trials / 2));
    }

    /// <summary>The search as a campaign of so many workers begins with it; a search with a number of slots keeps it.</summary>
    /// <inheritdoc cref="ToFeed" path="/param"/>
    public static Search Begin(Search search, int workers)
    {
        ArgumentNullException.ThrowIfNull(search);
        return search.AutoSlots ? search with { Slots = Choose(search, workers) } : search;
    }
}
