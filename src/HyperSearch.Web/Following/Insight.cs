using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Documents;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Plots.Report;

namespace HyperSearch.Web.Following;

/// <summary>What follows from the trials: the winner and how sure it is, the diagnosis, the rounds of the search.</summary>
internal static class Insight
{
    private const int MostRounds = 200;
    private const int MostBoxes = 16;

    /// <summary>The document for a page.</summary>
    public static string Of(CampaignSnapshot now) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        if (new CampaignSummary(now) is { Best: { } best } summary)
            Winner(json, summary, best);
        if (!now.Trials.IsEmpty)
            Diagnosis(json, Diagnostician.Diagnose(now));
        var rounds = Rounds.Of(now);
        json.WriteObjects("boxes", Boxes(now), static (writer, trial) =>
        {
            writer.WriteArray("low", trial.Origin.Low, static (inner, side) => inner.WriteNumberValue(side));
            writer.WriteArray("high", trial.Origin.High, static (inner, side) => inner.WriteNumberValue(side));
        });
        json.WriteString("no_rounds", rounds.IsEmpty && !now.Trials.IsEmpty ? Rounds.WhyNone(now) : null);
        json.WriteObjects("rounds", rounds.TakeLast(MostRounds).Reverse(), (writer, round) =>
        {
            writer.WriteNumber("round", round.Number);
            writer.WriteNumber("from", round.Trials[0]);
            writer.WriteNumber("to", round.Trials[^1]);
            writer.WriteNumber("zoom", (double?)round.Zoom);
            writer.WriteNumber("best", round.Best?.Value);
            writer.WriteString("why", round.Why);
        });
        json.WriteEndObject();
    });

    /// <summary>Trials that were drawn from boxes, evenly spread over the campaign, the last among them.</summary>
    private static IEnumerable<Trial> Boxes(CampaignSnapshot now)
    {
        var sides = now.Search.Space.Searched.Length;
        Trial[] drawn = [.. now.Trials.Where(trial => trial.Origin.Low.Length == sides && trial.Origin.High.Length == sides)];
        var stride = Math.Max(1, drawn.Length / MostBoxes);
        return drawn.Where((_, index) => (drawn.Length - 1 - index) % stride == 0).TakeLast(MostBoxes);
    }

    private static void Winner(Utf8JsonWriter json, CampaignSummary summary, Trial best)
    {
        json.WriteStartObject("winner");
        json.WriteNumber("trial", best.Number);
        json.WriteStartArray("point");
        foreach (var (name, value) in best.Point)
        {
            json.WriteStartArray();
            json.WriteStringValue(name);
            json.WriteStringValue(Figures.Brief(value));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteArray("sure", WinnerSection.HowSure(summary, best), static (writer, sentence) => writer.WriteStringValue(sentence));
        json.WriteEndObject();
    }

    private static void Diagnosis(Utf8JsonWriter json, Diagnosis diagnosis)
    {
        json.WriteStartObject("diagnosis");
        json.WriteString("summary", diagnosis.TooFew is { } few ? $"{diagnosis.Summary} {few}" : diagnosis.Summary);
        var items = diagnosis.Next.Select(advice => (Text: advice.Text, Lines: (IReadOnlyList<string>)advice.Lines))
            .Concat(diagnosis.Edges.Select(edge =>
                (Text: edge.Sentence, Lines: (IReadOnlyList<string>)(edge.Advised is { } line ? [line] : []))))
            .Concat(diagnosis.Signals.Select(signals => (Text: signals.Sentence, Lines: (IReadOnlyList<string>)signals.Lines)));
        json.WriteObjects("items", items, static (writer, item) =>
        {
            writer.WriteString("text", item.Text);
            writer.WriteArray("lines", item.Lines, static (inner, line) => inner.WriteStringValue(line));
        });
        json.WriteEndObject();
    }
}
