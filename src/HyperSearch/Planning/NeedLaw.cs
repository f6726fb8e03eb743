using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>What a search may ask of its workers, and what labels may say.</summary>
internal static class NeedLaw
{
    /// <summary>Passes needs that can be met.</summary>
    /// <exception cref="ArgumentException">A name is none, or nothing is asked for.</exception>
    public static ImmutableSortedDictionary<string, ParameterValue> Checked(
        ImmutableSortedDictionary<string, ParameterValue> needs, string parameter)
    {
        foreach (var (name, need) in needs)
        {
            if (!IsName(name))
            {
                throw new ArgumentException(
                    $"\"{name}\" cannot be a label's name. A name begins with a letter and goes on with letters, digits, _, - or dots.",
                    parameter);
            }

            if (!CanBeAsked(need))
            {
                throw new ArgumentException(
                    $"{name}: {need} asks for nothing that a label can say. Write a number above 0, a word without blanks, or true.",
                    parameter);
            }
        }

        return needs;
    }

    /// <summary>Whether a text can name a label.</summary>
    public static bool IsName(string text) => text.Length > 0 && char.IsAsciiLetter(text[0])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static bool CanBeAsked(ParameterValue need) => need.Boxed switch
    {
        double number => number > 0 && double.IsFinite(number),
        bool isThere => isThere,
        var word => IsWord((string)word),
    };

    /// <summary>Whether a label can say a word.</summary>
    public static bool IsWord(string text) => text.Length > 0 && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));
}
