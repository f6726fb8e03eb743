using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Yaml;

/// <summary>
/// A single value, typed by the core schema of YAML 1.2: quoted text is always a word; <c>1e-4</c>, <c>.5</c> and <c>0x10</c> are numbers;
/// <c>yes</c> and dates are words.
/// </summary>
/// <param name="Mark">Where it begins.</param>
/// <param name="Text">As written, without quotes.</param>
/// <param name="Quoted">Whether it is text by quotes, by block style or by its tag.</param>
internal sealed partial record ScalarNode(Mark Mark, string Text, bool Quoted) : Node(Mark)
{
    /// <summary>Whether nothing was written.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The Boolean; <c>null</c> when it is none.</summary>
    public bool? Boolean => Quoted ? null : Text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>The number, also an infinity or NaN; <c>null</c> when it is none.</summary>
    public double? Number
    {
        get
        {
            if (Quoted || Text.Length == 0)
                return null;
            if (Decimal().IsMatch(Text))
                return double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (Hexadecimal().IsMatch(Text))
                return ulong.TryParse(Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal)
                    ? hexadecimal : null;
            if (Octal().IsMatch(Text))
                return Text[2..].Aggregate(0.0, (sum, digit) => (sum * 8) + (digit - '0'));
            return Text switch
            {
                ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
                "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
                ".nan" or ".NaN" or ".NAN" => double.NaN,
                _ => null,
            };
        }
    }

    /// <summary>The value of a parameter; <c>null</c> when nothing was written.</summary>
    public ParameterValue? Value =>
        IsNull ? default(ParameterValue?)
        : Boolean is { } boolean ? new ParameterValue(boolean)
        : Number is { } number ? new ParameterValue(number) : new ParameterValue(Text);

    public override string Describe() =>
        IsNull ? "nothing" : Boolean is not null
            ? Text : Number is not null ? $"the number {Text}" : Text.Length == 0 ? "an empty text" : $"the word \"{Shorten(Text)}\"";

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : string.Concat(line.AsSpan(0, 57), "…");
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0o[0-7]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();
}
