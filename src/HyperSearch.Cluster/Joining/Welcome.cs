using HyperSearch.Cluster.Files;

namespace HyperSearch.Cluster.Joining;

/// <summary>The host's answer to a <see cref="Hello"/>.</summary>
/// <param name="Kind">Whether the worker is taken.</param>
/// <param name="Reason">Why it is not, in one sentence that says what to do; empty when it is.</param>
/// <param name="Campaign">The campaign's name.</param>
/// <param name="Identity">What tells the campaign from every other one: a worker that had jobs of it may go on.</param>
/// <param name="SearchText">The search in force, as a search file.</param>
/// <param name="SearchFolder">The folder at the host that relative paths of the search start from.</param>
/// <param name="DataFingerprint">The hash of the data; <c>null</c> where the objective has none of ours.</param>
/// <param name="First">The number of its first worker.</param>
/// <param name="Beat">How often it speaks at least.</param>
/// <param name="Inputs">The files that its objective reads.</param>
/// <param name="Bundle">The files that its command ships; <c>null</c> when it ships none.</param>
/// <param name="Shared">The folder that it shares with its workers; <c>null</c> when it shares none.</param>
/// <param name="Named">The files that the arguments of its command name: <see cref="CommandPlace.FilesOf"/>.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Welcome")]
internal sealed record Welcome(
    [property: Id(0)] WelcomeKind Kind,
    [property: Id(1)] string Reason,
    [property: Id(2)] string Campaign,
    [property: Id(3)] string Identity,
    [property: Id(4)] string SearchText,
    [property: Id(5)] string SearchFolder,
    [property: Id(6)] string? DataFingerprint,
    [property: Id(7)] int First,
    [property: Id(8)] TimeSpan Beat,
    [property: Id(9)] InputFile[] Inputs,
    [property: Id(10)] Manifest? Bundle,
    [property: Id(12)] SharedOffer? Shared,
    [property: Id(11)] FileEntry[] Named)
{
    /// <summary>The name of the host's session; empty where there is none.</summary>
    [Id(13)]
    public string Session { get; init; } = "";

    /// <summary>The worker may come again: there is no campaign to work for at this moment.</summary>
    public static Welcome Later(WelcomeKind kind) => new(kind, "", "", "", "", "", null, 0, TimeSpan.Zero, [], null, null, []);

    /// <summary>The worker is not taken.</summary>
    /// <param name="reason">The reason, in one sentence that says what to do.</param>
    /// <param name="session">The name of the session that does not take it.</param>
    public static Welcome Refused(string reason, string session = "") =>
        Later(WelcomeKind.Refused) with { Reason = reason, Session = session };
}

/// <summary>Whether a worker is taken.</summary>
internal enum WelcomeKind
{
    /// <summary>It is.</summary>
    Joined,

    /// <summary>It is not, and coming again would not help.</summary>
    Refused,

    /// <summary>The campaign is not open yet.</summary>
    NotYet,

    /// <summary>The campaign needs no workers any more.</summary>
    Over,
}
