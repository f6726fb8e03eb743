using System.Text;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches;

/// <summary>Writes a search that was made in code as a search file, so that whatever reads campaigns reads its campaign too.</summary>
internal static class SearchText
{
    /// <summary>The text, which <see cref="SearchFile"/> reads back to the same search.</summary>
    /// <param name="search">The search.</param>
    /// <param name="program">The program whose function evaluates trials.</param>
    public static string Of(Search search, string program)
    {
        var text = new StringBuilder();
        text.Append("# Written by the program ").Append(program).Append(": trials are evaluated by a function in it, and only it can go on with this campaign.\n");
        text.Append("objective: {code: ").Append(Quoted(program)).Append(", epochs: ").Append(NumberText.Of(search.Objective.Epochs)).Append("}\n");
        text.Append(Goals(search)).Append('\n');
        text.Append("space:\n");
        foreach (var parameter in search.Space.Parameters)
            text.Append("  ").Append(parameter.Name).Append(": ").Append(ScaleOf(parameter)).Append('\n');
        if (!search.Space.Constraints.IsEmpty)
            text.Append("constraints: [").AppendJoin(", ", search.Space.Constraints.Select(constraint => Quoted(constraint.Text))).Append("]\n");
        text.Append("method: {").AppendJoin(", ", Method(search)).Append("}\n");
        text.Append("schedule: ").Append(Method(SearchGrammar.Schedules.Describe(search.Schedule))).Append('\n');
        if (search.Confirm is { } confirm)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"confirm: {{top: {confirm.Top}, repeats: {confirm.Repeats}, at_most: {confirm.Runs}}}\n");
        text.Append("limits: {").AppendJoin(", ", Limits(search.Limits)).Append("}\n");
        if (!search.Enqueued.IsEmpty)
            text.Append("enqueue:\n");
        foreach (var point in search.Enqueued)
            text.Append("- {").AppendJoin(", ", point.Select(pair => $"{pair.Key}: {Value(pair.Value)}")).Append("}\n");
        return text.ToString();
    }

    /// <summary>A value, so that it is read back as the number, the word or the truth value that it is.</summary>
    private static string Value(ParameterValue value) => SpaceText.Value(value);

    private static string ScaleOf(Parameter parameter) =>
        SpaceText.Of(parameter) ?? throw new NotSupportedException($"A search file has no scale {parameter.Scale.GetType().Name}.");

    private static string Goals(Search search)
    {
        var sections = search.Goals.GroupBy(goal => goal.Maximize ? "maximize" : "minimize").Select(group => (group.Key, Names: group.Select(goal => Quoted(goal.Metric)).ToArray())).ToArray();
        return sections.Length == 1
            ? $"{sections[0].Key}: {(sections[0].Names is [var single] ? single : $"[{string.Join(", ", sections[0].Names)}]")}"
            : $"tradeoff: {{{string.Join(", ", sections.Select(section => $"{section.Key}: [{string.Join(", ", section.Names)}]"))}}}";
    }

    private static string[] Method(Search search) =>
    [
        $"sampler: {Method(SearchGrammar.Samplers.Describe(search.Sampler))}",
        $"trials: {NumberText.Of(search.Trials)}",
        FormattableString.Invariant($"seed: {search.Seed}"),
        search.Workers is { } workers ? $"workers: {NumberText.Of(workers)}" : "workers: auto",
        $"slots: {NumberText.Of(search.Slots)}",
    ];

    /// <summary>A name with its options, <c>asha {factor: 4}</c>, as a file has it: <c>{asha: {factor: 4}}</c>.</summary>
    private static string Method(string described) =>
        described.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? $"{{{described[..end]}: {described[(end + 1)..]}}}" : described;

    private static IEnumerable<string> Limits(Limits limits)
    {
        yield return $"retries: {NumberText.Of(limits.Retries)}";
        yield return $"stop_after_failures: {NumberText.Of(limits.StopAfterFailures)}";
        if (limits.TrialTimeout is { } timeout)
            yield return $"trial_timeout: {Duration(timeout)}";
        if (limits.Time is { } time)
            yield return $"time: {Duration(time)}";
        if (limits.Target is { } target)
            yield return $"target: {NumberText.Of(target)}";
        if (limits.Patience is { } patience)
            yield return $"patience: {NumberText.Of(patience)}";
        if (limits.Epochs is { } epochs)
            yield return $"epochs: {NumberText.Of(epochs)}";
    }

    private static string Duration(TimeSpan time) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.####}ms");

    private static string Quoted(string text) => SpaceText.Quoted(text);
}
