using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HyperSearch.Numerics;

/// <summary>Words as a search file writes them.</summary>
internal static partial class YamlWord
{
    /// <summary>A word that YAML reads back as that word, also between brackets; quotes stand only where they must.</summary>
    public static string Of(string word) => IsPlain(word) ? word : Quoted(word);

    /// <summary>A text in double quotes, as YAML reads it: control characters and what YAML takes for a line break are escaped, anything
    /// else stands as it is.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\ufeff')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether a word without quotes is read as that word: a name that YAML takes neither for a truth value nor for
    /// nothing.</summary>
    public static bool IsPlain(string word) =>
        PlainWord().IsMatch(word) && word.ToLowerInvariant() is not ("true" or "false" or "null");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();
}
