using System.Collections.Immutable;
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
                    answer = answer with { Epoch = (int?)Whole(number, int.MaxValue) };
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
                default:
                    if (number is { } value)
                        metrics[name] = value;
                    break;
            }

            reader.Skip();
        }

        while (reader.Read())
        {
            // to the end, so that anything after the object is found to be wrong
        }

        return answer with { Metrics = metrics.ToImmutable() };
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
