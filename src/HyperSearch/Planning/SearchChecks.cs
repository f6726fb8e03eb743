using System.Text.RegularExpressions;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The laws that show only when the fields of a search are seen together; each field's own law is in its <c>init</c>.</summary>
internal static partial class SearchChecks
{
    /// <summary>
    /// The most workers that one process may have: each is a thread, and a search of 1,024 slots is far beyond what a sampler can use.
    /// </summary>
    public const int MostWorkers = 1024;

    /// <summary>Refuses a search that cannot run, with everything that is wrong.</summary>
    /// <exception cref="ArgumentException">Fields contradict each other.</exception>
    public static void ThrowIfWrong(Search search, int workers)
    {
        ArgumentNullException.ThrowIfNull(search);
        string?[] problems =
        [
            workers >= 1 ? null : FormattableString.Invariant($"Workers is at least 1, not {workers}."),
            workers <= MostWorkers
                ? null
                : FormattableString.Invariant(
                    $"Workers is at most {MostWorkers}, not {workers}; no more than Slots, here {search.Slots}, have work at a time."),
            search.Confirm?.Contradiction,
            .. TradeOff.Problems(search, search.Sampler.GetType().Name),
            .. PbtLaw.Problems(search),
            search.Prior && !search.Objective.IsBuiltInTrainer
                ? "Prior is what is known of the built-in trainer, and the objective is another: leave it false." : null,
            search.Prior && !search.Further.IsEmpty
                ? "Prior is what did well by one metric, and the search trades several off: leave it false." : null,
            .. EnqueueLaw.Problems(search),
            search.Space.Parameters.IsEmpty ? "The space has no parameters." : null,
            .. search.Space.Parameters.Where(parameter => !ParameterName().IsMatch(parameter.Name)).Select(parameter =>
                $"\"{parameter.Name}\" cannot be a parameter's name: "
                + "one begins with a letter and goes on with letters, digits, _, - or dots."),
        ];
        if (problems.Any(problem => problem is not null))
            throw new ArgumentException($"The search cannot run: {string.Join(" ", problems.OfType<string>())}", nameof(search));
        ThrowIfItCannotBegin(search);
    }

    /// <summary>
    /// Lets the schedule and the sampler begin, so that options which do not fit the budget or the space are refused before anything is
    /// kept.
    /// </summary>
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
}
