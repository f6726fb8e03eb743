using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Writes points as the JSON that programs read.</summary>
internal static class ParameterText
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A point as a JSON object, in the order of the space, with the digits that <see cref="NumberText"/> gives.</summary>
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
                writer.WriteRawValue(NumberText.Of(value.Number), skipInputValidation: true);
            else if (value.IsBoolean)
                writer.WriteBooleanValue((bool)value.Boxed);
            else
                writer.WriteStringValue(value.ToString());
        }

        writer.WriteEndObject();
    }
}
