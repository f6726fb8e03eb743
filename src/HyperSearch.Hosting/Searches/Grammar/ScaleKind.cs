using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One way to write a range in a search file.</summary>
/// <param name="Name">The key, for instance <c>log</c>.</param>
/// <param name="Meaning">What it is for.</param>
/// <param name="Range">What its value may be.</param>
/// <param name="Make">The scale of a sound map; an <see cref="ArgumentException"/> says what is wrong with its numbers.</param>
internal sealed record ScaleKind(string Name, string Meaning, Shape Range, Func<MapNode, Scale> Make)
{
    private static readonly NumberShape Any = new();
    private static readonly NumberShape Whole = new() { Whole = true };
    private static readonly NumberShape LogEnd = new() { Above = 0, Why = "A log range cannot reach 0, as log(0) is not finite. For values that can reach zero use uniform." };
    private static readonly NumberShape OneMinusLogEnd = new() { Min = 0, Below = 1, Why = "one_minus_log searches the distance to 1 on a log scale: take an end such as 0.999." };
    private static readonly NumberShape Counting = new() { Whole = true, Min = 1, Why = "A logarithmic range of whole numbers starts at 1. For values that can reach zero use int." };
    private static readonly Key Step = new("step", new NumberShape { Above = 0 }, "The distance from one value to the next, counted from the lower end.");
    private static readonly Key WholeStep = new("step", new NumberShape { Whole = true, Min = 1 }, "The distance from one value to the next, counted from the lower end.");
    private static readonly Key Factor = new("factor", new NumberShape { Above = 1 }, "The ratio of one value to the one before.");
    private static readonly Key WholeFactor = new("factor", new NumberShape { Whole = true, Min = 2 }, "The ratio of one value to the one before.");

    /// <summary>Further keys, besides <c>when</c>.</summary>
    public ImmutableArray<Key> Options { get; init; } = [];

    /// <summary>All kinds.</summary>
    public static ImmutableArray<ScaleKind> All { get; } =
    [
        new("uniform", "Any number between two ends, all equally likely.", Ends(Any), map =>
            new UniformScale(map.Low("uniform"), map.High("uniform")) { Step = map["step"]?.AsNumber() }) { Options = [Step] },
        new("log", "10^r with r uniform: every decade equally likely. Right for learning rates and decay.", Ends(LogEnd), map =>
            new LogScale(map.Low("log"), map.High("log")) { Step = map["step"]?.AsNumber(), Factor = map["factor"]?.AsNumber() }) { Options = [Step, Factor] },
        new("one_minus_log", "1 - 10^r with r uniform. Right for averages' betas such as momentum, between 0.9 and 0.999.", Ends(OneMinusLogEnd), map =>
            new OneMinusLogScale(map.Low("one_minus_log"), map.High("one_minus_log"))),
        new("int", "Whole numbers, ends included, all equally likely.", Ends(Whole), map =>
            new IntScale((long)map.Low("int"), (long)map.High("int")) { Step = map["step"]?.AsWhole() ?? 1 }) { Options = [WholeStep] },
        new("log_int", "Whole numbers, every decade about equally likely. Right for numbers of units.", Ends(Counting), LogInt) { Options = [WholeStep, WholeFactor] },
        new("power_of_two", "16, 32, 64, …: right for mini-batch sizes.", Ends(Counting with { Why = "The ends are powers of two, such as 32 and 512." }), map =>
            new PowerOfTwoScale((long)map.Low("power_of_two"), (long)map.High("power_of_two"))),
        new("choice", "One of some values that have no order.", new ListShape("a list of at least one value, such as [relu, tanh]", new ValueShape()), map =>
            new ChoiceScale([.. ((ListNode)map["choice"]!).Items.Select(item => item.AsValue())])),
        new("fixed", "A single value; needed only together with `when`, elsewhere write the value itself.", new ValueShape(), map => new FixedScale(map["fixed"]!.AsValue())),
    ];

    private static ListShape Ends(NumberShape end) => new("a range [low, high] of two numbers", end) { Min = 2, Max = 2 };

    private static LogIntScale LogInt(MapNode map)
    {
        var scale = new LogIntScale((long)map.Low("log_int"), (long)map.High("log_int"));
        if (map["step"] is { } step)
            scale = scale with { Step = step.AsWhole() };
        return map["factor"] is { } factor ? scale with { Factor = factor.AsWhole() } : scale;
    }
}
