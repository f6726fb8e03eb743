using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>What was measured after an epoch.</summary>
internal sealed record Measurement(int Epoch, ImmutableSortedDictionary<string, double> Metrics);

/// <summary>All of a checkpoint, as its file has them.</summary>
internal sealed record Measurements(List<Measurement> Epochs);

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Measurements))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
