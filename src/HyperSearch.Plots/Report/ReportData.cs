using System.Text.Json;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots.Report;

/// <summary>The trials as JSON for the table, the history and the parallel axes of a page. The writer escapes angle brackets and
/// ampersands, so no name can end the script.</summary>
internal sealed class ReportData
{
    private readonly CampaignSummary _summary;
    private readonly ParameterAxis[] _axes;
    private readonly ValueAxis _value;

    public ReportData(CampaignSummary summary)
    {
        _summary = summary;
        _axes = [.. summary.Snapshot.Search.Space.Searched.Select(parameter => new ParameterAxis(parameter))];
        _value = summary.Axis();
        Metrics = [.. NamedMetrics.NamesOf(summary.Snapshot.Trials)
            .Where(name => name != summary.Metric).Order(StringComparer.Ordinal)];
    }

    /// <summary>The metrics beside the one that decides: a column each.</summary>
    public string[] Metrics { get; }

    public static string Of(CampaignSummary summary)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            new ReportData(summary).Write(json, Ranking.Rank(summary.Snapshot.Trials, summary.Snapshot.Search));
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes all of it as one object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="ranked">The trials to show, by rank.</param>
    public void Write(Utf8JsonWriter json, IEnumerable<RankedTrial> ranked)
    {
        json.WriteStartObject();
        json.WriteString("metric", _summary.Metric);
        json.WriteBoolean("share", _summary.IsShare);
        json.WriteStartArray("metrics");
        foreach (var name in Metrics)
            json.WriteStringValue(name);
        json.WriteEndArray();
        if (!_summary.Snapshot.Search.Further.IsEmpty)
            Goals(json);
        json.WriteStartArray("axes");
        foreach (var axis in _axes)
            Axis(json, axis.Parameter.Name, axis.Ticks(6, longest: 14), axis.NeedsJitter);
        WriteValueAxis(json);
        json.WriteEndArray();
        WriteScale(json);
        WriteRows(json, ranked);
        json.WriteEndObject();
    }

    /// <summary>Writes the axis of the metric as an element of an array.</summary>
    public void WriteValueAxis(Utf8JsonWriter json) => Axis(json, _summary.Metric,
        new AxisTicks([.. _value.Ticks(8).Major.Select(tick => (OnUnit(_value, tick.Position), tick.Label))], []));

    /// <summary>Writes the ends of the axis of the metric as <c>scale</c>.</summary>
    public void WriteScale(Utf8JsonWriter json)
    {
        json.WriteStartObject("scale");
        json.WriteBoolean("log", _value.IsLog);
        Number(json, "low", _value.Low);
        Number(json, "high", _value.High);
        json.WriteBoolean("maximize", _summary.Snapshot.Search.Maximize);
        json.WriteEndObject();
    }

    /// <summary>Writes trials as <c>rows</c>.</summary>
    public void WriteRows(Utf8JsonWriter json, IEnumerable<RankedTrial> ranked)
    {
        json.WriteStartArray("rows");
        foreach (var (rank, trial, value) in ranked)
            Row(json, rank, trial, value);
        json.WriteEndArray();
    }

    private void Goals(Utf8JsonWriter json)
    {
        json.WriteStartArray("goals");
        foreach (var goal in _summary.Snapshot.Search.Goals)
        {
            json.WriteStartObject();
            json.WriteString("metric", goal.Metric);
            json.WriteBoolean("maximize", goal.Maximize);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Row(Utf8JsonWriter json, int rank, Trial trial, double? value)
    {
        json.WriteStartArray();
        json.WriteNumberValue(rank);
        json.WriteNumberValue(trial.Number);
        Number(json, value);
        json.WriteStringValue(CampaignSummary.Say(trial.State));
        json.WriteNumberValue(trial.Epochs);
        Number(json, double.IsFinite(trial.Seconds) ? Math.Round(trial.Seconds, 3) : null);
        json.WriteStringValue(trial.Origin.Kind.ToString().ToLowerInvariant());
        foreach (var axis in _axes)
        {
            if (!trial.Point.TryGetValue(axis.Parameter.Name, out var chosen))
                json.WriteNullValue();
            else if (chosen.IsNumber)
                Number(json, chosen.Number);
            else
                json.WriteStringValue(chosen.ToString());
        }

        foreach (var metric in Metrics)
            Number(json, trial.Measured.Find(metric));
        json.WriteStringValue(trial.Reason ?? "");
        json.WriteStartArray();
        foreach (var axis in _axes)
            Number(json, axis.Of(trial) is var u && double.IsFinite(u) ? Math.Round(u, 4) : null);
        Number(json, value is { } known ? Math.Round(OnUnit(_value, _value.At(known)), 4) : null);
        json.WriteEndArray();
        json.WriteEndArray();
    }

    private static void Axis(Utf8JsonWriter json, string name, AxisTicks ticks, bool few = false)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        if (few)
            json.WriteBoolean("few", true); // points lie on top of each other
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
