using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>The changes that a command line makes to a search.</summary>
internal static class SearchOverrides
{
    /// <summary><c>--set</c>, which changes values of the search file.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "Set a value of the search file for this campaign, such as space.learning_rate=0.01; may be given several times.",
    };

    /// <summary>Reads a search file with the settings of the command line in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">The assignments of <see cref="Set"/>.</param>
    /// <param name="terminal">Where each assignment is told.</param>
    /// <returns>The search, and the text that says it: the file's, or with the assignments in it and named below it.</returns>
    /// <exception cref="SearchFileException">The file cannot be read or does not validate, before the assignments or with them.</exception>
    /// <exception cref="CommandException">An assignment is none.</exception>
    public static (Search Search, string Text) Read(string path, string[] settings, Terminal terminal)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var text = SearchFile.Load(path);
        var search = SearchFile.Read(text, path, folder);
        if (settings.Length == 0)
            return (search, text);
        try
        {
            foreach (var setting in settings)
            {
                (text, var before) = SearchEdit.Set(text, setting);
                terminal.Note($"{SearchEdit.SetMark}{setting}{(before is null ? "" : $", instead of {before}")}");
            }
        }
        catch (FormatException mistake)
        {
            throw CommandException.Usage(mistake.Message, mistake);
        }

        text = $"{text.TrimEnd()}\n\n{string.Concat(settings.Select(setting => $"# {SearchEdit.SetMark}{setting}\n"))}";
        return (SearchFile.Read(text, path, folder), text);
    }

    /// <summary>The search with the settings that the command line gives for one session; the others stay.</summary>
    public static Search With(this Search search, int? trials, int? workers, TimeSpan? timeout, ulong? seed) => search with
    {
        Trials = trials ?? search.Trials,
        Workers = workers ?? search.Workers,
        Seed = seed ?? search.Seed,
        Limits = search.Limits with { Time = timeout ?? search.Limits.Time },
    };
}
