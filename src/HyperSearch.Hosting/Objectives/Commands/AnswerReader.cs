using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// Reads a line of output as a JSON object, with the tokens <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> that Python's and JavaScript's
/// writers add to JSON.
/// </summary>
internal static class AnswerReader
{
    /// <summary>Reads a line.</summary>
    /// <returns><c>null</c> when the line is anything but one JSON object.</returns>
    public static Answer? Read(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t"u8);
        if (line.IsEmpty || line[0] != (byte)'{' || line[^1] != (byte)'}')
            return null;
        try
        {
            return Parse(line);
        }
        catch (JsonException)
        {
            return Quoted(line) is { } quoted ? ReadQuoted(quoted) : null;
        }
    }

    /// <summary>Reads a line that ends with a JSON object which has a metric: <c>INFO: {"loss": 0.5}</c>.</summary>
    /// <remarks>
    /// Only an object with the metric counts, because logs show other objects too: <c>options: {"lr": 0.1}</c>.
    /// </remarks>
    /// <returns><c>null</c> when the line is not of that kind.</returns>
    public static Answer? ReadAfterPrefix(ReadOnlySpan<byte> line, string metric)
    {
        line = line.Trim(" \t"u8);
        if (line.IsEmpty || line[0] == (byte)'{' || line[^1] != (byte)'}' || line.IndexOf((byte)'{') is not (> 0 and var start))
            return null;
        return Read(line[start..]) is { IsMeasurement: true } answer && answer.Metrics.ContainsKey(metric) ? answer : null;
    }

    private static Answer? ReadQuoted(byte[] line)
    {
        try
        {
            return Parse(line);
        }
        catch (JsonException)
        {
            return null; // not JSON even so: a line of log
        }
    }

    private static Answer Parse(ReadOnlySpan<byte> line)
    {
        var metrics = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var answer = new Answer(ImmutableDictionary<string, double>.Empty);
        var reader = new Utf8JsonReader(line);
        var gaveUp = false;
        var written = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            var number = NumberOf(ref reader);
            switch (name)
            {
                case "trial":
                    answer = answer with { Trial = Whole(number, long.MaxValue) };
                    break;
                case "epoch":
                    var epoch = (int?)Whole(number, int.MaxValue);
                    answer = answer with { Epoch = epoch, HasWrongEpoch = epoch is null };
                    break;
                case "done" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    answer = answer with { Done = reader.GetBoolean() };
                    break;
                case "retry" when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                    answer = answer with { Retry = reader.GetBoolean() };
                    break;
                case "error" when reader.TokenType == JsonTokenType.String:
                    answer = answer with { Error = Text(ref reader) };
                    break;
                case "error" when reader.TokenType is JsonTokenType.True or JsonTokenType.Null:
                    gaveUp = true;
                    break;
                case "error" when reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray:
                    answer = answer with { Error = Encoding.UTF8.GetString(Value(ref reader, line)) };
                    break;
                default:
                    if (number is not { } value)
                        break;
                    metrics[name] = value;
                    if (!double.IsFinite(value) && reader.TokenType is JsonTokenType.Null or JsonTokenType.Number)
                        written[name] = Encoding.UTF8.GetString(reader.ValueSpan);
                    else
                        written.Remove(name);
                    break;
            }

            reader.Skip();
        }

        while (reader.Read())
        {
            // to the end, so that anything after the object is found to be wrong
        }

        answer = answer with { Metrics = metrics.ToImmutable(), Written = written.ToImmutable() };
        // Many a library writes "error": null beside a measurement to say that there was none.
        return gaveUp && answer.Error is null && metrics.Count == 0 ? answer with { Error = "an error, without a word about it" } : answer;
    }

    private static ReadOnlySpan<byte> Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return line[start..(int)reader.BytesConsumed];
    }

    private static long? Whole(double? number, long most) =>
        number is { } value && value >= 0 && value <= most && value == Math.Truncate(value) ? (long)value : null;

    private static double? NumberOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.GetDouble(); // too large for a double is infinite
            case JsonTokenType.Null:
                return double.NaN; // what JavaScript writes for NaN
            case JsonTokenType.String when reader.ValueTextEquals("NaN"u8):
                return double.NaN;
            case JsonTokenType.String when reader.ValueTextEquals("Infinity"u8):
                return double.PositiveInfinity;
            case JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8):
                return double.NegativeInfinity;
            default:
                return null;
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException wrong)
        {
            throw new JsonException("A string is not UTF-8.", wrong);
        }
    }

    /// <summary>Puts the bare words that JSON does not know in quotes; <c>null</c> when there are none.</summary>
    private static byte[]? Quoted(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> quote = "\""u8;
        List<byte>? quoted = null;
        var inString = false;
        var done = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == (byte)'"')
                inString = !inString;
            else if (inString && line[i] == (byte)'\\')
                i++;
            if (inString)
                continue;
            var word = WordAt(line[i..]);
            if (word == 0)
                continue;
            quoted ??= new List<byte>(line.Length + 16);
            quoted.AddRange(line[done..i]);
            quoted.AddRange(quote);
            quoted.AddRange(line.Slice(i, word));
            quoted.AddRange(quote);
            done = i + word;
            i = done - 1;
        }

        if (quoted is null)
            return null;
        quoted.AddRange(line[done..]);
        return [.. quoted];
    }

    private static int WordAt(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
}
