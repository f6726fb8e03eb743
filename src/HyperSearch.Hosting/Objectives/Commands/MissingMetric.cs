using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Finds out why nothing that a command printed was read as its metric: another name, or a line that is nearly right.</summary>
internal static partial class MissingMetric
{
    /// <summary>How many names of other metrics are remembered of a measurement.</summary>
    public const int MostNames = 20;

    /// <summary>The only numbers that are epochs, for messages.</summary>
    public const string RightEpoch = "whole number from 0 to 2147483647";

    /// <summary>The sentences for people, the first line by itself a whole one.</summary>
    /// <param name="metric">The metric of the search.</param>
    /// <param name="names">The metrics that it did print.</param>
    /// <param name="recent">The last lines that it printed.</param>
    public static string Explain(string metric, IReadOnlyCollection<string> names, RecentLines recent) =>
        $"{Planner.NoMetric}{metric}.{NearMiss(metric, names, recent)}\n{recent}";

    /// <summary>The same of a metric that is traded off against another, which was measured.</summary>
    /// <param name="metric">The metric that is missing.</param>
    /// <param name="other">The metric of the search.</param>
    /// <param name="names">The metrics that the command did print.</param>
    public static string ExplainFurther(string metric, string other, IReadOnlyCollection<string> names) =>
        $"{Planner.NoMetric}{metric}, which is traded off against {other}.{Named(metric, names)}";

    private static string NearMiss(string metric, IReadOnlyCollection<string> names, RecentLines recent)
    {
        var output = recent.Output.ToList();
        if (recent.Lost is { } lost)
        {
            return $" It printed {lost} longer than {LineSplitter.DefaultLimit >> 20} MiB, which was cut and not read; "
                + "write large values to a file.";
        }

        if (recent.Error.Any(line => HasMetric(Read(line), metric) || HasMetric(ReadAfterPrefix(line, metric), metric)))
            return " It printed the measurement to standard error; print it to standard output.";
        foreach (var line in output)
        {
            if (line.Contains('{', StringComparison.Ordinal) && line.Contains($"'{metric}'", StringComparison.Ordinal))
                return $" It printed {line.Trim()}, which is how Python shows a dict; print(json.dumps(…)) prints JSON.";
            if (TextValue().Matches(line).FirstOrDefault(match => match.Groups["name"].Value == metric) is { } text)
            {
                var value = text.Groups["value"].Value;
                return value.StartsWith('"')
                    ? $" It printed {metric} as the text {value}; print a number, without quotes."
                    : $" It printed {metric} as {value}; print a number.";
            }

            if (Read(line) is { HasWrongEpoch: true } wrong && HasMetric(wrong, metric))
                return $" It printed {metric} with an epoch that is no {RightEpoch}.";
            if (line.TrimStart().StartsWith('{') && Read(line) is null && Bare(line, metric) is { } bare)
                return $" It printed {bare}, which is no JSON; print {Example(metric)}.";
        }

        if (IsSpread(output, metric))
            return " It printed JSON over several lines; print each measurement on one line.";
        if (output.Exists(line => line.TrimStart().StartsWith('[') && line.Contains($"\"{metric}\"", StringComparison.Ordinal)))
            return " It printed a list; print one JSON object a line.";
        if (names.Count > 0)
            return Named(metric, names);
        if (output.Exists(line => line.TrimStart().StartsWith('{') && line.Contains($"\"{metric}\"", StringComparison.Ordinal)))
            return $" It printed {metric} inside another object or value; print it as a field of the object itself, as {Example(metric)}.";
        return output.Exists(line => line.Contains(metric, StringComparison.OrdinalIgnoreCase))
            ? $" It printed a line that speaks of {metric} but is no JSON object; print {Example(metric)}."
                : $" A measurement is a line such as {Example(metric)}.";
    }

    /// <summary>A metric with what stands in the place of its number, where a line is no JSON; <c>null</c> where no such thing
    /// stands.</summary>
    private static string? Bare(string line, string metric)
    {
        if (Unquoted().Matches(line).FirstOrDefault(match => match.Groups["name"].Value == metric) is not { } bare)
            return null;
        var value = bare.Groups["value"].Value.TrimEnd(',', ' ', '\t');
        return double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && !value.StartsWith('.')
            ? line.Trim()
            : $"{metric} as {value}";
    }

    private static string Named(string metric, IReadOnlyCollection<string> names)
    {
        var printed = string.Join(", ", names.Order(StringComparer.Ordinal).Take(MostNames));
        var question = names.Count == 1 ? "; did you mean that?" : $".{Nearest.Hint(metric, names)}";
        return $" It printed {printed}{question}";
    }

    private static bool IsSpread(List<string> lines, string metric)
    {
        var start = lines.FindLastIndex(line => line.Trim() == "{");
        return start >= 0 && HasMetric(Read(string.Concat(lines.Skip(start))), metric);
    }

    private static string Example(string metric) => $"{{\"epoch\": 1, \"{metric}\": 0.5}}";

    private static bool HasMetric(Answer? answer, string metric) => answer?.Metrics.ContainsKey(metric) == true;

    private static Answer? Read(string line) => AnswerReader.Read(Encoding.UTF8.GetBytes(line));

    private static Answer? ReadAfterPrefix(string line, string metric) =>
        AnswerReader.ReadAfterPrefix(Encoding.UTF8.GetBytes(line), metric);

    /// <summary>A field with what stands behind it, up to the next quote or bracket, where JSON has a number.</summary>
    [GeneratedRegex("\"(?<name>[^\"]*)\"\\s*:\\s*(?<value>[^\\s\"{\\[][^\"{}\\[\\]]*)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Unquoted();

    [GeneratedRegex("\"(?<name>[^\"]*)\"\\s*:\\s*(?<value>\"[^\"]*\"|true|false)",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TextValue();
}
