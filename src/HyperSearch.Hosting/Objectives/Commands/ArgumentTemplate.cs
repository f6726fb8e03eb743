using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>One argument of a command, with <c>{name}</c> where a value goes; <c>{{</c> and <c>}}</c> stand for braces.</summary>
/// <remarks>The result is one argument, whichever value it has: it goes to the system as it is, and no shell ever reads it.</remarks>
internal sealed partial class ArgumentTemplate
{
    private readonly ImmutableArray<(string Text, bool IsName)> _pieces;

    private ArgumentTemplate(ImmutableArray<(string Text, bool IsName)> pieces) => _pieces = pieces;

    /// <summary>The names in braces, in order.</summary>
    public IEnumerable<string> Names => _pieces.Where(piece => piece.IsName).Select(piece => piece.Text);

    /// <summary>Whether it is <c>{name}</c> and nothing else.</summary>
    public bool IsBare => _pieces is [(_, true)];

    /// <summary>Whether it can be the flag whose value is the next argument: <c>--lr</c>.</summary>
    public bool IsFlag => _pieces is [({ Length: > 1 } text, false)] && text[0] == '-' && !text.Contains('=', StringComparison.Ordinal);

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">A brace is left open, or stands alone.</exception>
    public static ArgumentTemplate Parse(string argument)
    {
        var pieces = ImmutableArray.CreateBuilder<(string, bool)>();
        var literal = new StringBuilder();
        for (var i = 0; i < argument.Length; i++)
        {
            var c = argument[i];
            if (c is not ('{' or '}'))
            {
                literal.Append(c);
            }
            else if (i + 1 < argument.Length && argument[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{' && argument.IndexOf('}', i) is var end and > 0)
            {
                if (literal.Length > 0)
                    pieces.Add((literal.ToString(), false));
                literal.Clear();
                pieces.Add((argument[(i + 1)..end], true));
                i = end;
            }
            else
            {
                throw new FormatException(
                    $"The argument \"{argument}\" has a lone '{c}'. Write {{name}} for a value, and '{c}{c}' for a brace.");
            }
        }

        if (literal.Length > 0 || pieces.Count == 0)
            pieces.Add((literal.ToString(), false));
        return new ArgumentTemplate(pieces.ToImmutable());
    }

    /// <summary>
    /// Reads the value of a variable, where only <c>{name}</c> is a place for a value and <c>{{name}}</c> the text <c>{name}</c>: other
    /// braces stay as they are, for instance those of JSON.
    /// </summary>
    public static ArgumentTemplate ParseVariable(string value)
    {
        var pieces = ImmutableArray.CreateBuilder<(string, bool)>();
        var done = 0;
        foreach (Match match in NameInBraces().Matches(value))
        {
            var isName = match.Groups["literal"].Length == 0;
            pieces.Add((value[done..match.Index], false));
            pieces.Add(isName ? (match.Groups["name"].Value, true) : (match.Value[1..^1], false));
            done = match.Index + match.Length;
        }

        pieces.Add((value[done..], false));
        return new ArgumentTemplate(pieces.ToImmutable());
    }

    [GeneratedRegex(@"(?<literal>\{\{[\p{L}_][\w.-]*\}\})|\{(?<name>[\p{L}_][\w.-]*)\}",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NameInBraces();

    /// <summary>Puts values in.</summary>
    /// <param name="valueOf">The text of a name; <c>null</c> when it has no value now.</param>
    /// <returns>The argument; <c>null</c> when a name has no value.</returns>
    public string? Fill(Func<string, string?> valueOf)
    {
        var argument = new StringBuilder();
        foreach (var (text, isName) in _pieces)
        {
            if (!isName)
                argument.Append(text);
            else if (valueOf(text) is { } value)
                argument.Append(value);
            else
                return null;
        }

        return argument.ToString();
    }
}
