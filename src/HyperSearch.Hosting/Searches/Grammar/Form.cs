using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>How a value stands in a search file: its shape there, how it is read and how it is written.</summary>
/// <typeparam name="V">The value's type in code.</typeparam>
/// <param name="Shape">The shape that it has in the file.</param>
/// <param name="Read">The value of a node that has the shape.</param>
/// <param name="Write">The value as YAML, which reads back to the same value.</param>
internal sealed record Form<V>(Shape Shape, Func<Node, V> Read, Func<V, string> Write)
{
    /// <summary>The value as people read it.</summary>
    public Func<V, string> Say { get; init; } = Write;
}

/// <summary>The forms of single values and lists.</summary>
internal static class Form
{
    /// <summary>A length of time.</summary>
    public static Form<TimeSpan> Duration { get; } = new(new DurationShape(), CheckedNode.AsDuration,
        DurationShape.Write)
    { Say = time => time.ToString() };

    /// <summary>A seed of 64 bits.</summary>
    public static Form<ulong> Seed { get; } =
        new(new SeedShape(), node => SeedShape.Read(node)!.Value, seed => seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>A whole number of 32 bits.</summary>
    public static Form<int> Count(int least, int most = int.MaxValue) =>
        new(new NumberShape { Whole = true, Min = least, Max = most }, CheckedNode.AsCount, count => NumberText.Of(count));

    /// <summary>A whole number of up to 53 bits.</summary>
    public static Form<long> Whole(long least) =>
        new(new NumberShape { Whole = true, Min = least }, CheckedNode.AsWhole, whole => NumberText.Of(whole));

    /// <summary>A finite number.</summary>
    public static Form<double> Number(NumberShape shape) =>
        new(shape, CheckedNode.AsNumber, NumberText.Of) { Say = number => number.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A text.</summary>
    public static Form<string> Text(TextShape shape) => new(shape, CheckedNode.AsText, SpaceText.Quoted) { Say = text => text };

    /// <summary>One of some words.</summary>
    public static Form<string> Word(string what, params ImmutableArray<string> words) =>
        new(new WordShape(what, words), CheckedNode.AsText, word => word);

    /// <summary>True or false.</summary>
    public static Form<bool> Boolean { get; } = new(new BooleanShape(), CheckedNode.AsBoolean, boolean => boolean ? "true" : "false");

    /// <summary>One of two words: the first says no, the second yes.</summary>
    public static Form<bool> Choice(string what, string no, string yes) =>
        new(new WordShape(what, [no, yes]), node => node.AsText() == yes, chosen => chosen ? yes : no);

    /// <summary>A list whose items have one form.</summary>
    public static Form<IReadOnlyList<V>> List<V>(ListShape shape, Form<V> item) => new(
        shape,
        node => [.. node.AsItems().Select(item.Read)],
        list => $"[{string.Join(", ", list.Select(item.Write))}]")
    {
        Say = list => $"[{string.Join(", ", list.Select(item.Say))}]",
    };
}
