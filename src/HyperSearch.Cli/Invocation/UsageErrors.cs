using System.CommandLine;
using System.CommandLine.Parsing;
using HyperSearch.Numerics;

namespace HyperSearch.Cli.Invocation;

/// <summary>The mistakes of a command line, in sentences that name the nearest right word.</summary>
internal static class UsageErrors
{
    /// <summary>One sentence or two for each mistake; empty when there is none.</summary>
    public static IReadOnlyList<string> Of(ParseResult parse)
    {
        if (parse.Errors.Count == 0)
            return [];
        var command = parse.CommandResult.Command;
        var unknown = parse.UnmatchedTokens;
        if (command is RootCommand root)
            return [Verbless(root, unknown)];

        // A misspelt option leaves its value behind as an argument; one sentence is enough.
        var told = unknown.Where((token, i) => i == 0 || IsOption(token) || !IsOption(unknown[i - 1]));
        var sentences = told.Select(token => Unknown(command, token)).ToList();
        foreach (var error in parse.Errors)
        {
            if (unknown.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)))
                continue;
            if (Missing(command, error) is { } missing)
            {
                if (sentences.Count == 0)
                    sentences.Add(missing);
            }
            else
            {
                sentences.Add(error.Message);
            }
        }

        return [.. sentences.Distinct()];
    }

    private static string Verbless(RootCommand root, IReadOnlyList<string> unknown)
    {
        if (unknown.Count == 0)
            return "A verb is missing, such as run SEARCH.yaml. hypersearch --help lists the verbs.";
        var word = unknown[0];
        if (IsOption(word))
            return $"\"{word}\" is not an option of hypersearch.{Nearest.Hint(word, OptionNames(root))} hypersearch --help " +
                "lists the verbs and options.";
        return $"\"{word}\" is not a " +
            $"verb.{Suggestion(word, [.. root.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)])}";
    }

    private static string Unknown(Command verb, string token)
    {
        if (IsOption(token))
            return $"\"{token}\" is not an option of {verb.Name}.{Suggestion(token, OptionNames(verb))}";
        return $"\"{token}\" is one argument too many. Usage: hypersearch " +
            string.Join(' ', [verb.Name, .. verb.Arguments.Select(argument => argument.Name), "[options]"]);
    }

    private static bool IsOption(string token) => token.StartsWith('-') && token.Length > 1;

    private static string? Missing(Command verb, ParseError error) => error.SymbolResult switch
    {
        ArgumentResult argument when argument.Tokens.Count < argument.Argument.Arity.MinimumNumberOfValues
            && verb.Arguments.Contains(argument.Argument) => Needs(verb, argument.Argument),
        CommandResult when verb.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0) is { } first =>
            Needs(verb, first),
        OptionResult { Tokens.Count: 0 } option =>
            $"{option.Option.Name} needs a value{(option.Option.HelpName is { } name ? $", {name}" : "")}: {option.Option.Description}",
        _ => null,
    };

    private static string Needs(Command verb, Argument argument) =>
        $"{verb.Name} needs {argument.Name}: {char.ToLowerInvariant(argument.Description![0])}{argument.Description[1..]}";

    private static string[] OptionNames(Command command)
    {
        var names = command.Options.Where(option => !option.Hidden).Select(option => option.Name);
        var inherited = command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive)
            .Select(option => option.Name);
        return [.. names.Concat(inherited).Distinct()];
    }

    /// <summary>The nearest word and all known ones: sentences that start with a space.</summary>
    private static string Suggestion(string word, string[] known) =>
        known.Length == 0 ? "" : $"{Nearest.Hint(word, known)} Known: {Nearest.List(known)}.";
}
