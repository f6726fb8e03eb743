using System.Collections.Immutable;
using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>
/// What is known of the built-in trainer before any trial: configurations that did well together on other tables, which a search runs
/// first where it asks for them.
/// </summary>
/// <remarks>
/// <para><c>trainer-prior.json</c> is what <c>tests/HyperSearch.Benchmarks -- prior</c> made, the most useful configuration first. A
/// campaign takes them when it begins and keeps them, so a later version with other ones does not change it.</para>
/// <para>A number outside its range here moves to the nearer end; a configuration with a word that the space does not have is left out.
/// What the prior does not know is drawn at random.</para>
/// </remarks>
internal static class TrainerPrior
{
    /// <summary>At most one trial in so many goes to the prior.</summary>
    public const int OneIn = 4;

    /// <summary>At most so many configurations run first.</summary>
    public const int Most = 8;

    private static readonly Lazy<ImmutableArray<Point>> Known = new(Read);

    /// <summary>The configurations, the most useful first.</summary>
    public static ImmutableArray<Point> Points => Known.Value;

    /// <summary>The search with the configurations that fit it behind those of earlier campaigns; unchanged where it does not ask for
    /// them.</summary>
    /// <param name="search">The search, as a campaign begins.</param>
    /// <returns>The search, and a sentence for people; <c>null</c> where nothing was asked for.</returns>
    public static (Search Search, string? Remark) Begin(Search search)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (!search.Prior)
            return (search, null);
        var mapping = new SpaceMapping(search.Space, search.Seed) { MovesIntoRanges = true };
        var most = Math.Clamp(search.Trials / OneIn, 1, Most);
        var trials = Points.Select((point, place) => (Point: mapping.Map(point, place + 1), Number: place + 1))
            .Where(one => one.Point is not null).Take(most)
            .Select(one => new EarlierTrial(one.Number, one.Point!)
            {
                Source = $"configuration {one.Number} of the trainer's prior, which did well on other tables",
            }).ToImmutableArray();
        if (trials.IsEmpty)
            return (search, "The trainer's prior has no configuration in this space, so nothing of it runs first.");
        var earlier = search.Earlier is { } before
            ? before with { Trials = before.Trials.AddRange(trials) } : new EarlierTrials("the trainer's prior", trials, []);
        return (search with { Earlier = earlier },
            $"From the trainer's prior: {Figures.Count(trials.Length, "configuration")} that did well together on other tables "
            + $"{(trials.Length == 1 ? "runs" : "run")} first.");
    }

    private static ImmutableArray<Point> Read()
    {
        using var stream = typeof(TrainerPrior).Assembly.GetManifestResourceStream("trainer-prior.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(point => new Point(point.EnumerateObject().Select(value =>
            KeyValuePair.Create(value.Name, value.Value.ValueKind == JsonValueKind.String
                ? new ParameterValue(value.Value.GetString()!) : new ParameterValue(value.Value.GetDouble())))))];
    }
}
