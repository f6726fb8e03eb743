using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The parts of a search that stand in the code of a program, which a search file can name and not say.</summary>
internal static class CodeParts
{
    /// <summary>The search with stand-ins for its own sampler, schedule and scales, so that it can be written.</summary>
    public static Search StandIns(Search search)
    {
        var scales = search.Space.Parameters.Select(parameter => ScaleInCode.Of(parameter.Scale)).ToArray();
        return search with
        {
            Sampler = SearchGrammar.Samplers.Knows(search.Sampler) || search.Sampler is IMethodInCode
                ? search.Sampler : new SamplerInCode(MethodNotation.WordsOf(search.Sampler)),
            Schedule = SearchGrammar.Schedules.Knows(search.GivenSchedule) || search.GivenSchedule is IMethodInCode
                ? search.GivenSchedule
                : new ScheduleInCode(
                    MethodNotation.WordsOf(search.Schedule), [.. search.Schedule.Initial(search.Objective.Epochs).Rungs]),
            Space = search.Space.Parameters.Zip(scales, (parameter, scale) => ReferenceEquals(parameter.Scale, scale)).All(same => same)
                ? search.Space
                : new Space(
                    search.Space.Parameters.Zip(scales, (parameter, scale) => parameter with { Scale = scale }), search.Space.Constraints),
        };
    }

    /// <summary>Whether only the program that wrote a search can run it, so that no command goes on with its campaign.</summary>
    public static bool NeedProgram(Search search) => search.Objective is DelegateDefinition || Refusal(search) is not null;

    /// <summary>Why nobody but one program can run a search that was read; <c>null</c> where everybody can.</summary>
    public static string? Refusal(Search search)
    {
        string[] parts =
        [
            .. search.Sampler is SamplerInCode sampler ? [$"the sampler {sampler.Name}"] : Array.Empty<string>(),
            .. search.Schedule is ScheduleInCode schedule ? [$"the schedule {schedule.Name}"] : Array.Empty<string>(),
            .. search.Space.Parameters.Where(parameter => parameter.Scale is ScaleInCode)
                .Select(parameter => $"the scale {parameter.Scale.Describe()} of \"{parameter.Name}\""),
        ];
        if (parts.Length == 0)
            return null;
        var list = string.Join(" and ", parts);
        return $"{char.ToUpperInvariant(list[0])}{list[1..]} of \"{search.Name}\" {(parts.Length == 1 ? "is" : "are")} in the code of a "
            + "program, so only that program can run it; every verb that reads a campaign works.";
    }
}
