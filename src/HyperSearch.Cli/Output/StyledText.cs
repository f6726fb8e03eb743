using System.Text;
using Spectre.Console.Rendering;

namespace HyperSearch.Cli.Output;

/// <summary>Text with tags of style in brackets, such as <c>[bold]Space[/]</c>; a bracket of the text itself is doubled.</summary>
/// <remarks>Spectre.Console writes the same, but brings a table of emojis for it, which took every verb longer than its own text.</remarks>
internal static class StyledText
{
    private const string Reset = "\e[0m";

    /// <summary>Text as it may stand between tags.</summary>
    public static string Escape(string text) =>
        text.Replace("[", "[[", StringComparison.Ordinal).Replace("]", "]]", StringComparison.Ordinal);

    /// <summary>The text with the terminal's codes in place of tags; without colours the text alone.</summary>
    /// <exception cref="FormatException">A tag is none of ours: text was not escaped.</exception>
    public static string Render(string text, bool colour)
    {
        var rendered = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('[' or ']'))
            {
                rendered.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                rendered.Append(text[i++]);
            }
            else
            {
                var end = text.IndexOf(']', i);
                var code = CodeOf(text[i] == '[' && end > i ? text[(i + 1)..end] : "", text);
                if (colour)
                    rendered.Append(code);
                i = end;
            }
        }

        return rendered.ToString();
    }

    /// <summary>How many columns of a terminal a text takes: characters of some scripts take two, marks on others none.</summary>
    public static int Columns(string text) => text.All(TakesOne) ? text.Length : new Segment(text).CellCount();

    private static bool TakesOne(char c) => c is (>= ' ' and <= '~') or (>= '\u00a0' and < '\u0300' and not '\u00ad')
        or (>= '\u2010' and <= '\u2027') or '\u2212'; // dashes, the ellipsis, minus

    private static string CodeOf(string tag, string text) => tag switch
    {
        "/" => Reset,
        "bold" => "\e[1m",
        "dim" => "\e[2m",
        "green" => "\e[32m",
        "red" => "\e[91m",
        "yellow" => "\e[93m",
        _ => throw new FormatException($"\"{tag}\" is no style; brackets of text are doubled. It stands in: {text}"),
    };
}
