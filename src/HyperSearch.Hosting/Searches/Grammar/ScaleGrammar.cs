using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>Reads scales by the notation that each declares of itself.</summary>
internal static class ScaleGrammar
{
    /// <summary>The keys of a notation: its own, then its options.</summary>
    public static ImmutableArray<Key> KeysOf(ScaleNotation notation) =>
    [
        new(notation.Key, ShapeOf(notation), notation.Meaning) { Required = true },
        .. notation.Options.Select(option => new Key(option.Key, ShapeOf(option.Law), option.Meaning)),
    ];

    /// <summary>The scale of a sound map.</summary>
    /// <exception cref="ArgumentException">Its numbers contradict each other.</exception>
    public static Scale Make(ScaleNotation notation,
        MapNode map) => notation.Make(new WrittenScale([.. map[notation.Key]!.AsItems().Select(item => item.AsValue())])
        {
            Options = notation.Options.Where(option => map[option.Key] is not null)
            .ToImmutableDictionary(option => option.Key, option => map[option.Key]!.AsNumber()),
        });

    private static Shape ShapeOf(ScaleNotation notation) => notation.Form switch
    {
        ScaleForm.Range => new ListShape("a range [low, high] of two numbers", ShapeOf(notation.Ends)) { Min = 2, Max = 2 },
        ScaleForm.List => new ListShape("a list of at least one value, such as [relu, tanh]", new ValueShape()),
        _ => new ValueShape(),
    };

    private static NumberShape ShapeOf(ScaleNumber law) =>
        new() { Whole = law.Whole, Min = law.Min, Above = law.Above, Below = law.Below, Why = law.Why };
}
