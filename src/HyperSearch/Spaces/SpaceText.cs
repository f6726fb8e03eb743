using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>Writes parameters and values as a search file has them, so that its reader gives the same back.</summary>
internal static class SpaceText
{
    /// <summary>A parameter's entry in the space: <c>rate: {log: [1e-4, 1], default: 0.01, when: {optimizer: [adam]}}</c>; <c>null</c>
    /// where a search file has no such scale.</summary>
    public static string? Line(Parameter parameter) => Of(parameter) is { } text ? $"{parameter.Name}: {text}" : null;

    /// <summary>The same without the name.</summary>
    public static string? Of(Parameter parameter)
    {
        if (parameter is { Scale: FixedScale alone, When.IsEmpty: true })
            return Value(alone.Value);
        return Entries(parameter.Scale) is { } entries ? Of(parameter, entries) : null;
    }

    /// <summary>The same with the entries of a scale that a search file has in a form of its own.</summary>
    public static string Of(Parameter parameter, IEnumerable<string> scale)
    {
        List<string> entries = [.. scale];
        if (parameter.Default is { } value)
            entries.Add($"default: {Value(value)}");
        if (!parameter.When.IsEmpty)
        {
            var conditions = parameter.When.Select(condition => $"{condition.Parameter}: {Listed(condition.Accepted)}");
            entries.Add($"when: {{{string.Join(", ", conditions)}}}");
        }

        return $"{{{string.Join(", ", entries)}}}";
    }

    /// <summary>A value, so that it is read back as the number, the word or the Boolean that it is; quotes stand only where they
    /// must.</summary>
    public static string Value(ParameterValue value) =>
        value.IsNumber ? NumberText.Written(value.Number) : !value.IsWord
            ? value.ToString() : YamlWord.Of(value.ToString());

    /// <summary>A text in double quotes, as YAML reads it: control characters and what YAML takes for a line break are escaped, anything
    /// else stands as it is.</summary>
    public static string Quoted(string text) => YamlWord.Quoted(text);

    private static List<string>? Entries(Scale scale)
    {
        if (scale.Written is not var (notation, written))
            return null;
        var values = notation.Form == ScaleForm.Value ? Value(written.Values[0]) : Listed(written.Values);
        return [$"{notation.Key}: {values}", .. notation.Options.Where(option => written[option.Key] is not null)
            .Select(option => $"{option.Key}: {NumberText.Written(written[option.Key]!.Value)}")];
    }

    private static string Listed(IEnumerable<ParameterValue> values) => $"[{string.Join(", ", values.Select(Value))}]";
}
