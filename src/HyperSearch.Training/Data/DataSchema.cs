using System.Text.Json;
using System.Text.Json.Serialization;

namespace HyperSearch.Training.Data;

/// <summary>
/// How a raw row becomes a network's inputs, and its outputs an answer. With the weights it is everything that prediction needs.
/// </summary>
public sealed partial class DataSchema
{
    /// <summary>The kind of target: a number, or one of two or more classes.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>Name of the label column; "label" when the data have no names.</summary>
    public required string Label { get; init; }

    /// <summary>Names of the classes in the order of the outputs; empty for regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>The input columns in order.</summary>
    public required IReadOnlyList<InputColumn> Columns { get; init; }

    /// <summary>μ and 1/σ of the training part, one for each network input.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>How regression targets were standardized; null for other tasks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TargetScale? Targets { get; init; }

    /// <summary>The picture that a row is; null when it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageShape? Image { get; init; }

    /// <summary>Names of the network's inputs in order, one-hot categories as <c>column=category</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> FeatureNames => field ??= [.. Columns.SelectMany(static column => column.InputNames)];

    /// <summary>The schema as one JSON object, which <see cref="FromJson"/> reads back exactly.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json.Default.DataSchema);

    /// <summary>Reads a schema that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">One JSON object.</param>
    /// <exception cref="DataException">It is not a whole schema.</exception>
    public static DataSchema FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var schema = JsonSerializer.Deserialize(json, Json.Default.DataSchema)
                ?? throw new DataException("The data schema is empty; it should be a JSON object.");
            return schema.FeatureNames.Count == schema.Normalization.Means.Count
                ? schema
                : throw new DataException(
                    $"The data schema names {schema.FeatureNames.Count} inputs but normalizes {schema.Normalization.Means.Count}; the "
                        + $"file is damaged.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new DataException("The data schema cannot be read; the file is damaged or was written by another program.", e);
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(DataSchema))]
    private sealed partial class Json : JsonSerializerContext;
}
