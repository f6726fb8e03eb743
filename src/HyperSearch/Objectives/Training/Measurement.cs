using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HyperSearch.Objectives.Training;

/// <summary>What was measured after an epoch.</summary>
internal sealed record Measurement(int Epoch, ImmutableSortedDictionary<string, double> Metrics);

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(List<Measurement>))]
internal sealed partial class MeasurementJson : JsonSerializerContext;
