using System.Text.Json;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>A sampler with a schedule, on so many logical slots.</summary>
internal sealed record Method(string Name, ISampler Sampler, ISchedule Schedule, int Slots)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow
    };

    /// <summary>Whether the schedule decides by what happens between its rungs.</summary>
    public bool NeedsCurves => Schedule is MedianSchedule;

    /// <summary>Reads names as the search file has them, options in braces: <c>coarse_to_fine{"patience":6}</c>.</summary>
    public static Method Parse(string sampler, string schedule, int slots) =>
        new($"{schedule}, {sampler}, {slots} slots", Read<ISampler>(sampler), Read<ISchedule>(schedule), slots);

    private static T Read<T>(string text)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        var (name, options) = brace < 0 ? (text, "}") : (text[..brace], "," + text[(brace + 1)..]);
        return JsonSerializer.Deserialize<T>($$"""{"kind":"{{name}}"{{options}}""", Options)!;
    }
}
