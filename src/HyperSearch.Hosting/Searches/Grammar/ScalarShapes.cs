using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A finite number in a range.</summary>
internal sealed record NumberShape : Shape
{
    /// <summary>Whether only whole numbers will do.</summary>
    public bool Whole { get; init; }

    /// <summary>The least allowed value.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest allowed value.</summary>
    public double? Max { get; init; }

    /// <summary>The value must be greater than this.</summary>
    public double? Above { get; init; }

    /// <summary>The value must be less than this.</summary>
    public double? Below { get; init; }

    /// <summary>Why, and what to do instead; said when a number is out of range.</summary>
    public string? Why { get; init; }

    public override string Expected
    {
        get
        {
            var kind = Whole ? "a whole number" : "a number";
            return (Min, Above, Max, Below) switch
            {
                ({ } min, _, { } max, _) => $"{kind} from {NumberText.Of(min)} to {NumberText.Of(max)}",
                ({ } min, _, _, { } below) => $"{kind} of at least {NumberText.Of(min)} and below {NumberText.Of(below)}",
                (_, { } above, { } max, _) => $"{kind} above {NumberText.Of(above)}, up to {NumberText.Of(max)}",
                (_, { } above, _, { } below) => $"{kind} between {NumberText.Of(above)} and {NumberText.Of(below)}, ends excluded",
                ({ } min, _, _, _) => $"{kind} of at least {NumberText.Of(min)}",
                (_, { } above, _, _) => $"{kind} above {NumberText.Of(above)}",
                (_, _, { } max, _) => $"{kind} of at most {NumberText.Of(max)}",
                (_, _, _, { } below) => $"{kind} below {NumberText.Of(below)}",
                _ => kind,
            };
        }
    }

    public override bool Check(Node node, Problems problems) =>
        node is ScalarNode { Number: { } number } && double.IsFinite(number)
        && (!Whole || (number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53))
        && !(number < Min) && !(number > Max) && !(number <= Above) && !(number >= Below)
        || problems.Add(node,
            Whole && node is ScalarNode { Number: { } huge } && Math.Abs(huge) > 1L << 53
                ? $"{NumberText.Of(huge)} is too large for a whole number: up to 2^53, some 9.007e15, they are exact."
                : $"expected {Expected}, but here is {node.Describe()}."
                    + $"{(Why is null || node is not ScalarNode { Number: not null } ? "" : $" {Why}")}");

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = Whole ? "integer" : "number" };
        Put("minimum", Min);
        Put("exclusiveMinimum", Above);
        Put("maximum", Max);
        Put("exclusiveMaximum", Below);
        return schema;

        void Put(string key, double? value)
        {
            if (value is { } limit)
                schema[key] = limit == Math.Truncate(limit) && Math.Abs(limit) < 1e15 ? (long)limit : limit;
        }
    }
}

/// <summary>A seed: any whole number of 64 bits, in all its digits.</summary>
internal sealed record SeedShape : Shape
{
    public override string Expected => "a whole number of at least 0";

    /// <summary>The seed that a value says; <c>null</c> when it says none.</summary>
    public static ulong? Read(Node node) => node switch
    {
        ScalarNode { Quoted: false } scalar when ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture,
            out var seed) => seed,
        ScalarNode { Number: >= 0 and <= 1L << 53 and var number } when number == Math.Truncate(number) => (ulong)number,
        _ => null,
    };

    public override bool Check(Node node, Problems problems) => Read(node) is not null || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = "integer", ["minimum"] = 0 };
}

/// <summary>
/// A text; numbers and truth values count as the text they are written with, as a file name or an argument may look like one.
/// </summary>
/// <param name="What">The meaning of the text, for messages: <c>a file name</c>.</param>
internal sealed record TextShape(string What) : Shape
{
    /// <summary>The whole text must match; with <see cref="What"/> saying what that means.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether an empty text will do.</summary>
    public bool MayBeEmpty { get; init; }

    public override string Expected => What;

    private bool LooksLikeNumber => Pattern is null || Regex.IsMatch("1", $"^(?:{Pattern})\\z", RegexOptions.CultureInvariant);

    public override bool Check(Node node, Problems problems) =>
        node is ScalarNode { IsNull: false } scalar && (MayBeEmpty || scalar.Text.Length > 0)
        && (Pattern is null || Regex.IsMatch(scalar.Text, $"^(?:{Pattern})\\z", RegexOptions.CultureInvariant))
        || (node is MapNode { Entries: [({ } key, ScalarNode { IsNull: false } rest)] }
            ? problems.Add(node, $"expected {Expected}, but here is {node.Describe()}. A text with a colon stands in quotes: "
                + $"{SpaceText.Quoted($"{key.Text}: {rest.Text}")}.")
            : Refuse(node, problems));

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = LooksLikeNumber ? new JsonArray("string", "number", "boolean") : "string" };
        if (Pattern is not null)
            schema["pattern"] = $"^(?:{Pattern})$";
        else if (!MayBeEmpty)
            schema["minLength"] = 1;
        return schema;
    }
}

/// <summary>One of some words.</summary>
/// <param name="What">The thing that they name, for messages: <c>protocol</c>.</param>
/// <param name="Words">The words.</param>
internal sealed record WordShape(string What, ImmutableArray<string> Words) : Shape
{
    public override string Expected => Words.Length == 1 ? $"the word {Words[0]}" : $"one of {string.Join(", ", Words)}";

    public override bool Check(Node node, Problems problems) => node is not ScalarNode { IsNull: false } scalar
        ? Refuse(node, problems)
        : Words.Contains(scalar.Text)
        || problems.Add(node, $"unknown {What} \"{scalar.Text}\".{Nearest.Hint(scalar.Text, Words)} Known: {string.Join(", ", Words)}.");

    public override JsonObject ToSchema() => new() { ["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]) };
}

/// <summary>True or false.</summary>
internal sealed record BooleanShape : Shape
{
    public override string Expected => "true or false";

    public override bool Check(Node node, Problems problems) => node is ScalarNode { Boolean: not null } || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = "boolean" };
}

/// <summary>A value of a parameter: a finite number, a word or a truth value.</summary>
internal sealed record ValueShape : Shape
{
    public override string Expected => "a number, a word, true or false";

    public override bool Check(Node node, Problems problems) =>
        node is ScalarNode { IsNull: false } scalar && double.IsFinite(scalar.Number ?? 0) || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = new JsonArray("number", "string", "boolean") };
}

/// <summary>A length of time above zero, with its units: <c>500ms</c>, <c>2m30s</c>, <c>1.5h</c>.</summary>
internal sealed partial record DurationShape : Shape
{
    private const string Law = "(?:[0-9]+(?:\\.[0-9]+)?(?:ms|s|m|h|d))+";

    private static readonly decimal LongestSeconds = (decimal)SearchLaw.LongestTime.TotalSeconds;

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
            ("ms", TimeSpan.TicksPerMillisecond),
    ];

    public override string Expected => "a duration with its unit, such as 500ms, 30s, 2m30s, 10m, 1h or 1d";

    /// <summary>The duration that a text says; <c>null</c> when it says none, or none above zero.</summary>
    public static TimeSpan? Read(string text)
    {
        if (!Whole().IsMatch(text))
            return null;
        var ticks = 0m;
        foreach (Match part in Part().Matches(text))
        {
            if (!decimal.TryParse(part.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > LongestSeconds * 1000m)
                return null;
            ticks += number * Units.First(unit => unit.Name == part.Groups[2].Value).Ticks;
        }

        return ticks is > 0 && ticks < LongestSeconds * TimeSpan.TicksPerSecond ? new TimeSpan(Math.Max(1, (long)Math.Round(ticks))) : null;
    }

    /// <summary>A duration in the fewest units that give it exactly: <c>2m30s</c>.</summary>
    public static string Write(TimeSpan time)
    {
        var (text, ticks) = ("", time.Ticks);
        foreach (var (name, unit) in Units[..^1])
        {
            if (ticks >= unit)
                text += string.Create(CultureInfo.InvariantCulture, $"{ticks / unit}{name}");
            ticks %= unit;
        }

        return ticks > 0 ? text + string.Create(CultureInfo.InvariantCulture, $"{(decimal)ticks / TimeSpan.TicksPerMillisecond}ms") : text;
    }

    public override bool Check(Node node, Problems problems) => node is ScalarNode { IsNull: false } scalar
        && Read(scalar.Text) is not null || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = "string", ["pattern"] = $"^{Law}$" };

    [GeneratedRegex($"^{Law}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}

/// <summary>Any of several single values.</summary>
/// <param name="What">The right values, in words, for messages.</param>
/// <param name="Shapes">The laws; one of them must hold.</param>
internal sealed record EitherShape(string What, ImmutableArray<Shape> Shapes) : Shape
{
    public override string Expected => What;

    public override bool Check(Node node, Problems problems) => Shapes.Any(shape => shape.Check(node, new Problems()))
        || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray([.. Shapes.Select(shape => (JsonNode)shape.ToSchema())]) };
}
