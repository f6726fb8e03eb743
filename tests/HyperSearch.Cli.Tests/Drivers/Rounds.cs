using System.Globalization;

namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>How many cases a driver runs: a few, or as many as an environment variable says; each case follows from its number alone, so
/// HYPERSEARCH_CASE runs one of them again.</summary>
internal static class Rounds
{
    /// <summary>The numbers of the cases to run.</summary>
    public static IEnumerable<int> Of(string variable, int few) =>
        Number("HYPERSEARCH_CASE") is { } only ? [only] : Enumerable.Range(0, Number(variable) ?? few);

    /// <summary>Notes a violation, and tells it at once: a driver may run for an hour.</summary>
    public static void Tell(List<string> violations, string violation)
    {
        violations.Add(violation);
        TestContext.Current.TestOutputHelper?.WriteLine(violation);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
