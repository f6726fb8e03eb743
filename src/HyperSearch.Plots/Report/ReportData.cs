using System.Text.Json;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots.Report;

/// <summary>The trials as JSON for the page's table and parallel axes. The writer escapes angle brackets and ampersands, so no name can end
/// the script.</summary>
internal static class ReportData
{
    public static string Of(CampaignSummary summary)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Write(json, summary);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var axes = snapshot.Search.Space.Searched.Select(parameter => new ParameterAxis(parameter)).ToArray();
        var metrics = snapshot.Trials.SelectMany(trial => trial.Metrics.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => name != summary.Metric).Order(StringComparer.Ordinal).ToArray();
        json.WriteStartObject();
        json.WriteString("metric", summary.Metric);
        json.WriteBoolean("share", summary.IsShare);
        json.WriteStartArray("metrics");
        foreach (var name in metrics)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("axes");
        foreach (var axis in axes)
            Axis(json, axis.Parameter.Name, axis.Ticks(6, longest: 14));
        var value = summary.Axis();
        Axis(json, summary.Metric, new AxisTicks([.. value.Ticks(8).Major.Select(tick => (OnUnit(value, tick.Position), tick.Label))], []));
        json.WriteEndArray();
        json.WriteStartObject("scale");
        json.WriteBoolean("log", value.IsLog);
        Number(json, "low", value.Low);
        Number(json, "high", value.High);
        json.WriteBoolean("maximize", snapshot.Search.Maximize);
        json.WriteEndObject();
        json.WriteStartArray("rows");
        foreach (var (rank, trial, ranked) in Ranking.Rank(snapshot.Trials, snapshot.Search))
            Row(json, rank, trial, ranked, axes, metrics, value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Row(Utf8JsonWriter json, int rank, Trial trial, double? value, ParameterAxis[] axes, string[] metrics,
        ValueAxis scale)
    {
        json.WriteStartArray();
        json.WriteNumberValue(rank);
        json.WriteNumberValue(trial.Number);
        Number(json, value);
        json.WriteStringValue(CampaignSummary.Say(trial.State));
        json.WriteNumberValue(trial.Epochs);
        Number(json, double.IsFinite(trial.Seconds) ? Math.Round(trial.Seconds, 3) : null);
        json.WriteStringValue(trial.Origin.Kind.ToString().ToLowerInvariant());
        foreach (var axis in axes)
        {
            if (!trial.Point.TryGetValue(axis.Parameter.Name, out var chosen))
                json.WriteNullValue();
            else if (chosen.IsNumber)
                Number(json, chosen.Number);
            else
                json.WriteStringValue(chosen.ToString());
        }

        foreach (var metric in metrics)
            Number(json, trial.Metrics.TryGetValue(metric, out var measured) ? measured : null);
        json.WriteStringValue(trial.Reason ?? "");
        json.WriteStartArray();
        foreach (var axis in axes)
            Number(json, axis.Of(trial) is var u && double.IsFinite(u) ? Math.Round(u, 4) : null);
        Number(json, value is { } known ? Math.Round(OnUnit(scale, scale.At(known)), 4) : null);
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static void Axis(Utf8JsonWriter json, string name, AxisTicks ticks)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("ticks");
        foreach (var (position, label) in ticks.Major.Take(24))
        {
            json.WriteStartArray();
            Number(json, double.IsFinite(position) ? Math.Round(position, 4) : null);
            json.WriteStringValue(label);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double OnUnit(ValueAxis axis, double at) => Math.Clamp((at - axis.Bottom) / (axis.Top - axis.Bottom), 0, 1);

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        Number(json, value);
    }

    private static void Number(Utf8JsonWriter json, double? value)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumberValue(known);
        else
            json.WriteNullValue();
    }
}
