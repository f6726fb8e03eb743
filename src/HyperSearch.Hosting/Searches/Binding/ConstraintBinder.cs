using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>Puts the constraints of a search file on a space.</summary>
internal static partial class ConstraintBinder
{
    /// <summary>The space under its constraints; <c>null</c> when one of them is wrong, for which an error was noted.</summary>
    public static Space? Constrain(ImmutableArray<Parameter> parameters, Node? node, Problems problems)
    {
        if (node is not ListNode list)
            return node is null ? new Space(parameters) : null;
        if (!problems.IsSound(list))
            return null;
        var constraints = list.Items.Select(item => Read((ScalarNode)item, parameters, problems)).OfType<Constraint>().ToArray();
        try
        {
            return constraints.Length == list.Items.Length ? new Space(parameters, constraints) : null;
        }
        catch (ArgumentException refusal)
        {
            problems.Add(node, Law.Of(refusal));
            return null;
        }
    }

    private static Constraint? Read(ScalarNode node, ImmutableArray<Parameter> parameters, Problems problems)
    {
        try
        {
            var constraint = Constraint.Parse(node.Text);
            constraint.Check(parameters);
            return constraint;
        }
        catch (FormatException refusal)
        {
            problems.Add(Inside(node, refusal.Message, out var message), message);
        }
        catch (ArgumentException refusal)
        {
            problems.Add(node, Law.Of(refusal));
        }

        return null;
    }

    /// <summary>The place in the file of a column of the expression.</summary>
    private static Mark Inside(ScalarNode node, string said, out string message)
    {
        var column = Column().Match(said);
        message = column.Success ? said[column.Length..] : said;
        return column.Success
            ? node.Mark with { Column = node.Mark.Column + int.Parse(column.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - (node.Quoted ? 0 : 1) }
            : node.Mark;
    }

    [GeneratedRegex("^Column ([0-9]+): ", RegexOptions.CultureInvariant)]
    private static partial Regex Column();
}
