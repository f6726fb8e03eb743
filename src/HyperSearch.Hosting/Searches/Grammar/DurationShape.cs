using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A length of time above zero, with its units: <c>500ms</c>, <c>2m30s</c>, <c>1.5h</c>.</summary>
internal sealed partial record DurationShape : Shape
{
    private const string Law = "(?:[0-9]+(?:\\.[0-9]+)?(?:ms|s|m|h|d))+";

    public override string Expected => "a duration with its unit, such as 500ms, 30s, 2m30s, 10m, 1h or 1d";

    /// <summary>The duration that a text says; <c>null</c> when it says none, or none above zero.</summary>
    public static TimeSpan? Read(string text)
    {
        if (!Whole().IsMatch(text))
            return null;
        var seconds = 0.0;
        foreach (Match part in Part().Matches(text))
        {
            seconds += double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * part.Groups[2].Value switch
            {
                "ms" => 0.001,
                "s" => 1,
                "m" => 60,
                "h" => 3600,
                _ => 86400,
            };
        }

        return seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
    }

    public override bool Check(Node node, Problems problems) => node is ScalarNode { IsNull: false } scalar && Read(scalar.Text) is not null || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = "string", ["pattern"] = $"^{Law}$" };

    [GeneratedRegex($"^{Law}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
