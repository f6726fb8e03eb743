using System.Text;

namespace HyperSearch.Training.Data.Reading;

/// <summary>How a text file holds its cells: the encoding, what separates cells, and whether the first line names the columns.</summary>
internal sealed record TextForm
{
    private const int MostLines = 50;
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];
    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>Words of a search file for separators, with their characters; <c>space</c> is any run of blanks.</summary>
    public static IReadOnlyDictionary<string, char> Words { get; } = new Dictionary<string, char>(StringComparer.Ordinal)
    {
        ["comma"] = ',',
        ["semicolon"] = ';',
        ["tab"] = '\t',
        ["bar"] = '|',
        ["space"] = ' ',
    };

    /// <summary>The encoding; null is UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>
    /// The character between cells, a blank standing for any run of blanks; null leaves it to the CSV reader, which looks at the first
    /// lines.
    /// </summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first line names the columns; null when the user did not say, and it is taken to.</summary>
    public bool? Header { get; init; }

    /// <summary>Looks at a whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="separator">A word of <see cref="Words"/>; null finds the separator.</param>
    /// <param name="header">Whether the first line names the columns; null when unsaid.</param>
    /// <exception cref="DataException">The file is missing, or is no text.</exception>
    public static TextForm Of(DataFile file, string? separator, bool? header) => file.Read(stream =>
    {
        if (file.IsParquet)
            return new TextForm { Header = true, Separator = ',' };
        var encoding = TextEncoding.Of(stream, file.Name, out var head);
        return new TextForm
        {
            Encoding = encoding,
            Header = header,
            Separator = separator is null ? Find(head, encoding)
            : Words[separator]
        };
    });

    /// <summary>The file's text in UTF-8, blanks between cells made tabs.</summary>
    public Stream Open(Stream stream)
    {
        var text = Encoding is null ? stream : Encoding.CreateTranscodingStream(stream, Encoding,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        return Separator == ' ' ? new BlankSeparated(text) : text;
    }

    /// <summary>
    /// The only separator in the first line, or a blank where there is none and blanks cut every line into as many cells.
    /// </summary>
    private static char? Find(byte[] head, Encoding? encoding)
    {
        if (encoding is UnicodeEncoding or UTF32Encoding)
            head = [.. Encoding.UTF8.GetBytes(Encoding.GetEncoding(encoding.CodePage).GetString(head)).AsSpan(Mark.Length)];
        if (head.AsSpan().StartsWith("sep="u8))
            return null;
        var lines = Lines(head);
        if (lines.Count == 0)
            return null;
        var present = new List<char>();
        foreach (var separator in Separators)
        {
            if (lines[0].Separators.Contains((char)separator))
                present.Add((char)separator);
        }
        if (present.Count == 1)
            return present[0];
        var cells = lines[0].Cells;
        var rows = lines.Count > 1 ? lines[1].Cells : cells;
        return present.Count == 0 && rows > 1 && rows - cells is 0 or 1 && lines.Skip(1).All(line => line.Cells == rows) ? ' ' : null;
    }

    /// <summary>The content of the first lines outside of double quotes: separators, and cells between blanks.</summary>
    private static List<(HashSet<char> Separators, int Cells)> Lines(byte[] head)
    {
        var lines = new List<(HashSet<char> Separators, int Cells)>();
        var (separators, cells, quoted, inCell) = (new HashSet<char>(), 0, false, false);
        for (var i = 0; i <= head.Length && lines.Count < MostLines; i++)
        {
            var end = i == head.Length;
            var value = end ? (byte)'\n' : head[i];
            if (value == '"')
                quoted = !quoted;
            if (!quoted && value is (byte)'\n' or (byte)'\r')
            {
                if (cells > 0 && (!end || lines.Count == 0 || head.Length < 1 << 16)) // a line that is cut off tells nothing
                    lines.Add((separators, cells));
                (separators, cells, inCell) = ([], 0, false);
                continue;
            }
            if (!quoted && Separators.Contains(value))
                separators.Add((char)value);
            var blank = !quoted && value is (byte)' ' or (byte)'\t';
            cells += !blank && !inCell ? 1 : 0;
            inCell = !blank;
        }
        return lines;
    }
}
