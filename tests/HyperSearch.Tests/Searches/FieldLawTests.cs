using System.Collections.Immutable;
using System.Reflection;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Searches;

/// <summary>A search made in code is held to the same laws as one in a file.</summary>
public sealed class FieldLawTests
{
    private static readonly string[] Probes =
        ["-1", "0", "1", "2", "0.5", "1000", "1001", "2147483647", "9007199254740992", "1e300", "-1e300", "0.0001ms", "1s", "11000d",
            "auto", ".inf", ".nan"];

    /// <summary>The records whose fields have laws of their own; data sources are the trainer's, which checks them as a whole.</summary>
    public static TheoryData<Type> Records =>
        [typeof(Search), typeof(Limits), typeof(Confirm), typeof(WarmStart), typeof(CommandDefinition), typeof(DelegateDefinition)];

    [Theory]
    [MemberData(nameof(Records))]
    public void EveryField_RefusesInCodeWhatAFileRefuses(Type record)
    {
        var compare = typeof(FieldLawTests)
            .GetMethod(nameof(Compare), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(record);
        Assert.True((int)compare.Invoke(null, null)! > 0);
    }

    [Fact]
    public void EveryText_RefusesInCodeWhatAFileRefuses()
    {
        Assert.Throws<ArgumentException>(() => new WarmStart(""));
        Assert.Throws<ArgumentException>(() => new Goal(""));
        Assert.Throws<ArgumentException>(() => new SearchOptions { Metric = "" });
        Assert.All(["", "a b", ".a", "a/b", "ü/"],
            name => Assert.Throws<ArgumentException>(() => SearchTable.File.Untouched with { Name = name }));
        Assert.All(["", "/a", "../a", "a/../b", "a//b", "./a", "a\\b", "C:a"],
            path => Assert.Throws<ArgumentException>(() => new CommandDefinition(["x"], "/base") { Files = [path] }));
    }

    [Fact]
    public void EveryNeed_RefusesInCodeWhatAFileRefuses()
    {
        foreach (var (name, need) in new (string, ParameterValue)[]
        {
            ("", 1), ("1", 1), ("a b", 1), ("gpu", 0), ("gpu", -1), ("gpu", double.NaN), ("gpu", false), ("gpu", ""), ("gpu", "a b"),
        })
        {
            var needs = ImmutableSortedDictionary<string, ParameterValue>.Empty.Add(name, need);
            Assert.Throws<ArgumentException>(() => SearchTable.File.Untouched with { Needs = needs });
        }
    }

    [Fact]
    public void Limits_WithoutPatience_AreRefusedWithTheLawTheValueAndTheWayOut()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => new Limits { Patience = 0 });
        Assert.StartsWith("Patience is at least 1. null waits for all trials.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, refusal.ActualValue);
    }

    private static int Compare<T>()
    {
        var compared = 0;
        foreach (var section in Sections<T>())
        {
            foreach (var field in section.Where(field => field.Key.Shape is NumberShape or DurationShape or EitherShape))
            {
                foreach (var probe in Probes)
                {
                    var node = new ScalarNode(new Mark(1, 1), probe, Quoted: false);
                    if (!FitsItsType(field.Key.Shape, node))
                        continue;
                    var accepted = field.Key.Shape.Check(node, new Problems());
                    var refusal = Record.Exception(() =>
                        field.Read(section.Untouched, node, new Reading(new MapNode(node.Mark, []), "/", new Problems())));
                    Assert.True(accepted ? refusal is null : refusal is ArgumentException,
                        $"{field.Key.Name}: {probe} is {(accepted ? "right" : "wrong")} in a file, in code: {refusal?.Message ?? "right"}");
                    compared++;
                }
            }
        }

        return compared;
    }

    /// <summary>Whether a field could hold the value at all: a number where one is wanted, a whole one of 32 bits where that is
    /// wanted.</summary>
    private static bool FitsItsType(Shape shape, ScalarNode node) => shape switch
    {
        DurationShape => DurationShape.Read(node.Text) is not null,
        NumberShape { Whole: true } whole => node.Number is { } number && number == Math.Truncate(number)
            && Math.Abs(number) <= (whole.Max ?? 1L << 53),
        NumberShape => node.Number is not null,
        _ => node.Number is { } number && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue && number != 0,
        // 0 stands for auto
    };

    private static IEnumerable<Section<T>> Sections<T>() => new[] { typeof(SearchTable), typeof(ObjectiveTable), typeof(FromTable) }
        .SelectMany(table => table.GetFields(BindingFlags.NonPublic | BindingFlags.Static)).Select(field => field.GetValue(null))
            .OfType<Section<T>>();
}
