using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Journals;

/// <summary>Writes jobs and outcomes as bytes that any process can read by <see cref="JobDecoder"/>: the journal's payloads, and the
/// messages that a worker elsewhere is sent.</summary>
/// <remarks>
/// A job is one JSON object, an outcome its <see cref="OutcomeHead"/> followed by one; a field with its default value is left out. Numbers
/// are the shortest digits that read back exactly. NaN, in a curve only, is <c>null</c>; infinities, in curves and limits, are words. Not
/// thread-safe.
/// </remarks>
internal sealed class JobEncoder : IDisposable
{
    /// <summary>The latest version of the form of an outcome.</summary>
    public const byte Version = 2;

    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });

    /// <summary>The version that an outcome needs.</summary>
    /// <remarks>Only repeats need the second: a program that knows nothing of them refuses it instead of taking them for trials.</remarks>
    public static byte VersionOf(Outcome outcome) => outcome.Repeat > 0 ? Version : (byte)1;

    /// <summary>Refuses an outcome that cannot be kept.</summary>
    /// <exception cref="ArgumentException">A value, a metric, a parameter or the seconds are NaN or infinite.</exception>
    public static void ThrowIfNotFinite(Outcome outcome)
    {
        if (outcome.Value is { } value)
            Finite(value, "value");
        Finite(outcome.Seconds, "seconds");
        foreach (var (name, parameter) in outcome.Point)
        {
            if (parameter.IsNumber)
                Finite(parameter.Number, name);
        }

        foreach (var (name, metric) in outcome.Measured.Pairs)
            Finite(metric, name);
    }

    /// <summary>Writes a job.</summary>
    /// <exception cref="ArgumentException">A parameter is NaN or infinite.</exception>
    public void Write(Job job, IBufferWriter<byte> target)
    {
        _json.Reset(target);
        _json.WriteStartObject();
        _json.WriteNumber("job"u8, job.Number);
        _json.WriteNumber("trial"u8, job.Trial);
        if (job.Repeat != 0)
            _json.WriteNumber("repeat"u8, job.Repeat);
        _json.WriteNumber("from_epochs"u8, job.FromEpochs);
        _json.WriteNumber("to_epochs"u8, job.ToEpochs);
        _json.WriteNumber("seed"u8, job.Seed);
        if (job.Parent is { } parent)
            _json.WriteNumber("parent"u8, parent);
        WritePoint(job.Point);
        WriteOrigin(job.Origin);
        WritePast(job.Past);
        if (job.Stop is { } stop)
        {
            _json.WriteStartObject("stop"u8);
            WriteNumbers("limit"u8, stop.Limit);
            _json.WriteString("reason"u8, stop.Reason);
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Writes an outcome.</summary>
    /// <exception cref="ArgumentException">A value, a metric or a parameter is NaN or infinite.</exception>
    public void Write(Outcome outcome, IBufferWriter<byte> target)
    {
        ThrowIfNotFinite(outcome);
        new OutcomeHead(
            outcome.Job, outcome.Trial, outcome.Repeat, outcome.FromEpochs, outcome.ToEpochs, outcome.Epochs, outcome.State, outcome.Value,
            outcome.Started, outcome.Seconds, outcome.Worker).Write(target);
        _json.Reset(target);
        _json.WriteStartObject();
        WritePoint(outcome.Point);
        WriteOrigin(outcome.Origin);
        WriteMetrics(outcome.Measured);
        WriteCurve(outcome.Curve);
        WriteRows(outcome.RowErrors);
        WriteSignals("first_signals"u8, outcome.FirstSignals);
        WriteSignals("last_signals"u8, outcome.LastSignals);
        if (outcome.Reason is { } reason)
            _json.WriteString("reason"u8, reason);
        if (outcome.Error is { } error)
            _json.WriteString("error"u8, error);
        if (outcome.Attempts != 1)
            _json.WriteNumber("attempts"u8, outcome.Attempts);
        if (outcome.Worker != 0)
            _json.WriteNumber("worker"u8, outcome.Worker);
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void WritePoint(Point point)
    {
        _json.WriteStartObject("point"u8);
        foreach (var (name, value) in point)
        {
            if (value.IsWord)
                _json.WriteString(name, (string)value.Boxed);
            else if (value.IsBoolean)
                _json.WriteBoolean(name, (bool)value.Boxed);
            else
                _json.WriteNumber(name, Finite(value.Number, name));
        }

        _json.WriteEndObject();
    }

    private void WritePast(ImmutableArray<Stretch> past)
    {
        if (past.IsEmpty)
            return;
        _json.WriteStartArray("past"u8);
        foreach (var stretch in past)
        {
            _json.WriteStartObject();
            _json.WriteNumber("trial"u8, stretch.Trial);
            _json.WriteNumber("to_epochs"u8, stretch.ToEpochs);
            WritePoint(stretch.Point);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteOrigin(Origin origin)
    {
        _json.WriteStartObject("origin"u8);
        _json.WriteString("kind"u8, OriginWords.Of(origin.Kind));
        WriteTrials("around"u8, origin.Around);
        WriteOptional("width"u8, origin.Width);
        WriteOptional("zoom"u8, origin.Zoom);
        if (origin.Change is { } change)
            _json.WriteString("change"u8, change);
        WriteTrials("evidence"u8, origin.Evidence);
        if (origin.Rung is { } rung)
            _json.WriteNumber("rung"u8, rung);
        WriteNumbers("low"u8, origin.Low);
        WriteNumbers("high"u8, origin.High);
        WriteOptional("log_expected_improvement"u8, origin.LogExpectedImprovement);
        if (origin.Decision is { } decision)
            _json.WriteString("decision"u8, decision);
        if (origin.Note is { } note)
            _json.WriteString("note"u8, note);
        _json.WriteEndObject();
    }

    private void WriteTrials(ReadOnlySpan<byte> name, ImmutableArray<int> trials)
    {
        if (trials.IsDefaultOrEmpty)
            return;
        _json.WriteStartArray(name);
        foreach (var trial in trials)
            _json.WriteNumberValue(trial);
        _json.WriteEndArray();
    }

    private void WriteMetrics(NamedMetrics metrics)
    {
        if (metrics.IsEmpty)
            return;
        _json.WriteStartObject("metrics"u8);
        foreach (var (name, value) in metrics.Pairs)
            _json.WriteNumber(name, Finite(value, name));
        _json.WriteEndObject();
    }

    private void WriteRows(RowErrors? errors)
    {
        if (errors is null)
            return;
        _json.WriteStartObject("rows"u8);
        _json.WriteNumber("count"u8, errors.Rows);
        _json.WriteBase64String(errors.IsShare ? "wrong"u8 : "losses"u8, errors.Bytes.AsSpan());
        _json.WriteEndObject();
    }

    private void WriteSignals(ReadOnlySpan<byte> name, SignalNorms? signals)
    {
        if (signals is null)
            return;
        _json.WriteStartObject(name);
        _json.WriteNumber("epoch"u8, signals.Epoch);
        WriteNumbers("activations"u8, signals.Activations);
        WriteNumbers("gradients"u8, signals.Gradients);
        _json.WriteEndObject();
    }

    private void WriteCurve(LearningCurve curve)
    {
        if (curve.Epochs.IsEmpty)
            return;
        _json.WriteStartObject("curve"u8);
        WriteEpochs(curve.Epochs);
        _json.WriteStartObject("columns"u8);
        foreach (var (name, column) in curve.Columns)
        {
            _json.WriteStartArray(name);
            foreach (var value in column)
                WriteAny(value);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    /// <summary>Consecutive epochs, the rule, are written as the first and their number; others one by one.</summary>
    private void WriteEpochs(ImmutableArray<int> epochs)
    {
        var consecutive = true;
        for (var i = 1; i < epochs.Length; i++)
            consecutive &= epochs[i] == epochs[0] + i;
        if (consecutive)
        {
            _json.WriteStartObject("epochs"u8);
            _json.WriteNumber("first"u8, epochs[0]);
            _json.WriteNumber("count"u8, epochs.Length);
            _json.WriteEndObject();
            return;
        }

        _json.WriteStartArray("epochs"u8);
        foreach (var epoch in epochs)
            _json.WriteNumberValue(epoch);
        _json.WriteEndArray();
    }

    private void WriteNumbers(ReadOnlySpan<byte> name, ImmutableArray<double> values)
    {
        if (values.IsDefaultOrEmpty)
            return;
        _json.WriteStartArray(name);
        foreach (var value in values)
            WriteAny(value);
        _json.WriteEndArray();
    }

    private void WriteOptional(ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } number)
            return;
        _json.WritePropertyName(name);
        WriteAny(number);
    }

    private void WriteAny(double value)
    {
        if (double.IsFinite(value))
            _json.WriteNumberValue(value);
        else if (double.IsNaN(value))
            _json.WriteNullValue();
        else
            _json.WriteStringValue(value > 0 ? "inf"u8 : "-inf"u8);
    }

    private static double Finite(double value, string what) => double.IsFinite(value)
        ? value
        : throw new ArgumentException(
            $"An outcome's point, value, metrics and seconds are finite numbers, but {what} is {value}. Leave it out; the state " +
            "says that the trial diverged.");
}
