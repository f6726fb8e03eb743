using System.Text.Json;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Documents;

/// <summary>JSON as scripts rely on it: snake_case names, numbers as numbers with all their digits, <c>null</c> where there is
/// none.</summary>
internal static class DocumentWriting
{
    /// <summary>The name of a state in documents: <c>timed_out</c>.</summary>
    public static string Name<T>(T state)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>Writes a number, or <c>null</c> when it is missing, NaN or infinite.</summary>
    public static void WriteNumber(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known && double.IsFinite(known))
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes a configuration as an object.</summary>
    public static void WritePoint(this Utf8JsonWriter json, string name, Point point)
    {
        json.WritePropertyName(name);
        json.WritePoint(point);
    }

    /// <summary>Writes a configuration as an element of an array.</summary>
    public static void WritePoint(this Utf8JsonWriter json, Point point)
    {
        json.WriteStartObject();
        foreach (var (parameter, value) in point)
        {
            json.WritePropertyName(parameter);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes what people wrote about a campaign into the current object.</summary>
    public static void WriteNotes(this Utf8JsonWriter json, CampaignNotes notes)
    {
        json.WriteArray("tags", notes.Tags, static (writer, tag) => writer.WriteStringValue(tag));
        json.WriteString("note", notes.Note.Length > 0 ? notes.Note : null);
    }

    /// <summary>Writes metrics as an object.</summary>
    public static void WriteMetrics(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        json.WriteStartObject(name);
        foreach (var (metric, value) in metrics)
            json.WriteNumber(metric, (double?)value);
        json.WriteEndObject();
    }

    /// <summary>Writes a ranked trial with the fields that every list of trials has.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="ranked">The trial.</param>
    /// <param name="confirming">Whether to write the repeats: in campaigns that confirm their leaders.</param>
    public static void WriteRanked(this Utf8JsonWriter json, RankedTrial ranked, bool confirming)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", ranked.Rank);
        json.WriteTrial(ranked.Trial, ranked.Value);
        if (ranked.Front is { } front)
        {
            json.WriteNumber("front", front);
            json.WriteNumber("crowding", ranked.Crowding);
        }

        if (confirming)
            json.WriteConfirmation("confirmed", ranked.Trial);
        json.WriteEndObject();
    }

    /// <summary>Writes what repeats have shown of a trial: their mean is the <c>value</c> that it is ranked by, and <c>search_value</c> the
    /// selected, so lucky, score that is not in it; <c>null</c> where it was not confirmed.</summary>
    public static void WriteConfirmation(this Utf8JsonWriter json, string name, Trial trial)
    {
        if (trial.Confirmed is not { } confirmed)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("mean", (double?)confirmed.Mean);
        json.WriteNumber("standard_error", confirmed.StandardError);
        json.WriteNumber("repeats", trial.Repeats.Length);
        json.WriteNumber("diverged", confirmed.Diverged);
        json.WriteArray("values", confirmed.Values, static (writer, value) => writer.WriteNumberValue(value));
        json.WriteNumber("search_value", trial.Value);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields of a trial into the current object.</summary>
    public static void WriteTrial(this Utf8JsonWriter json, Trial trial, double? value)
    {
        json.WriteNumber("trial", trial.Number);
        json.WriteString("state", Name(trial.State));
        json.WriteNumber("value", value);
        json.WritePoint("params", trial.Point);
        json.WriteMetrics("metrics", trial.Measured.Pairs);
        json.WriteNumber("epochs", trial.Epochs);
        json.WriteNumber("seconds", (double?)trial.Seconds);
        json.WriteString("origin", Name(trial.Origin.Kind));
    }

    /// <summary>Writes the origin of a trial, with all of its fields.</summary>
    public static void WriteOrigin(this Utf8JsonWriter json, string name, Origin origin)
    {
        json.WriteStartObject(name);
        json.WriteString("kind", Name(origin.Kind));
        json.WriteArray("around", origin.Around, static (writer, trial) => writer.WriteNumberValue(trial));
        json.WriteNumber("width", origin.Width);
        json.WriteNumber("zoom", origin.Zoom);
        json.WriteString("change", origin.Change);
        json.WriteArray("evidence", origin.Evidence, static (writer, trial) => writer.WriteNumberValue(trial));
        json.WriteNumber("rung", origin.Rung);
        json.WriteArray("low", origin.Low, static (writer, bound) => writer.WriteNumberValue(bound));
        json.WriteArray("high", origin.High, static (writer, bound) => writer.WriteNumberValue(bound));
        json.WriteNumber("log_expected_improvement", origin.LogExpectedImprovement);
        json.WriteString("decision", origin.Decision);
        json.WriteString("note", origin.Note);
        json.WriteEndObject();
    }

    /// <summary>Writes a learning curve as columns; <c>null</c> where a metric was not measured.</summary>
    public static void WriteCurve(this Utf8JsonWriter json, string name, LearningCurve curve)
    {
        json.WriteStartObject(name);
        json.WriteArray("epoch", curve.Epochs, static (writer, epoch) => writer.WriteNumberValue(epoch));
        foreach (var (metric, column) in curve.Columns)
            json.WriteArray(metric, column, WriteFinite);
        json.WriteEndObject();
    }

    /// <summary>Writes an array.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            write(json, value);
        json.WriteEndArray();
    }

    /// <summary>Writes an array of objects.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> values, Action<Utf8JsonWriter, T> write) =>
        json.WriteArray(name, values, (writer, value) =>
        {
            writer.WriteStartObject();
            write(writer, value);
            writer.WriteEndObject();
        });

    private static void WriteFinite(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    /// <summary>Writes a parameter's value in its own type.</summary>
    public static void WriteValue(Utf8JsonWriter json, ParameterValue value)
    {
        switch (value.Boxed)
        {
            case double number:
                WriteFinite(json, number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    /// <summary>Writes the signals in a network's hidden layers; a norm that is no number is null.</summary>
    public static void WriteSignals(this Utf8JsonWriter json, string name, SignalNorms? signals)
    {
        if (signals is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("epoch", signals.Epoch);
        json.WriteArray("activations", signals.Activations, WriteFinite);
        json.WriteArray("gradients", signals.Gradients, WriteFinite);
        json.WriteEndObject();
    }
}
