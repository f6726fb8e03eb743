using HyperSearch.Analysis;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Web.Following;

/// <summary>The trials near a trial, and a configuration near it that a person may run.</summary>
internal static class TrialNeighbours
{
    private const int Most = 8;

    /// <summary>The nearest trials as a document; <c>null</c> when the trial's configuration is not known.</summary>
    public static string? Of(CampaignSnapshot now, LiveStatus? live, int number)
    {
        if (PointOf(now, live, number) is not { } point)
            return null;
        var others = now.Trials.Where(trial => trial.Number != number);
        return JsonText.Of(json =>
        {
            json.WriteStartArray();
            foreach (var (trial, distance) in Neighbours.Nearest(now.Search.Space, others, point, Most))
            {
                json.WriteStartObject();
                json.WriteNumber("distance", (double?)distance);
                json.WriteTrial(trial, trial.RankValue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>A small move from a trial's configuration; <c>null</c> when that is not known.</summary>
    /// <param name="now">The campaign.</param>
    /// <param name="live">The jobs under way.</param>
    /// <param name="number">The trial's number.</param>
    /// <param name="move">Which move: the same number gives the same.</param>
    public static string? Move(CampaignSnapshot now, LiveStatus? live, int number, ulong move)
    {
        if (PointOf(now, live, number) is not { } point)
            return null;
        var random = RandomStream.For(now.Search.Seed, (ulong)number, (move << 8) + 'm');
        var (space, moved) = (now.Search.Space, Neighbours.Move(now.Search.Space, point, random));
        return JsonText.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("said", moved is null ? "No small move from here satisfies the constraints." : Said(space, point, moved));
            json.WriteStartObject("point");
            foreach (var parameter in space.Searched.Where(parameter => moved?.ContainsKey(parameter.Name) == true))
                json.WriteString(parameter.Name, SpaceText.Value(moved![parameter.Name]));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static string Said(Space space, Point from, Point to) => "A small move: " + string.Join(", ", space.Searched
        .Select(parameter => (parameter.Name, From: Of(from, parameter), To: Of(to, parameter)))
        .Where(entry => entry.From != entry.To)
        .Select(entry => $"{entry.Name} from {entry.From ?? "no part"} to {entry.To ?? "no part"}")) + ".";

    private static string? Of(Point point, Parameter parameter) =>
        point.TryGetValue(parameter.Name, out var value) ? Figures.Brief(value) : null;

    private static Point? PointOf(CampaignSnapshot now, LiveStatus? live, int number) =>
        now.Trials.FirstOrDefault(trial => trial.Number == number)?.Point
            ?? live?.Jobs.FirstOrDefault(job => job.Trial == number)?.Point;
}
