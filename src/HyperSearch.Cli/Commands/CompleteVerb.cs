using System.CommandLine;
using System.Globalization;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Commands;

/// <summary><c>complete</c>: the words that can stand in a place of a command line, a line each; the scripts of
/// <see cref="CompletionVerb"/> ask it.</summary>
internal sealed class CompleteVerb : Verb
{
    private readonly Argument<int> _index =
        new("INDEX") { Description = "Which of the words is to be completed; the program's name is word 0." };
    private readonly Argument<string[]> _words =
        new("WORDS") { Description = "The words so far, after --.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Makes the verb.</summary>
    public CompleteVerb(Shell shell)
        : base("complete", "Complete a word of a command line.", shell, "complete 1 -- hypersearch ra")
    {
        Hidden = true;
        Add(_index);
        Add(_words);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var (words, index) = (parse.GetValue(_words) ?? [], parse.GetValue(_index));
        var word = index < words.Length ? words[index] : "";
        var line = string.Join(' ', words.Take(index).Skip(1).Select(Quoted).Append(word));
        var found = parse.RootCommandResult.Command.Parse(line).GetCompletions(line.Length).Select(completion => completion.Label)
            .Where(label => label.StartsWith(word, StringComparison.Ordinal)
                && (word.StartsWith('-')
                    ? label.StartsWith("--", StringComparison.Ordinal)
                    : !label.StartsWith('-') && !label.StartsWith('/')));
        foreach (var label in found.Distinct().Order(StringComparer.Ordinal))
            Terminal.Line(label);
        return Task.FromResult(ExitCode.Done);
    }

    private static string Quoted(string word) =>
        word.Length == 0 || word.Any(char.IsWhiteSpace) ? string.Create(CultureInfo.InvariantCulture, $"\"{word}\"") : word;
}
