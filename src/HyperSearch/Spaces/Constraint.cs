using System.Collections.Immutable;

namespace HyperSearch.Spaces;

/// <summary>A condition on several parameters that every point must satisfy, as in <c>hidden_units * hidden_layers &lt;= 1024</c>.</summary>
/// <remarks>
/// <para>Numbers, parameter names, words in quotes, <c>true</c> and <c>false</c>; <c>+ - * / ^</c>, <c>min max abs sqrt exp log log2 log10</c>; <c>&lt; &lt;= &gt; &gt;= == !=</c>; <c>and or not</c>; parentheses.
/// Precedence as in Python. A constraint that mentions an inactive parameter holds. Immutable and thread-safe; equality is by text.</para>
/// </remarks>
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
            ?? throw new ArgumentException($"The constraint \"{Text}\" names \"{name}\", which the space does not have.{Nearest(name, parameters)}")), Text);
        if (kind is Kind.Number or Kind.Word)
            throw new ArgumentException($"The constraint \"{Text}\" is neither true nor false. Compare it with something, as in \"{Text} <= 1024\".");
    }

    private static string Nearest(string name, ImmutableArray<Parameter> parameters)
    {
        var near = parameters.Select(parameter => parameter.Name).MinBy(other => Distance(name, other));
        return near is not null && Distance(name, near) <= Math.Max(2, name.Length / 3) ? $" Did you mean \"{near}\"?" : $" A word is written in quotes: \"'{name}'\".";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, _) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
