using YamlDotNet.Core;

namespace HyperSearch.Hosting.Searches.Yaml;

/// <summary>Turns the message of a YAML parser into plain words.</summary>
internal static class YamlMessage
{
    private static readonly (string Fragment, string Message)[] Sentences =
    [
        ("unexpected end of stream", "the quote that opens here is never closed."),
        ("unexpected document indicator", "the quote that opens here is never closed."),
        ("unknown escape character",
            "a backslash in double quotes begins an escape that does not exist. Write \\\\ for a backslash, or use single quotes."),
        ("cannot start any token", "a value cannot begin with this character. Put the value in quotes."),
        ("invalid mapping",
            "there is a second \": \" where a value was expected. "
            + "Put the value in quotes, write {key: value} for a map, or check the indentation."),
        ("did not find expected '-' indicator",
            "this line does not continue the list above it. Begin it with \"- \" or check the indentation."),
        ("did not find expected key",
            "this does not fit the lines above it: the keys of one map begin in the same column, and every bracket and quote closes once."),
        ("expected ',' or '}'", "a { is not closed, or a comma is missing, before this place."),
        ("expected ',' or ']'", "a [ is not closed, or a comma is missing, before this place."),
        ("expected node content", "a value is missing here."),
        ("expected comment or line break",
            "after | or > the text begins on the next line. Put a value that begins with one of them in quotes."),
    ];

    /// <summary>The place of the mistake, and the mistake in words.</summary>
    public static (Mark Mark, string Message) Of(YamlException problem, string text)
    {
        if (TabIndent(text) is { } tab && tab.Line <= problem.Start.Line + 1)
            return (tab, "a tab indents this line. YAML indents with spaces only.");
        var mark = new Mark((int)problem.Start.Line, (int)problem.Start.Column);
        foreach (var (fragment, message) in Sentences)
        {
            if (problem.Message.Contains(fragment, StringComparison.Ordinal))
                return (mark, message);
        }

        return (mark, problem.Message);
    }

    /// <summary>The bracket that opens and never closes; where there is none, the end of the text.</summary>
    public static Mark Unclosed(string text)
    {
        var open = new Stack<Mark>();
        var (line, column, quote) = (1, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            column++;
            if (c == '\n')
                (line, column) = (line + 1, 0);
            else if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && (i == 0 || text[i - 1] is ' ' or '[' or '{' or ',' or '\n'))
                quote = c;
            else if (c == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
                i = text.IndexOf('\n', i) is >= 0 and var end ? end - 1 : text.Length;
            else if (c is '[' or '{')
                open.Push(new Mark(line, column));
            else if (c is ']' or '}')
                open.TryPop(out _);
        }

        return open.TryPop(out var bracket) ? bracket : new Mark(line, Math.Max(column, 1));
    }

    private static Mark? TabIndent(string text)
    {
        var line = 0;
        foreach (var content in text.EnumerateLines())
        {
            line++;
            if (content.TrimStart(' ').StartsWith('\t') && !content.IsWhiteSpace())
                return new Mark(line, content.IndexOf('\t') + 1);
        }

        return null;
    }
}
