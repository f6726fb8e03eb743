using System.Collections.Immutable;

namespace HyperSearch.Spaces;

/// <summary>How a search file writes a kind of scale: its key, what stands behind the key, and the options beside it.</summary>
/// <param name="Key">The key, for instance <c>log</c>.</param>
/// <param name="Meaning">The purpose of the kind, for people who have not seen it before.</param>
/// <param name="Form">The form of the value behind the key.</param>
/// <param name="Make">The scale of the numbers written; an <see cref="ArgumentException"/> says what is wrong with the numbers.</param>
internal sealed record ScaleNotation(string Key, string Meaning, ScaleForm Form, Func<WrittenScale, Scale> Make)
{
    /// <summary>The law of the two numbers of a <see cref="ScaleForm.Range"/>.</summary>
    public ScaleNumber Ends { get; init; } = new();

    /// <summary>Keys of numbers that may stand beside <see cref="Key"/>.</summary>
    public ImmutableArray<ScaleOption> Options { get; init; } = [];
}

/// <summary>The kinds of scale that a search file knows.</summary>
internal static class ScaleNotations
{
    /// <summary>All of them, in the order in which messages list them. A new kind is one line here.</summary>
    public static ImmutableArray<ScaleNotation> All { get; } =
    [
        UniformScale.Notation,
        LogScale.Notation,
        OneMinusLogScale.Notation,
        IntScale.Notation,
        LogIntScale.Notation,
        PowerOfTwoScale.Notation,
        ChoiceScale.Notation,
        FixedScale.Notation,
    ];
}

/// <summary>The form of the value behind the key of a scale.</summary>
internal enum ScaleForm
{
    /// <summary>Two numbers, <c>[low, high]</c>.</summary>
    Range,

    /// <summary>At least one value, <c>[relu, tanh]</c>.</summary>
    List,

    /// <summary>A single value.</summary>
    Value,
}

/// <summary>The law of one number of a scale.</summary>
internal sealed record ScaleNumber
{
    /// <summary>Whether only whole numbers will do.</summary>
    public bool Whole { get; init; }

    /// <summary>The least allowed number; <c>null</c> for none.</summary>
    public double? Min { get; init; }

    /// <summary>The number is greater than this; <c>null</c> for no such end.</summary>
    public double? Above { get; init; }

    /// <summary>The number is less than this; <c>null</c> for no such end.</summary>
    public double? Below { get; init; }

    /// <summary>Why, and what to do instead; <c>null</c> where the law speaks for itself.</summary>
    public string? Why { get; init; }
}

/// <summary>An option of a scale.</summary>
/// <param name="Key">Its key, for instance <c>step</c>.</param>
/// <param name="Law">The law of its number.</param>
/// <param name="Meaning">Its effect, for people who have not seen it before.</param>
internal sealed record ScaleOption(string Key, ScaleNumber Law, string Meaning)
{
    /// <summary>A distance between neighbours.</summary>
    public static ScaleOption Step { get; } = new("step", new ScaleNumber { Above = 0 },
        "The distance from one value to the next, counted from the lower end.");

    /// <summary>A distance between neighbouring whole numbers.</summary>
    public static ScaleOption WholeStep { get; } = Step with { Law = new ScaleNumber { Whole = true, Min = 1 } };

    /// <summary>A ratio of neighbours.</summary>
    public static ScaleOption Factor { get; } = new("factor", new ScaleNumber { Above = 1 }, "The ratio of one value to the one before.");

    /// <summary>A ratio of neighbouring whole numbers.</summary>
    public static ScaleOption WholeFactor { get; } = Factor with { Law = new ScaleNumber { Whole = true, Min = 2 } };
}

/// <summary>A scale as a search file has it, without its words.</summary>
/// <param name="Values">The values behind the key.</param>
internal sealed record WrittenScale(ImmutableArray<ParameterValue> Values)
{
    /// <summary>The options that are given.</summary>
    public ImmutableDictionary<string, double> Options { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The lower end of a range.</summary>
    public double Low => Values[0].Number;

    /// <summary>The upper end of a range.</summary>
    public double High => Values[1].Number;

    /// <summary>The number of an option; <c>null</c> where it is not given.</summary>
    public double? this[string option] => Options.TryGetValue(option, out var number) ? number : null;

    /// <summary>A range.</summary>
    public static WrittenScale Range(double low, double high) => new([low, high]);

    /// <summary>The same with an option, where it has a number.</summary>
    public WrittenScale With(string option, double? number) =>
        number is { } given ? this with { Options = Options.SetItem(option, given) } : this;
}
