using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Commands;

/// <summary>A verb of the command line: one file holds its options, its help, its examples and its work.</summary>
internal abstract class Verb : Command
{
    /// <summary>Makes a verb.</summary>
    /// <param name="name">The word that people type.</param>
    /// <param name="description">One sentence for the list of verbs.</param>
    /// <param name="shell">The shell that it runs in.</param>
    /// <param name="examples">Command lines for its help, without the program's name.</param>
    protected Verb(string name, string description, Shell shell, params string[] examples)
        : base(name, description)
    {
        Shell = shell;
        Examples = examples;
        SetAction(RunAsync);
    }

    /// <summary>Command lines for its help, without the program's name.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Words that one of its options takes, with their meaning; asked only when the help is shown.</summary>
    public virtual IEnumerable<(string Word, string Meaning)> Words => [];

    /// <summary>A remark at the end of its help, after the examples; <c>null</c> for none.</summary>
    public virtual string? Remark => null;

    /// <summary>The shell that it runs in.</summary>
    protected Shell Shell { get; }

    /// <summary>The terminal it writes to.</summary>
    protected Terminal Terminal => Shell.Terminal;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult parse, CancellationToken stop);
}
