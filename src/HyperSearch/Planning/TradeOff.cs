namespace HyperSearch.Planning;

/// <summary>The parts of a search that do not go together with several metrics.</summary>
internal static class TradeOff
{
    /// <summary>Everything that is wrong with a search that trades metrics off, and the way out; nothing for any other search.</summary>
    /// <param name="search">The search.</param>
    /// <param name="samplerName">Its sampler, as people know it.</param>
    public static IEnumerable<string> Problems(Search search, string samplerName)
    {
        if (search.Further.IsEmpty)
            yield break;
        if (search.Goals.DistinctBy(goal => goal.Metric).Count() < search.Goals.Length)
            yield return "each metric is traded off once; one of them stands twice.";
        if (!search.Sampler.TradesOff)
            yield return $"{samplerName} searches by one metric. With several take coarse_to_fine, gp, tpe, random, sobol or grid.";
        if (search.Schedule is not Schedules.FullSchedule)
            yield return "a schedule stops trials by one metric. "
                + "With several every trial runs in full: take the schedule away, or write none.";
        if (search.Confirm is not null)
            yield return "confirm ranks by the mean of one metric. With several, take confirm away; or search by one.";
    }
}
