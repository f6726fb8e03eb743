using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>A condition on several parameters that every point must satisfy, as in <c>hidden_units * hidden_layers &lt;=
/// 1024</c>.</summary>
/// <remarks>
/// <para>Numbers, parameter names, words in quotes, <c>true</c> and <c>false</c>; <c>+ - * / ^</c>, <c>min max abs sqrt exp log log2
/// log10</c>; <c>&lt; &lt;= &gt; &gt;= == !=</c>; <c>and or not</c>; parentheses.
/// Precedence as in Python. A constraint that mentions an inactive parameter holds. Immutable and thread-safe; equality is by text.</para>
/// </remarks>
/// <example>
/// <code>
/// var layers = new Parameter("layers", new IntScale(1, 6));
/// var units = new Parameter("units", new LogIntScale(16, 512));
/// var space = new Space([layers, units], [Constraint.Parse("layers * units &lt;= 1024")]);
/// </code>
/// </example>
public sealed record Constraint
{
    private readonly Expression _expression;

    private Constraint(string text, Expression expression) => (Text, _expression) = (text, expression);

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    /// <summary>The parameters that it mentions, each once.</summary>
    public ImmutableArray<string> Parameters => [.. _expression.Names.Distinct(StringComparer.Ordinal)];

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It cannot be read; the message names the column and what would be right.</exception>
    public static Constraint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Constraint(text, ExpressionReader.Read(text));
    }

    /// <summary>Whether a configuration satisfies it.</summary>
    public bool Holds(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return _expression.Value(name => point.TryGetValue(name, out var value) ? value : (ParameterValue?)null) is not { Boxed: false };
    }

    /// <inheritdoc/>
    public bool Equals(Constraint? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Checks that it says something true or false about parameters that exist.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal void Check(ImmutableArray<Parameter> parameters)
    {
        var kind = _expression.KindOf(name => Kinds.Of(parameters.FirstOrDefault(parameter => parameter.Name == name)
            ?? throw new ArgumentException($"The constraint \"{Text}\" names \"{name}\", which the space does not "
                + $"have.{WayOut(name, parameters)}")), Text);
        if (kind is Kind.Number or Kind.Word)
            throw new ArgumentException($"The constraint \"{Text}\" is neither true nor false. Compare it with something, as in \"{Text} "
                + $"<= 1024\".");
    }

    private static string WayOut(string name, ImmutableArray<Parameter> parameters) =>
        Nearest.Hint(name, parameters.Select(parameter => parameter.Name)) is { Length: > 0 } hint
            ? hint
            : $" A word is written in quotes: \"'{name}'\".";
}
