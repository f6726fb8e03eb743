using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperSearch.Spaces;

/// <summary>A value as JSON: a number, a string or a Boolean, so that a point is an object of its parameters.</summary>
public sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    /// <inheritdoc/>
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => reader.GetDouble(),
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
            _ => throw new JsonException("A parameter's value is a number, a string or a Boolean."),
        };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        if (value.IsNumber)
            writer.WriteNumberValue(value.Number);
        else if (value.IsBoolean)
            writer.WriteBooleanValue((bool)value.Boxed);
        else
            writer.WriteStringValue((string)value.Boxed);
    }
}
