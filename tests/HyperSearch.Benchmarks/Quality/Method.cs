using System.Globalization;
using HyperSearch.Hosting.Searches;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>A sampler with a schedule, on so many logical slots, by an edition of the samplers' laws.</summary>
internal sealed record Method(string Sampled, ISampler Sampler, string Scheduled, ISchedule Schedule, int Slots, int Edition)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Scheduled}, {Sampled}, {Slots} slots");

    /// <summary>Whether the schedule decides by what happens between its rungs.</summary>
    public bool NeedsCurves => Schedule is MedianSchedule;

    /// <summary>
    /// Reads names as the search file has them, options in braces: <c>coarse_to_fine{"patience":6}</c>. <c>gp@1</c> is gp by the first
    /// edition of its law.
    /// </summary>
    public static Method Parse(string sampler, string schedule, int slots)
    {
        const string Rest = "name: m\nobjective: {command: [none], epochs: 9}\nminimize: loss\nspace: {x: {uniform: [0, 1]}}\n";
        var at = sampler.LastIndexOf('@');
        var edition = at < 0 ? LawEdition.Newest : int.Parse(sampler.AsSpan(at + 1), CultureInfo.InvariantCulture);
        var methods = $"method: {{sampler: {Notation(at < 0 ? sampler : sampler[..at])}}}\nschedule: {Notation(schedule)}\n";
        var search = SearchFile.Parse(Rest + methods, "method", ".");
        return new Method(sampler, search.Sampler, schedule, search.Schedule, slots, edition);
    }

    private static string Notation(string text)
    {
        var brace = text.IndexOf('{', StringComparison.Ordinal);
        return brace < 0 ? text : $"{{{text[..brace]}: {text[brace..]}}}";
    }
}
