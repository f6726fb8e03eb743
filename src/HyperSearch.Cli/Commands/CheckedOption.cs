using System.CommandLine;
using System.Globalization;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Commands;

/// <summary>Options whose values are checked with a sentence that says what would be right.</summary>
internal static class CheckedOption
{
    /// <summary>The TRIAL of a command line.</summary>
    public static Argument<int> TrialNumber() => new("TRIAL")
    {
        Description = "The trial's number, from 0 in the order proposed.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            result.AddError($"TRIAL is a trial's number, from 0, not \"{text}\".");
            return 0;
        },
    };

    /// <summary>A number of worker threads.</summary>
    public static Option<int?> Workers() => WholeNumber(
        "--workers", "N", "Worker threads. Default: the file's, or one per core; 0 with --listen: only workers elsewhere.", 0,
        SearchChecks.MostWorkers);

    /// <summary>A whole number between two bounds.</summary>
    public static Option<int?> WholeNumber(string name, string helpName, string description, int least,
        int most = int.MaxValue) => new(name)
        {
            HelpName = helpName,
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
                    && number <= most)
                    return number;
                result.AddError($"{name} takes a whole number from {least}{(most < int.MaxValue ? $" to {most}" : "")}, not \"{text}\".");
                return null;
            },
        };

    /// <summary>A finite number from 0.</summary>
    public static Option<double?> Number(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) && number >= 0)
                return number;
            result.AddError($"{name} takes a number from 0, not \"{text}\".");
            return null;
        },
    };

    /// <summary>A number of bytes with its unit.</summary>
    public static Option<long?> Bytes(string name, string description) => new(name)
    {
        HelpName = "SIZE",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var units = new[] { "MB", "GB", "TB" };
            var unit = Array.FindIndex(units, unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase));
            if (unit >= 0 && decimal.TryParse(text[..^2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= 1_000_000)
                return (long)(number * new[] { 1_000_000m, 1_000_000_000m, 1_000_000_000_000m }[unit]);
            result.AddError($"{name} takes a number with its unit, such as 500MB, 20GB or 1TB, not \"{text}\".");
            return null;
        },
    };

    /// <summary>A length of time with its unit, as search files write it.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        HelpName = "TIME",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DurationShape.Read(text) is { } time)
                return time;
            result.AddError($"{name} takes a time with its unit, such as 90s, 10m, 1h30m or 2d, not \"{text}\".");
            return null;
        },
    };

    /// <summary>A seed: any whole number from 0 that fits 64 bits.</summary>
    public static Option<ulong?> Seed(string name, string description) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            result.AddError($"{name} takes a whole number from 0, not \"{text}\".");
            return null;
        },
    };

    /// <summary>Lets an option take one of a few words only.</summary>
    public static void OneOf(Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value))
                result.AddError($"{option.Name} takes one of {string.Join(", ", words)}, not " +
                    $"\"{token.Value}\".{Nearest.Hint(token.Value, words)}");
        });
    }
}
