using System.Text.RegularExpressions;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>What must hold of a search before anything of it runs; a search file's reader holds it too, a search made in code is checked here.</summary>
internal static partial class SearchChecks
{
    /// <summary>The most workers that one process may have: each is a thread, and a search of 1,024 slots is far beyond what a sampler can use.</summary>
    public const int MostWorkers = 1024;

    /// <summary>Refuses a search that cannot run, with everything that is wrong.</summary>
    /// <exception cref="ArgumentException">Something is.</exception>
    public static void ThrowIfWrong(Search search, int workers)
    {
        ArgumentNullException.ThrowIfNull(search);
        string?[] problems =
        [
            Least("Trials", search.Trials, 1),
            Least("Workers", workers, 1),
            workers <= MostWorkers ? null : FormattableString.Invariant($"Workers is at most {MostWorkers}, not {workers}; no more than Slots, here {search.Slots}, have work at a time"),
            Least("Slots", search.Slots, 1),
            Least("Epochs", search.Objective.Epochs, 1),
            Least("Limits.Retries", search.Limits.Retries, 0),
            Least("Limits.StopAfterFailures", search.Limits.StopAfterFailures, 0),
            Least("Confirm.Top", search.Confirm?.Top ?? 1, 1),
            Least("Confirm.Repeats", search.Confirm?.Repeats ?? 1, 1),
            search.Confirm is { AtMost: { } most } confirm ? Least("Confirm.AtMost (top x repeats, and more for close leaders)", most, confirm.Top * confirm.Repeats) : null,
            Positive("Limits.TrialTimeout", search.Limits.TrialTimeout),
            Positive("Limits.Time", search.Limits.Time),
            string.IsNullOrEmpty(search.Metric) ? "Metric needs a name" : null,
            .. TradeOff.Problems(search, search.Sampler.GetType().Name),
            search.Enqueued.IsDefault ? "Enqueued is a default array; use [] for none" : null,
            search.Space.Parameters.IsEmpty ? "the space has no parameters" : null,
            .. search.Space.Parameters.Where(parameter => !ParameterName().IsMatch(parameter.Name)).Select(parameter => $"\"{parameter.Name}\" cannot be a parameter's name: one begins with a letter and goes on with letters, digits, _, - or dots"),
        ];
        if (problems.Any(problem => problem is not null))
            throw new ArgumentException($"The search cannot run: {string.Join("; ", problems.OfType<string>())}.", nameof(search));
        ThrowIfItCannotBegin(search);
    }

    /// <summary>Lets the schedule and the sampler begin, so that options which do not fit the budget or the space are refused before anything is kept.</summary>
    private static void ThrowIfItCannotBegin(Search search)
    {
        try
        {
            new Planner(search, _ => 1, search.Trials).Initial();
        }
        catch (ArgumentException wrong)
        {
            throw new ArgumentException($"The search cannot run: {wrong.Message.Split(" (Parameter")[0]}", nameof(search), wrong);
        }
    }

    [GeneratedRegex($"^(?:{Parameter.NamePattern})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();

    private static string? Least(string name, int value, int least) => value >= least ? null : FormattableString.Invariant($"{name} is at least {least}, not {value}");

    private static string? Positive(string name, TimeSpan? value) => value is null || value > TimeSpan.Zero ? null : FormattableString.Invariant($"{name} is positive, not {value}");
}
