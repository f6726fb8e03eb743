using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Documents;

/// <summary>Rounds as JSON.</summary>
internal static class RoundDocument
{
    /// <summary>All rounds.</summary>
    public static void WriteAll(Utf8JsonWriter json, CampaignSnapshot campaign, IEnumerable<Round> rounds)
    {
        json.WriteStartObject();
        json.WriteString("campaign", campaign.Name);
        json.WriteArray("rounds", rounds, Write);
        json.WriteNull("reason");
        json.WriteEndObject();
    }

    /// <summary>The reason why there are none.</summary>
    public static void WriteNone(Utf8JsonWriter json, CampaignSnapshot campaign)
    {
        json.WriteStartObject();
        json.WriteString("campaign", campaign.Name);
        json.WriteArray("rounds", Array.Empty<Round>(), Write);
        json.WriteString("reason", Rounds.WhyNone(campaign));
        json.WriteEndObject();
    }

    /// <summary>One round.</summary>
    public static void Write(Utf8JsonWriter json, Round round)
    {
        json.WriteStartObject();
        json.WriteNumber("round", round.Number);
        json.WriteArray("trials", round.Trials, static (writer, trial) => writer.WriteNumberValue(trial));
        json.WriteNumber("zoom", (double?)round.Zoom);
        json.WriteNumber("zoom_before", round.ZoomBefore);
        json.WriteNumber("rung", round.Rung);
        json.WriteString("cause", DocumentWriting.Name(round.Cause));
        json.WriteString("why", round.Why);
        json.WriteArray("evidence", round.Evidence, Write);
        json.WriteStartObject("rules");
        foreach (var (rule, trials) in round.Rules)
            json.WriteNumber(DocumentWriting.Name(rule), trials);
        json.WriteEndObject();
        json.WriteObjects("centres", round.Centres, static (writer, entry) =>
        {
            WriteFields(writer, entry.Centre);
            writer.WriteNumber("hops", entry.Hops);
        });
        Write(json, "best_before", round.BestBefore);
        Write(json, "best", round.Best);
        if (round.Box is { } box)
            Write(json, box);
        else
            json.WriteNull("box");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RoundBox box)
    {
        json.WriteStartObject("box");
        json.WriteNumber("trial", box.Trial);
        json.WriteNumber("trial_before", box.TrialBefore);
        json.WriteArray("around", box.Around, Write);
        json.WriteArray("entered", box.Entered, Write);
        json.WriteArray("left", box.Left, Write);
        json.WriteObjects("sides", box.Sides, static (writer, side) =>
        {
            writer.WriteString("parameter", side.Parameter);
            writer.WritePropertyName("low");
            DocumentWriting.WriteValue(writer, side.Low);
            writer.WritePropertyName("high");
            DocumentWriting.WriteValue(writer, side.High);
            writer.WriteNumber("width", (double?)side.Width);
            writer.WriteNumber("width_before", side.WidthBefore);
            writer.WriteNumber("moved", side.Moved);
            writer.WriteNumber("low_trial", side.LowTrial);
            writer.WriteNumber("high_trial", side.HighTrial);
        });
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, SeenTrial? seen)
    {
        json.WritePropertyName(name);
        if (seen is null)
            json.WriteNullValue();
        else
            Write(json, seen);
    }

    private static void Write(Utf8JsonWriter json, SeenTrial seen)
    {
        json.WriteStartObject();
        WriteFields(json, seen);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, SeenTrial seen)
    {
        json.WriteNumber("trial", seen.Trial);
        json.WriteNumber("value", seen.Value);
        json.WriteString("origin", DocumentWriting.Name(seen.Kind));
    }
}
