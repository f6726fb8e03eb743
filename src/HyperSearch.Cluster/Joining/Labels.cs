using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Joining;

/// <summary>What a worker says of its machine, <c>--label gpu=a100</c>, against what a search needs, <c>needs: {gpu: 1}</c>.</summary>
/// <remarks>
/// A number asks for at least so many; a label with a word, and one without a value, is one. A word asks for a label that says just that.
/// <c>true</c> asks for the label, whatever it says, unless that is 0.
/// </remarks>
internal static class Labels
{
    /// <summary>Reads labels as a person writes them: <c>gpu=2</c>, <c>gpu=a100</c>, <c>big_disk</c>.</summary>
    /// <exception cref="ClusterException">One is no label, or says a second thing of a name.</exception>
    public static ImmutableSortedDictionary<string, ParameterValue> Parse(IEnumerable<string> texts)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (text, "true") : (text[..equals], text[(equals + 1)..]);
            if (!NeedLaw.IsName(name) || !NeedLaw.IsWord(value))
                throw new ClusterException($"\"{text}\" is no label. Write NAME, NAME=NUMBER or NAME=WORD, such as gpu=2 or gpu=a100.");
            if (!labels.TryAdd(name, Value(value)))
                throw new ClusterException($"The label {name} is given twice. Keep one of them.");
        }

        return labels.ToImmutable();
    }

    /// <summary>Why a worker is of no use to a search, in a sentence with what to do; <c>null</c> when it has all that is needed.</summary>
    /// <param name="needs">What the search needs: <see cref="Search.Needs"/>.</param>
    /// <param name="labels">What the worker has: <see cref="Parse"/>.</param>
    public static string? Refusal(
        ImmutableSortedDictionary<string, ParameterValue> needs, ImmutableSortedDictionary<string, ParameterValue> labels)
    {
        var unmet = needs.Where(need => !(labels.TryGetValue(need.Key, out var label) && Meets(need.Value, label))).ToList();
        if (unmet.Count == 0)
            return null;
        var has = unmet.Select(need => labels.TryGetValue(need.Key, out var label) ? $"{need.Key}={label}" : $"no label {need.Key}");
        var asks = unmet.Select(need => need.Value.IsBoolean ? $"--label {need.Key}" : $"--label {need.Key}={need.Value}");
        return $"The campaign needs {string.Join(" and ", unmet.Select(need => $"{need.Key}: {need.Value}"))}, and this worker has "
            + $"{string.Join(" and ", has)}. Where the machine has it, start the worker with {string.Join(' ', asks)}.";
    }

    private static bool Meets(ParameterValue need, ParameterValue label) => need.Boxed switch
    {
        double number => (label.IsNumber ? label.Number : label.ToString() == "false" ? 0 : 1) >= number,
        bool => label.ToString() is not ("0" or "false"),
        _ => label.ToString() == need.ToString(),
    };

    private static ParameterValue Value(string text) => text is "true" ? new ParameterValue(true)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? new ParameterValue(number) : new ParameterValue(text);
}
