using System.Text.Json;
using System.Text.Json.Serialization;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Stores;

/// <summary>A point as a JSON object; numbers read back exactly.</summary>
internal sealed class PointConverter : JsonConverter<Point>
{
    /// <inheritdoc/>
    public override Point Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            values.Add(new(name, reader.TokenType switch
            {
                JsonTokenType.Number => reader.GetDouble(),
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
                var other => throw new JsonException($"A value is a number, a word or a truth value, not {other}."),
            }));
        }

        return new Point(values);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Point value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in value)
        {
            if (item.IsNumber)
                writer.WriteNumber(name, item.Number);
            else if (item.IsBoolean)
                writer.WriteBoolean(name, (bool)item.Boxed);
            else
                writer.WriteString(name, item.ToString());
        }

        writer.WriteEndObject();
    }
}
