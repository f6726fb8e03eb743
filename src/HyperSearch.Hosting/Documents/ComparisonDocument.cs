using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Documents;

/// <summary>Campaigns side by side, as JSON: <c>compare --json</c>.</summary>
internal static class ComparisonDocument
{
    /// <summary>Writes it.</summary>
    /// <param name="json">Where to write it.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="goal">The metric that the campaigns decide by, and its direction.</param>
    public static void Write(Utf8JsonWriter json, CampaignComparison comparison, Goal goal)
    {
        json.WriteStartObject();
        json.WriteString("metric", goal.Metric);
        json.WriteBoolean("maximize", goal.Maximize);
        json.WriteObjects("groups", comparison.Groups, (writer, group) =>
        {
            writer.WriteString("name", group.Name);
            writer.WriteNumber("median", (double?)group.Median);
            writer.WriteNumber("best", (double?)group.Ordered(goal.Maximize).DefaultIfEmpty(double.NaN).First());
            writer.WriteNumber("worst", (double?)group.Ordered(goal.Maximize).DefaultIfEmpty(double.NaN).Last());
            writer.WriteNumber("trials", group.Trials);
            writer.WriteObjects("campaigns", group.Campaigns.Zip(group.Best), static (list, entry) =>
            {
                list.WriteString("campaign", entry.First);
                list.WriteNumber("best", (double?)entry.Second);
            });
        });
        json.WriteObjects("pairs", comparison.Pairs, static (writer, pair) =>
        {
            writer.WriteString("first", pair.First);
            writer.WriteString("second", pair.Second);
            writer.WriteNumber("win_share", (double?)pair.WinShare);
            writer.WriteNumber("p_value", pair.PValue);
            writer.WriteString("sentence", pair.Sentence);
        });
        json.WriteObjects("by_hand", comparison.SteppedInto, static (writer, campaign) =>
        {
            writer.WriteString("campaign", campaign.Name);
            writer.WriteArray("interventions", campaign.Interventions, static (list, sentence) => list.WriteStringValue(sentence));
        });
        json.WriteString("warning", comparison.Warning);
        json.WriteEndObject();
    }
}
