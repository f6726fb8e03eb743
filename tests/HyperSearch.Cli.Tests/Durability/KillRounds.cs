using System.Globalization;

namespace HyperSearch.Cli.Tests.Durability;

/// <summary>How often the drivers of this folder kill.</summary>
internal static class KillRounds
{
    /// <summary>The share of each kind of campaign in HYPERSEARCH_KILL_ROUNDS; <c>null</c> where that is not set, as in CI.</summary>
    public static int? Each { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("HYPERSEARCH_KILL_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var rounds) ? (rounds / TortureKind.All.Count) + 1 : null;
}
