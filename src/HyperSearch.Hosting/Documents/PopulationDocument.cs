using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Documents;

/// <summary>The steps of a population as JSON, and the lineage of a trial.</summary>
internal static class PopulationDocument
{
    /// <summary>All steps.</summary>
    public static void WriteAll(Utf8JsonWriter json, CampaignSnapshot campaign, IEnumerable<PopulationStep> steps)
    {
        json.WriteStartObject();
        json.WriteString("campaign", campaign.Name);
        json.WriteArray("rounds", Array.Empty<Round>(), RoundDocument.Write);
        json.WriteString("reason", "The population of pbt has steps instead of rounds.");
        json.WriteObjects("steps", steps, static (writer, step) =>
        {
            writer.WriteNumber("population", step.Population);
            writer.WriteNumber("epochs", step.Epochs);
            writer.WriteObjects("copies", step.Copies, Write);
        });
        json.WriteEndObject();
    }

    /// <summary>The configurations that a trial's network was trained with in turn; empty for a trial that began from nothing.</summary>
    public static void WriteLineage(Utf8JsonWriter json, Trial trial)
    {
        var from = 0;
        json.WriteObjects("lineage", trial.Past.IsEmpty ? [] : Lineage.Of(trial), (writer, stretch) =>
        {
            writer.WriteNumber("trial", stretch.Trial);
            writer.WriteNumber("from_epochs", from);
            writer.WriteNumber("to_epochs", stretch.ToEpochs);
            writer.WritePoint("params", stretch.Point);
            from = stretch.ToEpochs;
        });
    }

    private static void Write(Utf8JsonWriter json, PopulationCopy copy)
    {
        json.WriteNumber("trial", copy.Trial);
        json.WriteNumber("parent", copy.Parent.Trial);
        json.WriteNumber("parent_value", copy.Parent.Value);
        json.WriteNumber("instead", copy.Instead.Trial);
        json.WriteNumber("instead_value", copy.Instead.Value);
        json.WriteString("why", copy.Why);
        json.WriteObjects("changes", copy.Moves, static (writer, move) =>
        {
            writer.WriteString("parameter", move.Parameter);
            Write(writer, "from", move.From);
            Write(writer, "to", move.To);
        });
    }

    private static void Write(Utf8JsonWriter json, string name, ParameterValue? value)
    {
        switch (value?.Boxed)
        {
            case null: json.WriteNull(name); break;
            case double number: json.WriteNumber(name, (double?)number); break;
            case bool isOn: json.WriteBoolean(name, isOn); break;
            case var word: json.WriteString(name, (string)word); break;
        }
    }
}
