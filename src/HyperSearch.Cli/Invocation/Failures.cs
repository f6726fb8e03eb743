using System.Collections.Immutable;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Training.Data;

namespace HyperSearch.Cli.Invocation;

/// <summary>Turns what went wrong into one or two plain sentences and an exit code.</summary>
internal static class Failures
{
    /// <summary>Tells it on stderr.</summary>
    /// <param name="failure">The exception.</param>
    /// <param name="terminal">Where to tell it.</param>
    /// <param name="verbose">Whether to add the stack trace.</param>
    /// <returns>The exit code.</returns>
    public static int Tell(Exception failure, Terminal terminal, bool verbose)
    {
        try
        {
            terminal.Flush();
        }
        catch (IOException)
        {
            // what went wrong first is told
        }

        var code = failure switch
        {
            CommandException known => Tell(terminal, known.Message, known.ExitCode),
            SearchFileException wrong => Tell(terminal, wrong.Errors),
            DataException => Tell(terminal, failure.Message, ExitCode.Usage),
            StoreException or CampaignException or IOException or UnauthorizedAccessException =>
                Tell(terminal, failure.Message, ExitCode.Failed),
            OperationCanceledException => Tell(terminal, "Interrupted.", ExitCode.Interrupted),
            _ => Tell(terminal, $"Something unexpected went wrong: {failure.Message} {(verbose ? "" : "--verbose shows where.")}".TrimEnd(),
                ExitCode.Failed),
        };
        if (verbose)
            terminal.Note(failure.ToString());
        return code;
    }

    /// <summary>Each on a line of its own, beginning with its place, so that editors and terminals can jump there.</summary>
    private static int Tell(Terminal terminal, ImmutableArray<SearchFileError> errors)
    {
        foreach (var error in errors)
            terminal.Note(error.ToString());
        var mistakes = errors.Count(error => error.Line > 0);
        if (mistakes > 1)
            terminal.Error($"{mistakes} mistakes in the search file; nothing was run.");
        return ExitCode.Usage;
    }

    private static int Tell(Terminal terminal, string sentences, int code)
    {
        foreach (var line in sentences.Split('\n'))
            terminal.Error(line);
        return code;
    }
}
