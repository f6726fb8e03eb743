using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HyperSearch.Numerics;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>Search files as people and programs spoil them: shipped ones, with one to five mistakes.</summary>
internal sealed partial class SearchMutation
{
    private static readonly string[] Values =
    [
        "1e308", "1e309", "-1e308", "-1", "0", "-0", "1", "2", "2147483647", "2147483648", "9223372036854775807", "18446744073709551616",
        "1e-400", ".nan", "NaN", "nan", ".inf", "-.inf", "Infinity", "0x10", "0o17", "1_000", "1,5", "1.5", "0.1", "99999", "100000",
        "true", "false", "yes", "null", "~", "\"\"", "''", "[]", "{}", "[[]]", "[1]", "[1, 1]", "[2, 1]", "[1, 2, 3]", "[0, 1e9]", "[a, b]",
        "{a: 1}", "{log: [1, 10]}", "{uniform: [0, 1]}", "{int: [0, 9223372036854775807]}", "{int: [-9223372036854775808, 5]}",
        "{choice: [a, a]}", "{choice: [1, true, \"1\"]}", "{uniform: [-1e308, 1e308]}", "{log: [1e-320, 1e308]}",
        "{power_of_two: [1, 4611686018427387904]}", "{log_int: [1, 9000000000000000000]}", "{one_minus_log: [0, 1]}",
        "{uniform: [0, 1], step: 1e-300}", "{int: [0, 1000000000], step: 7}", "2001-01-01", "1:30", "10m", "-10m", "1e9h", "1s2",
        "data/digits.csv",
        "data/spiral.csv", "data", ".", "..", "/", "/dev/null", "/dev/zero", "no/such.csv",
        "\"\\0\"", "\"\\e[31m\"", "ü", "名前", "\u202eabc",
        "*x", "&x 1", "!!binary aGVsbG8=", "!!str 1", "!foo bar", "|\n  text", ">-\n  text", "'it''s'", "\"unclosed", "[1, 2", "{a: 1",
        "asha", "freeze_thaw", "multi_fidelity_gp",
        "hyperband", "median", "successive_halving", "gp", "tpe", "cma_es", "grid", "sobol", "random", "auto", "coarse_to_fine",
        "{asha: {min_epochs: 1, factor: 3}}", "{hyperband: {min_epochs: 1, factor: 2}}", "{gp: {}}", "{grid: {levels: 1000000}}",
        "relaxed",
        "parameters", "seconds", "epochs", "dev_error", "[dev_error, seconds]", "classification", "regression", "5", "none", "auto", "8x8",
        "0x0", "99999x99999x3", "[python3, train.py, \"{learning_rate}\"]", "[]", "[\"{\"]", "worker", "once", "[0.6, 0.2, 0.2]", "spirals",
    ];

    private static readonly string[] Odd =
        ["\t", "\0", "\u0001", "\u001b", "\r", "\u0085", "\u2028", "\ufeff", "\u202e", "é", "😀",
            "\ud800", ":", "-", "#", "&a ", "*a ", "!", "{", "}",
            "[", "]", "\"", "'", "|", ">", "%", "@", "`", "?", ",", "---\n", "...\n", "<<: *a\n", "\\", " "];

    private readonly IReadOnlyList<string> _files;
    private readonly IReadOnlyList<string> _snippets;

    /// <summary>Reads what is shipped: search files, templates, and what the pages quote.</summary>
    public SearchMutation()
    {
        var templates = Path.Combine(Repository.Folder("src"), "HyperSearch.Cli", "Templates");
        _files =
        [
            .. new[] { Repository.Folder("searches"), templates }.SelectMany(folder => Directory.GetFiles(folder, "*.yaml"))
                .Order(StringComparer.Ordinal).Select(File.ReadAllText),
        ];
        var pages = Path.Combine(Repository.Folder(".github"), "reference");
        _snippets = [.. Directory.GetFiles(pages, "*.md").Order(StringComparer.Ordinal).Append(Repository.Folder("README.md"))
            .SelectMany(page => Quoted().Matches(File.ReadAllText(page))).Select(quote => quote.Groups[1].Value)
            .Where(quote => quote.Contains(": ", StringComparison.Ordinal)).Distinct()];
    }

    /// <summary>The bytes of a case.</summary>
    public byte[] Of(int number)
    {
        var random = RandomStream.For(14, (ulong)number, "search files");
        var text = _files[random.NextInt(_files.Count)];
        if (random.Happens(0.25)) // as a person edits it
            return Encoding.UTF8.GetBytes(Replaced(text, Number(), random, number => Edited(number, random)));
        for (var mistakes = 1 + random.NextInt(random.Happens(0.3) ? 5 : 2); mistakes > 0; mistakes--)
            text = Mistaken(text, random);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Happens(0.03) && bytes.Length > 0)
            bytes[random.NextInt(bytes.Length)] = (byte)random.NextInt(256);
        return bytes;
    }

    private string Mistaken(string text, RandomStream random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.NextInt(lines.Count);
        switch (random.NextInt(20))
        {
            case 0 or 1:
                return Replaced(text, Key(), random, key => Misspelt(key, random));
            case 2 or 3 or 4 or 5:
                return Replaced(text, Scalar(), random, _ => Values[random.NextInt(Values.Length)]);
            case 6:
                return Replaced(text, Whole(), random, _ => Values[random.NextInt(Values.Length)]);
            case 7: // twice, or elsewhere
                lines.Insert(random.NextInt(lines.Count), lines[at]);
                break;
            case 8:
                lines.RemoveAt(at);
                break;
            case 9:
                lines[at] = new string(' ', random.NextInt(9)) + lines[at].TrimStart();
                break;
            case 10:
                return text[..random.NextInt(text.Length + 1)];
            case 11 or 12:
                return text.Insert(random.NextInt(text.Length + 1), Odd[random.NextInt(Odd.Length)]);
            case 13:
                return Replaced(text, Scalar(), random, _ => Nested(random));
            case 14:
                lines.Insert(at, Aliases(random));
                break;
            case 15 or 16: // a snippet of the pages, as a key of its own or in the place of a value
                lines.Insert(at, (random.Happens(0.5) ? Indentation(lines[at]) : "") + _snippets[random.NextInt(_snippets.Count)]);
                break;
            case 17: // sections of two files
                var sections = Section().Split(_files[random.NextInt(_files.Count)]);
                return text + "\n" + sections[random.NextInt(sections.Length)];
            case 18:
                lines.Insert(at, Large(Indentation(lines[at]), random));
                break;
            default:
                return Replaced(text, Key(), random, _ => Key().Matches(text)[random.NextInt(Math.Max(1, Key().Count(text)))].Value);
        }

        return string.Join('\n', lines);
    }

    private static string Replaced(string text, Regex what, RandomStream random, Func<string, string> by)
    {
        var matches = what.Matches(text);
        if (matches.Count == 0)
            return text;
        var match = matches[random.NextInt(matches.Count)];
        return string.Concat(text.AsSpan(0, match.Index), by(match.Value), text.AsSpan(match.Index + match.Length));
    }

    private static string Edited(string number, RandomStream random) => random.NextInt(6) switch
    {
        0 => number + "0",
        1 => "0." + number.Replace(".", ""),
        2 => "-" + number,
        3 => (1 + random.NextInt(100)).ToString(CultureInfo.InvariantCulture),
        4 => number + "e" + random.NextInt(9).ToString(CultureInfo.InvariantCulture),
        _ => "1e-" + random.NextInt(9).ToString(CultureInfo.InvariantCulture),
    };

    private static string Misspelt(string key, RandomStream random)
    {
        var at = random.NextInt(key.Length);
        return random.NextInt(5) switch
        {
            0 => key.Remove(at, 1),
            1 => key.Insert(at, "x"),
            2 => key.ToUpperInvariant(),
            3 => key.Replace('_', '-'),
            _ => key[..at] + (char)('a' + random.NextInt(26)) + key[(at + 1)..],
        };
    }

    private static string Nested(RandomStream random)
    {
        var depth = (int)Math.Pow(10, 1 + (3 * random.NextDouble()));
        return random.NextInt(4) switch
        {
            0 => new string('[', depth) + new string(']', depth),
            1 => string.Concat(Enumerable.Repeat("{a: ", depth)) + "1" + new string('}', depth),
            2 => new string('[', depth),
            _ => "\"" + new string('(', depth) + "x" + new string(')', depth) + " > 0\"",
        };
    }

    /// <summary>Names that stand for what was written before: lists of lists that grow without end, long chains, and merges.</summary>
    private static string Aliases(RandomStream random)
    {
        var levels = 2 + random.NextInt(random.Happens(0.3) ? 3000 : 40);
        var text = new StringBuilder("a0: &a0 {log: [1e-4, 1]}\n");
        var kind = random.NextInt(4);
        for (var level = 1; level < levels; level++)
        {
            var below = $"*a{level - 1}";
            text.Append(CultureInfo.InvariantCulture, $"a{level}: &a{level} ").Append(kind switch
            {
                0 => $"[{below}, {below}, {below}]",
                1 => $"{{x: {below} , y: {below} }}",
                2 => $"{{<<: {below} , k{level}: 1}}",
                _ => $"[{below}]",
            }).Append('\n');
        }

        return random.Happens(0.5) ? text.ToString() : text + $"space: *a{levels - 1}";
    }

    private static string Large(string indentation, RandomStream random)
    {
        var count = (int)Math.Pow(10, 2 + (2.5 * random.NextDouble()));
        return random.NextInt(7) switch
        {
            0 => string.Concat(Enumerable.Range(0, count).Select(i => $"{indentation}key{i}: {{uniform: [0, 1]}}\n")),
            1 => $"{indentation}{new string('k', count)}: 1",
            2 => $"constraints: [\"{string.Concat(Enumerable.Repeat("learning_rate + ", count))}learning_rate > 0\"]",
            3 => $"{indentation}optimizer: {{choice: [{string.Join(", ", Enumerable.Range(0, count))}]}}",
            4 => string.Concat(Enumerable.Repeat($"{indentation}- \n", count)),
            5 => $"enqueue: [{string.Join(", ", Enumerable.Repeat("{learning_rate: 0.01}", count))}]",
            _ => $"constraints: [{string.Join(", ", Enumerable.Repeat("learning_rate < 0.5", count))}]",
        };
    }

    private static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];

    [GeneratedRegex(@"\b[a-z_]+(?=:)")]
    private static partial Regex Key();

    [GeneratedRegex(@"(?<=[:,\[] *)[^\s,\[\]{}#]+")]
    private static partial Regex Scalar();

    [GeneratedRegex(@"(?<=: )\S[^\n#]*")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<=[:\[,] *)[0-9][0-9.e-]*")]
    private static partial Regex Number();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\n(?=[a-z])")]
    private static partial Regex Section();
}
