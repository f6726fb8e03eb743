using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

/// <summary>CSV files as many programs write them, made together with what they say; and a reader of our own, as simple as can
/// be.</summary>
internal static partial class TableCase
{
    private static readonly string[] Words =
        ["red", "blue, light", "a \"q\"", "naïve", "Straße", "semi;colon", "tab\tinside", "two words", "x|y"];
    private static readonly string[] Missing = ["", "NA", "NaN", "?", "null", "n/a", "#N/A", "<NA>"];

    private static readonly string[] Nasty =
    [
        "NaN", "nan", "inf", "-Infinity", "1e999", "-1e39", "1e-400", "0x1F", "1,234", "１２", "٣", "1 000", "=1+1", "None", "\"", "\0",
        "true", "",
        "1e5", "-0", "+7",
        ".5", "5.", "1_000", "1e", "--1", "∞", "1.2.3", "é", "😀", "\u202e", "\ufeff1", "2020-01-01", "$5", "5%",
        new('9', 400), new('1', 5000), new('x', 200_000), "a\nb", "a\r\nb", "'1'", " 3 ", "1f", "1d", "NaN0",
    ];

    /// <summary>A well-formed file.</summary>
    public static DataCase Good(RandomStream random)
    {
        var table = Table(random);
        var separator = ",;\t| "[random.NextInt(5)];
        var comma = separator == ';' && random.Happens(0.5);
        var western = random.Happens(0.15);
        var text = new StringBuilder();
        var end = random.Happens(0.3) ? "\r\n" : "\n";
        for (var row = 0; row < table.Count; row++)
        {
            text.AppendJoin(separator, table[row].Select(cell =>
                Written(comma && row > 0 && Number().IsMatch(cell) ? cell.Replace('.', ',') : cell, separator, random))).Append(end);
            if (random.Happens(0.03))
                text.Append(end); // a blank line means nothing
        }

        var encoding = random.NextInt(8) switch
        {
            0 => new UTF8Encoding(true),
            1 => Encoding.Unicode,
            2 => Encoding.BigEndianUnicode,
            _ when western => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
            _ => new UTF8Encoding(false),
        };
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())];
        var name = "table.csv";
        if (random.Happens(0.2))
            (name, bytes) = ("table.csv.gz", Gzip(bytes));
        var source = new DataSource { Path = name, Label = "y", Normalize = "none", Missing = random.Happens(0.5) ? "mean" : "refuse" };
        return new DataCase(source, new Dictionary<string, byte[]> { [name] = bytes }, data => Expected(table, data));
    }

    /// <summary>A plain file that may have missing cells, filled by the mean of the training rows.</summary>
    public static DataCase WithHoles(RandomStream random)
    {
        var table = Table(random);
        foreach (var row in table.Skip(1))
        {
            if (random.Happens(0.1))
                row[1] = Missing[random.NextInt(Missing.Length)];
        }

        var source = new DataSource { Path = "holes.csv", Label = "y", Normalize = "none", Missing = "mean" };
        return new DataCase(source, new Dictionary<string, byte[]> { ["holes.csv"] = Plain(table, random) }, data => Filled(table, data));
    }

    /// <summary>A plain file with wrong cells, rows or bytes.</summary>
    public static DataCase Wrong(RandomStream random)
    {
        var table = Table(random);
        for (var mistakes = 1 + random.NextInt(3); mistakes > 0; mistakes--)
        {
            var row = random.NextInt(random.Happens(0.9) ? table.Count : 1);
            var cell = random.NextInt(Math.Max(1, table[row].Count));
            switch (random.NextInt(8))
            {
                case 0 or 1 or 2 when table[row].Count > 0:
                    table[row][cell] = Nasty[random.NextInt(Nasty.Length)];
                    break;
                case 3 when table[row].Count > 0:
                    table[row].RemoveAt(cell);
                    break;
                case 4:
                    table[row].Insert(cell, Nasty[random.NextInt(Nasty.Length)]);
                    break;
                case 5:
                    table.RemoveRange(1, random.NextInt(table.Count));
                    break;
                case 6:
                    table.Insert(random.NextInt(table.Count), [.. table[row]]);
                    break;
                default:
                    var (column, value) = (random.NextInt(table[0].Count), Nasty[random.NextInt(Nasty.Length)]);
                    foreach (var cells in table.Skip(1).Where(cells => cells.Count > column))
                        cells[column] = value;
                    break;
            }
        }

        var bytes = Plain(table, random);
        if (random.Happens(0.4))
            bytes = ByteDamage.To(bytes, random);
        var source = new DataSource { Path = "wrong.csv", Label = "y", Normalize = "none" };
        return new DataCase(source, new Dictionary<string, byte[]> { ["wrong.csv"] = bytes }, data => Reference(bytes, data))
        {
            MustLoad = false,
        };
    }

    /// <summary>The lines that a plain file says, read in the simplest way; <c>null</c> where that way cannot tell.</summary>
    public static IEnumerable<string>? Reference(byte[] bytes, Dataset data)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        var table = Cells(text.TrimStart('\ufeff'));
        return table is [var header, ..] && data.Schema.Columns.All(column => header.Contains(column.Name)) && header.Contains("y")
            && header.Distinct().Count() == header.Count && table.TrueForAll(row => row.Count <= header.Count)
            ? Expected(table, data)
            : null;
    }

    internal static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return buffer.ToArray();
    }

    /// <summary>A header and rows: a number that is different in each row, one to three columns more, and the label.</summary>
    private static List<List<string>> Table(RandomStream random)
    {
        var (rows, more, classes) = (30 + random.NextInt(60), 1 + random.NextInt(3), 2 + random.NextInt(3));
        var task = random.NextInt(3);
        var kinds = Enumerable.Range(0, more).Select(column => column == 0 ? random.NextInt(5) : random.NextInt(6)).ToArray();
        List<List<string>> table = [["u", .. Enumerable.Range(0, more).Select(column => $"c {column}".Replace(" ", "_")), "y"]];
        for (var row = 0; row < rows; row++)
        {
            table.Add([
                Text(((row * 37 % 97) * 1.25) + 0.5), .. kinds.Select(kind => Cell(kind, row, random)),
                task switch { 0 => $"{row % classes}", 1 => "class " + (char)('a' + (row % classes)), _ => Text((row * row) + 0.25) },
            ]);
        }

        return table;
    }

    private static string Cell(int kind, int row, RandomStream random) => kind switch
    {
        0 => $"{random.NextInt(1000) - 500}",
        1 => Text(Math.Round(random.NextNormal() * 10, 3)),
        2 => Text(random.NextNormal() * Math.Pow(10, random.NextInt(12) - 6)),
        3 => $"{1_700_000_000L + random.NextInt(100_000)}",
        4 => $"{random.NextInt(100)}e-{random.NextInt(4)}",
        _ => row < Words.Length && row < 4 ? Words[row] : Words[random.NextInt(4)],
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Written(string cell, char separator, RandomStream random)
    {
        var must = cell.AsSpan().IndexOfAny("\"\r\n") >= 0 || cell.Contains(separator, StringComparison.Ordinal)
            || (separator == ' ' && cell.AsSpan().IndexOfAny(" \t") >= 0) || (separator == ' ' && cell.Length == 0);
        return must || random.Happens(0.1) ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
    }

    private static byte[] Plain(List<List<string>> table, RandomStream random) => Encoding.UTF8.GetBytes(string.Concat(
        table.Select(row => string.Join(',', row.Select(cell => Written(cell, ',', random))) + "\n")));

    /// <summary>What a table says, by the names and origins of the loaded columns.</summary>
    private static IEnumerable<string> Expected(List<List<string>> table, Dataset data)
    {
        var label = table[0].IndexOf("y");
        foreach (var row in table.Skip(1))
        {
            var cells = data.Schema.Columns
                .Select(column => Expected(column, row.ElementAtOrDefault(table[0].IndexOf(column.Name)) ?? ""));
            var answer = row.ElementAtOrDefault(label) ?? "";
            yield return string.Join('|', cells.Append(data.Task != LearningTask.Regression ? answer
                : Number().IsMatch(answer) ? LoadedRows.Text(data.Targets!.Standardize(double.Parse(answer, CultureInfo.InvariantCulture)))
                : $"no number: {answer}"));
        }
    }

    private static string Expected(InputColumn column, string cell)
    {
        if (column.Categories is not null)
            return cell;
        if (!Number().IsMatch(cell))
            return column.FillNumber is { } fill ? LoadedRows.Text(fill) : $"no number: {cell}";
        return LoadedRows.Text(column.Origin is { } origin
            ? (float)(double.Parse(cell, CultureInfo.InvariantCulture) - origin)
            : float.Parse(cell, CultureInfo.InvariantCulture));
    }

    private static IEnumerable<string> Filled(List<List<string>> table, Dataset data)
    {
        var column = data.Schema.Columns[1];
        if (column.FillNumber is { } fill && table.Skip(1).Any(row => !Number().IsMatch(row[1])))
        {
            var training = Enumerable.Range(0, data.Train.Rows).Select(row => data.Train.Features.Row(row)[0]).ToHashSet();
            var mean = table.Skip(1)
                .Where(row => Number().IsMatch(row[1]) && training.Contains(float.Parse(row[0], CultureInfo.InvariantCulture)))
                .Average(row => double.Parse(row[1], CultureInfo.InvariantCulture) - (column.Origin ?? 0));
            Assert.Equal(mean, fill, Math.Max(1e-6, Math.Abs(mean) * 1e-4));
        }

        return Expected(table, data);
    }

    /// <summary>RFC 4180 with commas; <c>null</c> where it is not.</summary>
    private static List<List<string>>? Cells(string text)
    {
        var (table, row, cell) = (new List<List<string>>(), new List<string>(), new StringBuilder());
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == '"' && cell.Length == 0)
            {
                for (at++; ; at++)
                {
                    if (at >= text.Length)
                        return null;
                    if (text[at] == '"' && (at + 1 >= text.Length || text[at + 1] != '"'))
                        break;
                    at += text[at] == '"' ? 1 : 0;
                    cell.Append(text[at]);
                }

                if (at + 1 < text.Length && text[at + 1] is not (',' or '\n' or '\r'))
                    return null;
                continue;
            }

            if (at < text.Length && text[at] is not (',' or '\n' or '\r'))
            {
                cell.Append(text[at]);
                continue;
            }

            row.Add(cell.ToString().Trim());
            cell.Clear();
            if (at < text.Length && text[at] == ',')
                continue;
            if (row is not [""])
                table.Add(row);
            row = [];
        }

        return table;
    }

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$")]
    private static partial Regex Number();
}
