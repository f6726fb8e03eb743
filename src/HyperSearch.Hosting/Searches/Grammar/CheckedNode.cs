using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>Reads the values of nodes whose shapes have been checked.</summary>
internal static class CheckedNode
{
    /// <summary>The text as written.</summary>
    public static string AsText(this Node node) => ((ScalarNode)node).Text;

    /// <summary>The number.</summary>
    public static double AsNumber(this Node node) => ((ScalarNode)node).Number!.Value;

    /// <summary>The whole number.</summary>
    public static long AsWhole(this Node node) => (long)node.AsNumber();

    /// <summary>The whole number as an <see cref="int"/>, whose range its shape has checked.</summary>
    public static int AsCount(this Node node) => (int)node.AsNumber();

    /// <summary>The Boolean.</summary>
    public static bool AsBoolean(this Node node) => ((ScalarNode)node).Boolean!.Value;

    /// <summary>The duration.</summary>
    public static TimeSpan AsDuration(this Node node) => DurationShape.Read(node.AsText())!.Value;

    /// <summary>The value of a parameter.</summary>
    public static ParameterValue AsValue(this Node node) => ((ScalarNode)node).Value!.Value;

    /// <summary>The items of a list, or a single value as a list of one.</summary>
    public static ImmutableArray<Node> AsItems(this Node node) => node is ListNode list ? list.Items : [node];
}
