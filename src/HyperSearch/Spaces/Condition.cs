using System.Collections.Immutable;

namespace HyperSearch.Spaces;

/// <summary>Another parameter must be active and have one of the given values, as in <c>when: {optimizer: [adam, rmsprop]}</c>.</summary>
/// <param name="Parameter">The name of the other parameter.</param>
/// <param name="Accepted">The values that make the condition hold.</param>
/// <example>
/// <code>
/// var epsilon = new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam", "rmsprop"])] };
/// </code>
/// </example>
public sealed record Condition(string Parameter, ImmutableArray<ParameterValue> Accepted);
