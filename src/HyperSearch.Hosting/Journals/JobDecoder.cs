using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Journals;

/// <summary>Reads the jobs and outcomes that <see cref="JobEncoder"/> wrote. Unknown fields are passed over.</summary>
/// <remarks>Outcomes share what is alike in most of them: strings, the names of a point and of metrics, plain origins, epochs. Not
/// thread-safe.</remarks>
/// <param name="curves">Reads the columns of learning curves when they are asked for; <c>null</c> where they are kept.</param>
internal sealed partial class JobDecoder(ICurveSource? curves = null)
{
    private readonly NameCache _names = new();
    private readonly List<string> _pointNames = [];
    private readonly List<ParameterValue> _pointValues = [];
    private readonly Dictionary<OriginKind, Origin> _plain = [];
    private readonly List<double> _numbers = [];
    private readonly List<string> _metricNames = [];
    private ImmutableArray<string> _lastNames = [], _lastMetrics = [];
    private long _place;

    /// <summary>Reads a job.</summary>
    /// <exception cref="FormatException">The bytes are no job.</exception>
    public Job ReadJob(ReadOnlySpan<byte> payload)
    {
        try
        {
            return Parse(payload);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The bytes are no job: {error.Message}", error);
        }
    }

    /// <summary>Reads an outcome.</summary>
    /// <exception cref="StoreException">The record was written by a newer program, or makes no sense.</exception>
    public Outcome Read(JournalRecord record)
    {
        if (record.Version > JobEncoder.Version)
        {
            throw new StoreException(
                $"The outcome at offset {record.Offset} has version {record.Version}, written by a newer HyperSearch; this one reads " +
                $"versions up to {JobEncoder.Version}.");
        }

        try
        {
            _place = record.Offset;
            return Read(record.Payload);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new StoreException($"The outcome at offset {record.Offset} makes no sense although its checksum holds: {error.Message}",
                error);
        }
    }

    private Outcome Read(ReadOnlySpan<byte> payload)
    {
        var head = OutcomeHead.Read(payload);
        var json = new Utf8JsonReader(payload[OutcomeHead.Size..]);
        var outcome = new Body();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            ReadField(ref json, ref outcome);
        return new Outcome
        {
            Job = head.Job,
            Trial = head.Trial,
            Repeat = head.Repeat,
            FromEpochs = head.FromEpochs,
            ToEpochs = head.ToEpochs,
            Epochs = head.Epochs,
            State = head.State,
            Value = head.Value,
            Point = outcome.Point ?? throw new FormatException("it has no point"),
            Origin = outcome.Origin ?? throw new FormatException("it has no origin"),
            Measured = outcome.Metrics,
            Curve = outcome.Curve ?? LearningCurve.Empty,
            RowErrors = outcome.RowErrors,
            FirstSignals = outcome.FirstSignals,
            LastSignals = outcome.LastSignals,
            Reason = outcome.Reason,
            Error = outcome.Error,
            Attempts = outcome.Attempts ?? 1,
            Seconds = head.Seconds,
            Started = head.Started,
            Worker = outcome.Worker,
        };
    }

    private void ReadField(ref Utf8JsonReader json, ref Body outcome)
    {
        if (json.ValueTextEquals("point"u8))
            outcome.Point = ReadPoint(ref json);
        else if (json.ValueTextEquals("origin"u8))
            outcome.Origin = ReadOrigin(ref json);
        else if (json.ValueTextEquals("metrics"u8))
            outcome.Metrics = ReadMetrics(ref json);
        else if (json.ValueTextEquals("curve"u8))
            outcome.Curve = ReadCurve(ref json);
        else if (json.ValueTextEquals("rows"u8))
            outcome.RowErrors = ReadRows(ref json);
        else if (json.ValueTextEquals("first_signals"u8))
            outcome.FirstSignals = ReadSignals(ref json);
        else if (json.ValueTextEquals("last_signals"u8))
            outcome.LastSignals = ReadSignals(ref json);
        else if (json.ValueTextEquals("reason"u8))
            (_, outcome.Reason) = (json.Read(), json.GetString());
        else if (json.ValueTextEquals("error"u8))
            (_, outcome.Error) = (json.Read(), json.GetString());
        else if (json.ValueTextEquals("attempts"u8))
            (_, outcome.Attempts) = (json.Read(), json.GetInt32());
        else if (json.ValueTextEquals("worker"u8))
            (_, outcome.Worker) = (json.Read(), json.GetInt32());
        else
            json.Skip();
    }

    private Point ReadPoint(ref Utf8JsonReader json)
    {
        _pointNames.Clear();
        _pointValues.Clear();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Of(ref json);
            json.Read();
            _pointNames.Add(name);
            _pointValues.Add(json.TokenType switch
            {
                JsonTokenType.Number => json.GetDouble(),
                JsonTokenType.String => _names.Of(ref json),
                _ => json.GetBoolean(),
            });
        }

        return new Point(Shared(_pointNames, ref _lastNames), CollectionsMarshal.AsSpan(_pointValues));
    }

    private Origin ReadOrigin(ref Utf8JsonReader json)
    {
        var origin = new Origin(OriginKind.Global);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Of(ref json);
            json.Read();
            origin = name switch
            {
                "kind" => origin with { Kind = OriginWords.Kind(_names.Of(ref json)) },
                "around" => origin with { Around = ReadIntegers(ref json) },
                "width" => origin with { Width = ReadAny(ref json) },
                "zoom" => origin with { Zoom = ReadAny(ref json) },
                "change" => origin with { Change = json.GetString() },
                "evidence" => origin with { Evidence = ReadIntegers(ref json) },
                "rung" => origin with { Rung = json.GetInt32() },
                "low" => origin with { Low = ReadNumbers(ref json) },
                "high" => origin with { High = ReadNumbers(ref json) },
                "log_expected_improvement" => origin with { LogExpectedImprovement = ReadAny(ref json) },
                "decision" => origin with { Decision = json.GetString() },
                "note" => origin with { Note = json.GetString() },
                _ => Skipped(ref json, origin),
            };
        }

        if (_plain.TryGetValue(origin.Kind, out var plain) ? !plain.Equals(origin) : !origin.Equals(new Origin(origin.Kind)))
            return origin;
        return plain ?? (_plain[origin.Kind] = origin);
    }

    private NamedMetrics ReadMetrics(ref Utf8JsonReader json)
    {
        _metricNames.Clear();
        _numbers.Clear();
        var isOrdered = true;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _names.Of(ref json);
            isOrdered &= _metricNames.Count == 0 || string.CompareOrdinal(_metricNames[^1], name) < 0;
            json.Read();
            _metricNames.Add(name);
            _numbers.Add(json.GetDouble());
        }

        return isOrdered
            ? new NamedMetrics(Shared(_metricNames, ref _lastMetrics), [.. _numbers])
            : new NamedMetrics(_metricNames.Zip(_numbers, KeyValuePair.Create).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>The same names as in the outcome before, where they are.</summary>
    private static ImmutableArray<string> Shared(List<string> names, ref ImmutableArray<string> last) =>
        last.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(names)) ? last : last = [.. names];

    private static ImmutableArray<int> ReadIntegers(ref Utf8JsonReader json)
    {
        var values = ImmutableArray.CreateBuilder<int>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            values.Add(json.GetInt32());
        return values.DrainToImmutable();
    }

    private ImmutableArray<double> ReadNumbers(ref Utf8JsonReader json)
    {
        _numbers.Clear();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            _numbers.Add(ReadAny(ref json));
        return ImmutableArray.Create(CollectionsMarshal.AsSpan(_numbers));
    }

    private static double ReadAny(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null => double.NaN,
        JsonTokenType.String => json.ValueTextEquals("inf"u8) ? double.PositiveInfinity : double.NegativeInfinity,
        _ => json.GetDouble(),
    };

    private static T Skipped<T>(ref Utf8JsonReader json, T unchanged)
    {
        json.Skip();
        return unchanged;
    }

    private struct Body
    {
        public Point? Point;
        public Origin? Origin;
        public NamedMetrics Metrics;
        public LearningCurve? Curve;
        public RowErrors? RowErrors;
        public SignalNorms? FirstSignals, LastSignals;
        public string? Reason, Error;
        public int? Attempts;
        public int Worker;
    }
}
