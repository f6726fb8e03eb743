using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HyperSearch.Spaces;

namespace HyperSearch.Objectives.Commands;

/// <summary>Writes parameter values as programs in any language read them, whatever the machine's locale.</summary>
internal static class ParameterText
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as one argument: <c>0.01</c>, <c>1e-7</c>, <c>64</c>, <c>true</c>, <c>adam</c>.</summary>
    public static string Of(ParameterValue value) => value.IsNumber ? Of(value.Number) : value.ToString();

    /// <summary>The shortest digits that read back exactly; without a fraction or an exponent for integers up to 2⁵³; exponents as <c>e-7</c>, <c>e20</c>.</summary>
    public static string Of(double number)
    {
        if (number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53)
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, e)}e{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }

    /// <summary>A point as a JSON object, in the order of the space, with the digits that <see cref="Of(double)"/> gives.</summary>
    public static string Json(Point point)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
            Write(writer, point);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One request of the worker protocol, with the line end.</summary>
    public static byte[] Request(int trial, Point point, int epochs, string checkpointFolder, int seed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteNumber("trial", trial);
            writer.WritePropertyName("params");
            Write(writer, point);
            writer.WriteNumber("epochs", epochs);
            writer.WriteString("checkpoint_dir", checkpointFolder);
            writer.WriteNumber("seed", seed);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Point point)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in point)
        {
            writer.WritePropertyName(name);
            if (value.IsNumber)
                writer.WriteRawValue(Of(value.Number), skipInputValidation: true);
            else if (value.IsTruth)
                writer.WriteBooleanValue((bool)value.Boxed);
            else
                writer.WriteStringValue(value.ToString());
        }

        writer.WriteEndObject();
    }
}
