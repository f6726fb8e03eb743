using HyperSearch.Cluster.Joining;

namespace HyperSearch.Cluster.Execution;

/// <summary>A worker process that has joined a session.</summary>
/// <param name="hello">Its words.</param>
/// <param name="first">The number of its first worker.</param>
internal sealed class Member(Hello hello, int first)
{
    /// <summary>Its words when it joined.</summary>
    public Hello Hello => hello;

    /// <summary>The number of its first worker; the others follow.</summary>
    public int First => first;

    /// <summary>When it was last heard, since the session began.</summary>
    public TimeSpan Heard { get; set; }

    /// <summary>Whether it has been told that the campaign is over.</summary>
    public bool KnowsEnd { get; set; }
}
