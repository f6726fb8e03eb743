using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.SampleHost;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Conventions;

/// <summary>The types that a user constructs show how in their documentation, and the code there compiles and runs.</summary>
public sealed partial class ExampleTests
{
    private static readonly Type[] Constructed =
    [
        typeof(Space), typeof(Parameter), typeof(Condition), typeof(Constraint), typeof(Point), typeof(AskAndTell), typeof(SearchOptions),
        typeof(CampaignOptions),
        typeof(Search), typeof(Limits), typeof(Confirm), typeof(Goal), typeof(DelegateObjective),
        .. typeof(Space).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(Scale)) || Implements(type))),
    ];

    private static readonly ImmutableDictionary<string, XElement> Documentation = new[] { "HyperSearch.xml", "HyperSearch.Hosting.xml" }
        .SelectMany(file => XDocument.Load(Path.Combine(AppContext.BaseDirectory, file)).Descendants("member"))
        .Where(member => ((string)member.Attribute("name")!).StartsWith("T:HyperSearch.", StringComparison.Ordinal))
        .ToImmutableDictionary(member => (string)member.Attribute("name")!);

    private static readonly ImmutableDictionary<string, string> Compiled = Method()
        .Matches(File.ReadAllText(Path.Combine(Repository.Folder("tests/HyperSearch.SampleHost"), "Examples.cs")))
        .ToImmutableDictionary(match => match.Groups["name"].Value, match => Level(match.Groups["code"].Value));

    public static TheoryData<string> Names => [.. Constructed.Select(type => type.FullName!)];

    public static TheoryData<string> Methods =>
        [.. typeof(Examples).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Type_ShowsTheCodeThatTheSampleHostCompiles(string type)
    {
        var code = Documentation[$"T:{type}"].Element("example")?.Element("code")?.Value;
        Assert.NotNull(code);
        Assert.Equal(Compiled[type[(type.LastIndexOf('.') + 1)..]], Level(code));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Example_Runs(string method) =>
        await ((Task?)typeof(Examples).GetMethod(method)!.Invoke(null, null) ?? Task.CompletedTask);

    private static bool Implements(Type type) => typeof(ISampler).IsAssignableFrom(type) || typeof(ISchedule).IsAssignableFrom(type);

    /// <summary>Code without the indentation that all of its lines share.</summary>
    private static string Level(string code)
    {
        var lines = code.Trim('\n').Split('\n').Select(line => line.TrimEnd()).ToArray();
        var shared = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > shared ? line[shared..] : "")).Trim();
    }

    [GeneratedRegex(@"^    public static (void|async Task) (?<name>[A-Za-z]+?)Example(Async)?\(\)\n    \{\n(?<code>.*?)\n    \}$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Method();
}
