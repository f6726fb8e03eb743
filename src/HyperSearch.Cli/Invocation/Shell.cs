using System.CommandLine;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Invocation;

/// <summary>The surroundings that all verbs share: the terminal, the clock, and the options that every verb takes.</summary>
/// <param name="Terminal">Where to write.</param>
/// <param name="Time">The clock.</param>
/// <param name="Results">The folder of campaigns.</param>
/// <param name="Verbose">Whether to show more of what happens, and stack traces.</param>
internal sealed record Shell(Terminal Terminal, TimeProvider Time, Option<string> Results, Option<bool> Verbose)
{
    /// <summary>The folder of campaigns that a command line names.</summary>
    public string ResultsFolder(ParseResult parse) => parse.GetValue(Results) ?? "results";
}
