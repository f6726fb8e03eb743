using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches;

/// <summary>Writes a parameter as a search file has it: <c>{log: [0.0001, 1], default: 0.01, when: {optimizer: ["adam"]}}</c>.</summary>
internal static class ScaleText
{
    /// <summary>The value of the parameter's key.</summary>
    /// <exception cref="NotSupportedException">The scale is one of the user's own.</exception>
    public static string Of(Parameter parameter)
    {
        if (parameter is { Scale: FixedScale alone, When.IsEmpty: true })
            return SearchText.Value(alone.Value);
        var parts = Scale(parameter.Scale);
        if (parameter.Default is { } value)
            parts = parts.Append($"default: {SearchText.Value(value)}");
        if (!parameter.When.IsEmpty)
            parts = parts.Append($"when: {{{string.Join(", ", parameter.When.Select(condition => $"{condition.Parameter}: [{string.Join(", ", condition.Accepted.Select(SearchText.Value))}]"))}}}");
        return $"{{{string.Join(", ", parts)}}}";
    }

    private static IEnumerable<string> Scale(Scale scale) => scale switch
    {
        UniformScale uniform => [Range("uniform", uniform.Low, uniform.High), .. Option("step", uniform.Step)],
        LogScale log => [Range("log", log.Low, log.High), .. Option("step", log.Step), .. Option("factor", log.Factor)],
        OneMinusLogScale average => [Range("one_minus_log", average.Low, average.High)],
        IntScale whole => [Range("int", whole.Low, whole.High), .. Option("step", whole.Step == 1 ? null : whole.Step)],
        LogIntScale whole => [Range("log_int", whole.Low, whole.High), .. Option("step", whole.Step == 1 ? null : whole.Step), .. Option("factor", whole.Factor)],
        PowerOfTwoScale power => [Range("power_of_two", power.Low, power.High)],
        ChoiceScale choice => [$"choice: [{string.Join(", ", choice.Values.Select(SearchText.Value))}]"],
        FixedScale alone => [$"fixed: {SearchText.Value(alone.Value)}"],
        _ => throw new NotSupportedException($"A search file has no scale {scale.GetType().Name}."),
    };

    private static string Range(string word, double low, double high) => $"{word}: [{NumberText.Of(low)}, {NumberText.Of(high)}]";

    private static string[] Option(string word, double? value) => value is { } number ? [$"{word}: {NumberText.Of(number)}"] : [];
}
