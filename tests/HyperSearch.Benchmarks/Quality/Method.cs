using HyperSearch.Hosting.Searches;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>A sampler with a schedule, on so many logical slots.</summary>
internal sealed record Method(string Name, ISampler Sampler, ISchedule Schedule, int Slots)
{
    /// <summary>Whether the schedule decides by what happens between its rungs.</summary>
    public bool NeedsCurves => Schedule is MedianSchedule;

    /// <summary>Reads names as the search file has them, options in braces: <c>coarse_to_fine{"patience":6}</c>.</summary>
    public static Method Parse(string sampler, string schedule, int slots)
    {
        const string Rest = "name: m\nobjective: {command: [none], epochs: 9}\nminimize: loss\nspace: {x: {uniform: [0, 1]}}\n";
        var methods = $"method: {{sampler: {Notation(sampler)}}}\nschedule: {Notation(schedule)}\n";
        var search = SearchFile.Parse(Rest + methods, "method", ".");
        return new Method($"{schedule}, {sampler}, {slots} slots", search.Sampler, search.Schedule, slots);
    }

    private static string Notation(string text)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        return brace < 0 ? text : $"{{{text[..brace]}: {text[brace..]}}}";
    }
}
