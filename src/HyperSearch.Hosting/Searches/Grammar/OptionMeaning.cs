using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The meaning of options, in the words of the library's own documentation, which this assembly carries as a resource.</summary>
internal static partial class OptionMeaning
{
    private static readonly Lazy<Dictionary<string, XElement>> Summaries = new(ReadSummaries);

    /// <summary>The summary of a property as a line of plain text, without its default; empty when it has none.</summary>
    public static string Of(PropertyInfo property)
    {
        if (!Summaries.Value.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var summary))
            return "";
        var text = Space().Replace(string.Concat(summary.Nodes().Select(Plain)), " ").Trim();
        return Default().Replace(text, "").Trim();
    }

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when (string?)see.Attribute("cref") is { } name => Named(name),
        XElement { Name.LocalName: "see" } see => (string?)see.Attribute("langword") ?? see.Value,
        XElement element => element.Value,
        _ => "",
    };

    /// <summary>A member as a search file names it: options of methods in snake case, anything else as it is.</summary>
    private static string Named(string reference)
    {
        var name = reference[(reference.LastIndexOf('.') + 1)..];
        return reference.StartsWith("P:", StringComparison.Ordinal) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : name;
    }

    private static Dictionary<string, XElement> ReadSummaries()
    {
        using var documentation = typeof(OptionMeaning).Assembly.GetManifestResourceStream("HyperSearch.xml")!;
        return XDocument.Load(documentation).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@" Default [^.]*(\.[0-9][^.]*)?\.")]
    private static partial Regex Default();
}
