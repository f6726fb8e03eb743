using System.Collections.Immutable;

namespace HyperSearch.Spaces;

/// <summary>One hyperparameter: its name, its scale, and when it plays a part at all.</summary>
/// <param name="Name">The name, unique in its space.</param>
/// <param name="Scale">How its values map to the unit interval.</param>
/// <example>
/// <code>
/// var rate = new Parameter("learning_rate", new LogScale(1e-4, 1)) { Default = 0.01 };
/// </code>
/// </example>
public sealed record Parameter(string Name, Scale Scale)
{
    /// <summary>The name, unique in its space.</summary>
    public string Name { get; init; } = Name ?? throw new ArgumentNullException(nameof(Name));

    /// <summary>How its values map to the unit interval.</summary>
    public Scale Scale { get; init; } = Scale ?? throw new ArgumentNullException(nameof(Scale));

    /// <summary>The form of a name, as a regular expression.</summary>
    internal const string NamePattern = @"[\p{L}_][\p{L}\p{M}\p{Nd}_.-]*";

    /// <summary>All of these must hold for the parameter to be active; empty means always.</summary>
    public ImmutableArray<Condition> When { get; init; } = [];

    /// <summary>The value to try first, one of the scale's; <c>null</c>, the default, for none.</summary>
    public ParameterValue? Default { get; init; }

    /// <summary>Whether the parameter has a single value, so that nothing is searched.</summary>
    public bool IsFixed => Scale.Count == 1;
}

/// <summary>Another parameter must be active and have one of the given values, as in <c>when: {optimizer: [adam, rmsprop]}</c>.</summary>
/// <param name="Parameter">The name of the other parameter.</param>
/// <param name="Accepted">The values that make the condition hold.</param>
/// <example>
/// <code>
/// var epsilon = new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam", "rmsprop"])] };
/// </code>
/// </example>
public sealed record Condition(string Parameter, ImmutableArray<ParameterValue> Accepted)
{
    /// <summary>The name of the other parameter.</summary>
    public string Parameter { get; init; } = Parameter ?? throw new ArgumentNullException(nameof(Parameter));
}
