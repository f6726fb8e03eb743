using System.Globalization;
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

    /// <summary>The line of the first 50 that names a column, below the first; null when none does.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column's name.</param>
    public int? LineNaming(DataFile file, string column) => file.IsParquet ? null : file.Read(stream =>
    {
        var head = new byte[1 << 16];
        head = InUtf8(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)], Encoding);
        var lines = Encoding.UTF8.GetString(head).ReplaceLineEndings("\n").Split('\n').Take(MostLines).ToList();
        int LineWith(params char[] separators) => 1 + lines.FindIndex(Math.Min(1, lines.Count), line =>
            line.Split(separators).Any(cell => cell.Trim().Trim('"') == column));
        return (LineWith(',', ';', '\t', '|'), LineWith(' ', '\t')) switch
        {
            (0, 0) => (int?)null,
            (0, var line) => line,
            (var line, _) => line,
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
    /// The only separator in the first line, or a blank where there is none and blanks cut every line into as many cells; a tab or a
    /// decimal comma between numbers that blanks separate too is no separator.
    /// </summary>
    private static char? Find(byte[] head, Encoding? encoding)
    {
        head = InUtf8(head, encoding);
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
            return present[0] is '\t' or ',' && HasNumbersBetweenBlanks(head, present[0]) ? ' ' : present[0];
        var cells = lines[0].Cells;
        var rows = lines.Count > 1 ? lines[1].Cells : cells;
        return present.Count == 0 && rows > 1 && rows - cells is 0 or 1 && lines.Skip(1).All(line => line.Cells == rows) ? ' ' : null;
    }

    private static byte[] InUtf8(byte[] head, Encoding? encoding) => encoding is UnicodeEncoding or UTF32Encoding
        ? [.. Encoding.UTF8.GetBytes(Encoding.GetEncoding(encoding.CodePage).GetString(head)).AsSpan(Mark.Length)]
        : head;

    /// <summary>Whether blanks cut every line into as many cells, and some of what stands between two separators is several
    /// numbers: <c>0.1  -0.3⇥0.6</c>, or <c>0,1  -0,3</c> with decimal commas.</summary>
    private static bool HasNumbersBetweenBlanks(byte[] head, char separator)
    {
        var lines = Encoding.UTF8.GetString(head).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var whole = (head.Length < 1 << 16 ? lines : lines[..^1]).Where(static line => line.AsSpan().Trim().Length > 0).Take(MostLines);
        int? cells = null;
        var several = false;
        foreach (var line in whole)
        {
            var parts = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var isFirst = cells is null;
            if ((cells ??= parts.Length) != parts.Length || line.Contains('"', StringComparison.Ordinal))
                return false;
            if (separator == ',' && !parts.All(static part => !part.Contains(',', StringComparison.Ordinal) || IsNumber(part)))
                return false;
            foreach (var inner in line.Split(separator).Select(static part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (separator == '\t' && inner.Length > 1 && !inner.All(IsNumber) && !isFirst) // the first line may hold names
                    return false;
                several |= inner.Length > 1 && !isFirst;
            }
        }
        return several;
    }

    private static bool IsNumber(string text) => DecimalComma.TryParse(text, out _)
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

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
