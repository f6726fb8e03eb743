using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The methods and the parameters of a search file by name.</summary>
internal static class SearchGrammar
{
    /// <summary>The samplers by name.</summary>
    public static OptionCatalog Samplers { get; } = OptionCatalog.Of("sampler", MethodNames.Samplers, MethodNotation.Sampler);

    /// <summary>The schedules by name.</summary>
    public static OptionCatalog Schedules { get; } = OptionCatalog.Of("schedule", MethodNames.Schedules, MethodNotation.Schedule);

    /// <summary>A parameter that is searched, as a map.</summary>
    public static AlternativesShape Range { get; } = new("a parameter", "scale",
        [
            .. ScaleNotations.All.Select(notation => (notation.Key,
                RangeOf($"a parameter with {notation.Key}", ScaleGrammar.KeysOf(notation), hasDefault: notation.Form != ScaleForm.Value))),
            (ScaleInCode.Key, RangeOf(ScaleInCode.Shape.What, ScaleInCode.Shape.Keys, hasDefault: true) with
            {
                ExactlyOne = ScaleInCode.Shape.ExactlyOne,
            }),
        ])
    { Untold = [ScaleInCode.Key] };

    /// <summary>A parameter: a bare value, or a range.</summary>
    public static SharedShape Parameter { get; } = new("parameter",
        new KindShape("a value, or a range such as {log: [0.0001, 1]}") { Single = new ValueShape(), Map = Range });

    /// <summary>The built-in trainer's hyperparameters, which editors offer as names of parameters.</summary>
    public static ImmutableArray<(string Name, string Meaning)> TrainerOffers =>
    [
        .. TrainerNames.All.Where(info => !info.Name.EndsWith("_N", StringComparison.Ordinal)).Select(info => (info.Name, string.Concat(
            $"The built-in trainer's: {info.Meaning}. ",
            info.Words.Count > 0 ? $"One of {string.Join(", ", info.Words)}. " : "",
            $"Default: {(info.Default.Length > 0 ? info.Default : "none")}."))),
    ];

    private static MapShape RangeOf(string what, ImmutableArray<Key> keys, bool hasDefault) => new(what,
    [
        .. keys,
        .. hasDefault
            ? [new("default", new ValueShape(), "The value to try first; a trial of all defaults comes before any that is proposed.")]
            : ImmutableArray<Key>.Empty,
        new("when", When(), "The parameter plays a part only when others have these values."),
    ]);

    private static DictionaryShape When() => new("a condition, such as {optimizer: adam} or {optimizer: [adam, rmsprop]}",
        new KindShape("a value or a list of values")
        {
            Single = new ValueShape(),
            List = new ListShape("at least one value", new ValueShape())
        })
    { Min = 1 };
}
