using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;
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
        || problems.Add(node, $"expected {Expected}, but here is {node.Describe()}.{(Why is null || node is not ScalarNode { Number: not null } ? "" : $" {Why}")}");

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
