using HyperSearch.Planning;

namespace HyperSearch.SampleHost;

/// <summary>Ask and tell: who owns the loop asks for a configuration and tells its value.</summary>
public static class OwnLoop
{
    /// <summary>Runs until the search has ended.</summary>
    /// <returns>The best trial.</returns>
    public static Trial Run()
    {
        var search = new AskAndTell(Valley.Space, new SearchOptions { Trials = 30, Slots = 1 });
        while (search.Ask() is { } job)
            search.Tell(job, Valley.HeightOf(job.Point));
        return search.Ranking[0];
    }
}
