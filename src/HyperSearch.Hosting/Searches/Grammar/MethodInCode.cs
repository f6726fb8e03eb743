using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A method that stands in the code of a program: its campaigns name it, and only the program can run it.</summary>
internal interface IMethodInCode
{
    /// <summary>The method in the program's own words: <c>ScoutSampler { Reach = 0.1 }</c>.</summary>
    string Name { get; }
}

/// <summary>Stands for a sampler of a program's own where its campaign is read.</summary>
/// <param name="Name">The sampler in the program's own words.</param>
internal sealed record SamplerInCode(string Name) : ISampler, IMethodInCode
{
    /// <summary>The program asked its sampler before it kept the campaign.</summary>
    public bool TradesOff => true;

    /// <inheritdoc/>
    public ISamplerState Initial(SamplingProblem problem) => throw MethodNotation.NotHere("sampler", Name);
}

/// <summary>Stands for a schedule of a program's own where its campaign is read.</summary>
/// <param name="Name">The schedule in the program's own words.</param>
/// <param name="Rungs">The budgets at which it compares trials, in epochs; the last is the full one.</param>
internal sealed record ScheduleInCode(string Name, ImmutableArray<int> Rungs) : ISchedule, IMethodInCode
{
    /// <inheritdoc/>
    public IScheduleState Initial(int epochs) => new State(Name, Rungs);

    private sealed record State(string Name, IReadOnlyList<int> Rungs) : IScheduleState
    {
        public IScheduleState Observe(JobResult result) => throw MethodNotation.NotHere("schedule", Name);

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart) =>
            throw MethodNotation.NotHere("schedule", Name);

        public IEnumerable<int> Candidates(int furtherTrials) => [];
    }
}

/// <summary>How the search file of a kept campaign names a method that stands in code: <c>{code: {name: ScoutSampler}}</c>.</summary>
/// <param name="Shape">What stands behind the key.</param>
/// <param name="Read">The stand-in of a node that has the shape.</param>
/// <param name="Write">The same the other way.</param>
internal sealed record MethodNotation(MapShape Shape, Func<Node, object> Read, Func<object, string> Write)
{
    /// <summary>The key in place of a method's name.</summary>
    public const string Key = "code";

    private static readonly Form<string> Name = Form.Text(new TextShape("the method in the program's own words"));

    private static readonly Form<IReadOnlyList<int>> Rungs =
        Form.List(new ListShape("budgets in epochs, such as [3, 12]", Form.Count(1).Shape), Form.Count(1));

    /// <summary>A sampler.</summary>
    public static MethodNotation Sampler { get; } = new(
        new MapShape("a sampler in code", [NameOf("sampler")]),
        node => new SamplerInCode(node["name"]!.AsText()),
        made => $"{{name: {Name.Write(((SamplerInCode)made).Name)}}}");

    /// <summary>A schedule.</summary>
    public static MethodNotation Schedule { get; } = new(
        new MapShape("a schedule in code",
        [
            NameOf("schedule"),
            new Key("rungs", Rungs.Shape, "The budgets at which it compares trials, in epochs.") { Required = true },
        ]),
        node => new ScheduleInCode(node["name"]!.AsText(), [.. Rungs.Read(node["rungs"]!)]),
        made => $"{{name: {Name.Write(((ScheduleInCode)made).Name)}, rungs: {Rungs.Write(((ScheduleInCode)made).Rungs)}}}");

    /// <summary>A method in the words of its program: a record's name and properties, any other type's name.</summary>
    public static string WordsOf(object method)
    {
        if (method is IMethodInCode kept)
            return kept.Name;
        var (type, culture) = (method.GetType(), CultureInfo.CurrentCulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // a record writes its numbers in the thread's
            var words = method.ToString();
            return string.IsNullOrWhiteSpace(words) || words == type.ToString() || words == $"{type.Name} {{ }}" ? type.Name : words;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    internal static CampaignException NotHere(string noun, string name) =>
        new($"The {noun} {name} is in the code of a program, so only that program can run this search.");

    private static Key NameOf(string noun) => new("name", Name.Shape,
        $"The {noun} in the words of the program that has it and that wrote this file; only that program can run the search.")
    { Required = true };
}
