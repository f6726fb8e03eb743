using System.Collections.Immutable;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>A program to start, with its arguments and its surroundings.</summary>
/// <param name="Program">The program's file, absolute.</param>
/// <param name="Arguments">The argument list, the program's name first.</param>
/// <param name="WorkingDirectory">Absolute; it exists.</param>
/// <param name="Environment">The whole environment.</param>
internal sealed record ChildStart(
    string Program, ImmutableArray<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Whether we write to its standard input; otherwise that is empty.</summary>
    public bool TakesInput { get; init; }

    /// <summary>Whether we read its output; otherwise its output is dropped.</summary>
    public bool GivesOutput { get; init; } = true;
}
