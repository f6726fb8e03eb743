using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HyperSearch.Numerics;

namespace HyperSearch.Cli.Output;

/// <summary>The output of a command: results go to stdout, everything else to stderr. Colours and redrawing only on a terminal.</summary>
internal sealed partial class Terminal
{
    /// <summary>The width assumed where there is no terminal to ask.</summary>
    public const int DefaultWidth = 100;

    /// <summary>Unicode's marks, embeddings, overrides and isolates of direction.</summary>
    internal static readonly SearchValues<char> DirectionMarks =
        SearchValues.Create("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069");

    private volatile LiveLines? _live;

    private Terminal(TextWriter output, TextWriter error, bool outIsTerminal, bool errorIsTerminal, bool colour, int width) =>
        (Out, Notes, OutIsTerminal, ErrorIsTerminal, Colour, Width) = (output, error, outIsTerminal, errorIsTerminal, colour, width);

    /// <summary>Stdout, for documents that are written as they are.</summary>
    public TextWriter Out { get; }

    /// <summary>Stderr, for a part that writes to it itself.</summary>
    public TextWriter Notes { get; }

    /// <summary>Whether people read stdout.</summary>
    public bool OutIsTerminal { get; }

    /// <summary>Whether people watch stderr, so that a view may be redrawn there.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>Whether colours are wanted: <c>NO_COLOR</c> is not set and the terminal is not dumb.</summary>
    public bool Colour { get; }

    /// <summary>Columns available for tables.</summary>
    public int Width { get; }

    /// <summary>Columns available for lines that are redrawn on stderr; asked each time, because windows are resized.</summary>
    public int ErrorWidth => ErrorIsTerminal ? Math.Max(Console.WindowWidth, 40) : Width;

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(false);
        var output = new StreamWriter(new StandardStream(Console.OpenStandardOutput(), isNeeded: true), utf8, 1 << 14);
        var error = new StreamWriter(new StandardStream(Console.OpenStandardError(), isNeeded: false), utf8) { AutoFlush = true };
        var outIsTerminal = !Console.IsOutputRedirected;
        output.AutoFlush = outIsTerminal;
        var dumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        var colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && !dumb;
        return new Terminal(output, error, outIsTerminal, !Console.IsErrorRedirected && !dumb, colour, WidthOf(outIsTerminal));
    }

    /// <summary>Streams in memory, as a pipe sees them.</summary>
    public static Terminal Piped(TextWriter output, TextWriter error, int width = DefaultWidth) =>
        new(output, error, false, false, false, width);

    /// <summary>Writes a line of results, as it is.</summary>
    public void Line(string text = "") => Result(Printable(text));

    /// <summary>Writes a line of results with tags of style (<see cref="StyledText"/>); user text in it must have gone through
    /// <see cref="Escape"/>.</summary>
    /// <param name="markup">The line.</param>
    /// <param name="hang">The column in which it goes on where a terminal's width ends.</param>
    public void Styled(string markup, int hang = 2) => Result(
        StyledText.Render(OutIsTerminal ? Fitted(markup, Width, hang) : markup, OutIsTerminal && Colour));

    /// <summary>Writes a line of results that is prose: one that is too long is broken between words and goes on further in.</summary>
    /// <param name="text">The line.</param>
    /// <param name="hang">The column in which it goes on. Default: two further in than it begins.</param>
    public void Prose(string text, int? hang = null)
    {
        if (text.Length <= Width)
        {
            Line(text);
            return;
        }

        var indent = new string(' ', hang ?? text.Length - text.TrimStart().Length + 2);
        Line(string.Join('\n', text.Split('\n').Select(line => Wrapped(line, Width, indent, static word => word.Length))));
    }

    /// <summary>A line broken between words where it is wider than the columns, which goes on in the column
    /// <paramref name="hang"/>.</summary>
    public static string Hung(string line, int columns, int hang) =>
        line.Length <= columns ? line : Wrapped(line, columns, new string(' ', hang), static word => word.Length);

    /// <summary>Writes a text for people, indented by two and broken between words where the width ends.</summary>
    public void Paragraph(string text)
    {
        foreach (var line in Broken(text, Width - 2))
            Line("  " + line);
    }

    /// <summary>Writes a remark that matters less than the results around it, broken between words where the width ends.</summary>
    public void Remark(string text)
    {
        foreach (var line in Broken(text, Width))
            Styled($"[dim]{Escape(line)}[/]");
    }

    /// <summary>Writes a table of results.</summary>
    public void Table(TextTable table)
    {
        foreach (var (text, style) in table.Render(Width))
        {
            if (style.Length == 0)
                Line(text);
            else
                Styled($"[{style}]{Escape(text)}[/]");
        }

        if (table.LeftOut(Width) is { Count: > 0 } hidden)
            Remark($"Not shown for lack of width: {Nearest.List(hidden)}. --json has everything.");
    }

    /// <summary>Writes a line for people to stderr.</summary>
    public void Note(string text) => NoteLine(Escape(text));

    /// <summary>Writes a line that went wrong to stderr.</summary>
    public void Error(string text) => NoteLine($"[red]error:[/] {Escape(text)}");

    /// <summary>Writes a line of warning to stderr.</summary>
    public void Warning(string text) => NoteLine($"[yellow]warning:[/] {Escape(text)}");

    /// <summary>Redraws a few lines on stderr until the work is done; only where <see cref="ErrorIsTerminal"/>. Notes appear above
    /// them.</summary>
    public async Task LiveAsync(Func<LiveLines, Task> work)
    {
        using var live = new LiveLines(Notes, () => ErrorWidth);
        _live = live;
        try
        {
            await work(live);
        }
        finally
        {
            _live = null;
        }
    }

    /// <summary>Removes the lines that are redrawn and gives the cursor back, because the process is about to end.</summary>
    public void EndLive() => _live?.Dispose();

    /// <summary>User text that may stand inside markup.</summary>
    public static string Escape(string text) => StyledText.Escape(Printable(text));

    /// <summary>The text without control characters and without marks that turn the direction of text, so that a name from a file can
    /// neither move the cursor nor read otherwise than it is.</summary>
    public static string Printable(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1f') || text.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
            || text.AsSpan().IndexOfAny(DirectionMarks) >= 0
            ? string.Create(text.Length, text, static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                    span[i] = (char.IsControl(source[i]) && source[i] != '\n') || DirectionMarks.Contains(source[i]) ? '\ufffd' : source[i];
            })
            : text;

    /// <summary>Passes everything written so far on to its reader.</summary>
    /// <exception cref="IOException">There is nobody to take it.</exception>
    public void Flush() => Out.Flush();

    /// <summary>Above the lines that are redrawn, where both go to a terminal.</summary>
    private void Result(string line)
    {
        if (OutIsTerminal && _live is { } live)
            live.Above(() => Out.WriteLine(line));
        else
            Out.WriteLine(line);
    }

    private void NoteLine(string markup)
    {
        if (ErrorIsTerminal)
            markup = Fitted(markup, ErrorWidth);
        var line = StyledText.Render(markup, ErrorIsTerminal && Colour);
        if (_live is { } live)
            live.Above(() => Notes.WriteLine(line));
        else
            Notes.WriteLine(line);
    }

    /// <summary>A figure and its percent sign stay together.</summary>
    private static IEnumerable<string> Broken(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Replace(" %", "\u00a0%", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return Finished();
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }

        yield return Finished();

        string Finished() => line.ToString().Replace("\u00a0%", " %", StringComparison.Ordinal);
    }

    /// <summary>Markup whose lines are broken between words where they are wider than a terminal, which would break within words.</summary>
    internal static string Fitted(string markup, int width, int hang = 2) =>
        StyledText.Render(markup, colour: false).Length <= width
        ? markup
        : string.Join('\n', markup.Split('\n').Select(line =>
            Wrapped(line, width, new string(' ', hang), static word => Tag().Replace(word, "").Length)));

    /// <summary>A line whose runs of blanks stay, except where it is broken.</summary>
    private static string Wrapped(string line, int width, string indent, Func<string, int> lengthOf)
    {
        var (wrapped, used) = (new StringBuilder(), 0);
        foreach (var (place, word) in line.Replace(" %", "\u00a0%", StringComparison.Ordinal).Split(' ').Index())
        {
            var length = lengthOf(word);
            if (length > 0 && used > 0 && used + 1 + length > width)
            {
                while (wrapped.Length > 0 && wrapped[^1] == ' ')
                    wrapped.Length--;
                wrapped.Append('\n').Append(indent);
                used = indent.Length;
            }
            else if (place > 0)
            {
                wrapped.Append(' ');
                used++;
            }

            wrapped.Append(word);
            used += length;
        }

        return wrapped.Replace("\u00a0%", " %").ToString();
    }

    /// <summary>A tag of markup; a bracket of the text is doubled.</summary>
    [GeneratedRegex(@"\[/?[a-z ]*\](?!\])")]
    private static partial Regex Tag();

    private static int WidthOf(bool isTerminal)
    {
        if (isTerminal)
            return Math.Max(Console.WindowWidth, 40);
        return int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns >= 40
            ? columns
            : DefaultWidth;
    }
}
