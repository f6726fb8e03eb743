using System.Collections;
using System.Globalization;
using CsCheck;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;

namespace HyperSearch.Tests.Searches;

public sealed class SearchTextTests
{
    /// <summary>The properties that no search file says, each with where a campaign keeps it.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["Search.Earlier"] = "the journal keeps the earlier trials",
        ["Search.Edition"] = "the journal keeps it",
        ["DataSource.Folder"] = "the folder is the file's own",
        ["DataSource.Header"] = "no search file says it yet",
        ["DataSource.Separator"] = "no search file says it yet",
        ["DataSource.DecimalMark"] = "no search file says it yet",
        ["CommandDefinition.WorkingDirectory"] = "the folder is the file's own",
    };

    private static readonly Type[] Records =
    [
        typeof(Search), typeof(Limits), typeof(Confirm), typeof(WarmStart), typeof(Goal), typeof(DelegateDefinition),
            typeof(CommandDefinition), typeof(TrainingDefinition),
        typeof(DataSource), typeof(GeneratorOptions), typeof(Parameter),
    ];

    [Fact]
    public void Of_IsReadBackAsTheSameSearch() => SearchGen.All.Sample(
        search =>
        {
            var text = SearchText.Of(search, "tests");
            var read = SearchFile.Parse(text, "search.yaml", "/base");
            Assert.Equal(Dump(search), Dump(read));
            Assert.Empty(SearchDiff.Between(search, read));
        },
        iter: 400);

    /// <summary>The property above says nothing of a field that it never sees away from its default; this holds for every property of every
    /// record, also of one that is new.</summary>
    [Fact]
    public void EveryProperty_IsWrittenAndReadBack()
    {
        var (seen, searches) = (new Dictionary<string, HashSet<string>>(), SearchGen.All.Array[400].Single(_ => true, "0000000000001"));
        foreach (var search in searches)
            Collect(SearchFile.Parse(SearchText.Of(search, search.Relaxed ? "tests" : "another"), "search.yaml", "/base"), seen);
        var missing =
            from record in Records
            from property in record.GetProperties()
            where property.SetMethod is not null
            let name = $"{record.Name}.{property.Name}"
            where !Elsewhere.ContainsKey(name) && seen.GetValueOrDefault(name) is not { Count: > 1 }
            select name;
        Assert.Empty(missing);
    }

    private static void Collect(object? thing, Dictionary<string, HashSet<string>> seen)
    {
        if (thing is null or string or IFormattable or bool)
            return;
        if (thing is Space space)
            thing = space.Parameters;
        if (thing is IEnumerable items)
        {
            foreach (var item in items)
                Collect(item, seen);
        }
        else if (Records.Contains(thing.GetType()))
        {
            foreach (var property in thing.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
            {
                var value = property.GetValue(thing);
                var name = $"{thing.GetType().Name}.{property.Name}";
                if (!seen.TryGetValue(name, out var values))
                    seen[name] = values = [];
                values.Add(Dump(value));
                if (property.SetMethod is not null || value is IEnumerable)
                    Collect(value, seen);
            }
        }
    }

    /// <summary>All that a search says, down to the kind of every value.</summary>
    private static string Dump(object? thing) => thing switch
    {
        null => "none",
        string text => $"\"{text}\"",
        ParameterValue value => $"{(value.IsWord ? "word" : value.IsBoolean ? "Boolean" : "number")} {value}",
        Constraint constraint => constraint.Text,
        ChoiceScale choice => $"choice {Dump(choice.Values)}",
        FixedScale alone => $"fixed {Dump(alone.Value)}",
        Scale scale => scale.Describe(),
        Point point => Dump(point.Select(pair => $"{pair.Key} {Dump(pair.Value)}")),
        Space space => $"{Dump(space.Parameters)} {Dump(space.Constraints)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool given => given ? "yes" : "no",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Dump))}]",
        _ => $"{thing.GetType().Name} {{{string.Join(", ", thing.GetType().GetProperties()
            .Where(property => property.SetMethod is not null)
            .Select(property => $"{property.Name}: {Dump(property.GetValue(thing))}"))}}}",
    };
}
