using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>The changes that a command line makes to a search for one session.</summary>
internal static class SearchOverrides
{
    /// <summary>The search with the settings that the command line gives; the others stay.</summary>
    public static Search With(this Search search, int? trials, int? workers, TimeSpan? timeout, ulong? seed) => search with
    {
        Trials = trials ?? search.Trials,
        Workers = workers ?? search.Workers,
        Seed = seed ?? search.Seed,
        Limits = search.Limits with { Time = timeout ?? search.Limits.Time },
    };
}
