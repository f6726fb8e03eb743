using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HyperSearch.Cli.Output;

/// <summary>JSON as scripts rely on it: snake_case names, numbers as numbers with all their digits, <c>null</c> where there is
/// none.</summary>
internal static class Documents
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one document to stdout.</summary>
    public static void Write(Terminal terminal, Action<Utf8JsonWriter> content) => terminal.Out.WriteLine(Text(content, Indented));

    /// <summary>Writes one document on one line of stdout.</summary>
    public static void WriteLine(Terminal terminal, Action<Utf8JsonWriter> content) => terminal.Out.WriteLine(Text(content, OneLine));

    /// <inheritdoc cref="DocumentWriting.Name"/>
    public static string Name<T>(T state)
        where T : struct, Enum => DocumentWriting.Name(state);

    private static string Text(Action<Utf8JsonWriter> content, JsonWriterOptions options)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, options))
            content(json);
        var text = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        return text.AsSpan().IndexOfAny(Terminal.DirectionMarks) < 0 && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
            ? text
            : Escaped(text);
    }

    /// <summary>The document with escapes for characters that a terminal would obey; in JSON such a character stands within a string
    /// only.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (Terminal.DirectionMarks.Contains(letter) || letter is >= '\x7f' and <= '\x9f')
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
