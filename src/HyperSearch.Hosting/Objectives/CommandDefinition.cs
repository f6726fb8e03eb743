using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives;

/// <summary>The user's own training command: <c>objective: {command: […]}</c>.</summary>
/// <param name="Arguments">The program and its arguments, with <c>{parameter}</c> where a value goes; never a shell line.</param>
/// <param name="WorkingDirectory">Absolute; the folder of the search file.</param>
public sealed record CommandDefinition(ImmutableArray<string> Arguments, string WorkingDirectory) : ObjectiveDefinition
{
    /// <summary>The folder in which the command runs, absolute.</summary>
    public string WorkingDirectory { get; init; } = WorkingDirectory ?? throw new ArgumentNullException(nameof(WorkingDirectory));

    /// <summary>Whether one process per worker stays alive and reads requests, instead of one process per job.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>
    /// The devices that workers take in turn: worker i runs its jobs with <c>CUDA_VISIBLE_DEVICES</c> at entry i modulo their number.
    /// Default: none, and the variable stays as it is.
    /// </summary>
    public ImmutableArray<string> Devices { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// The files that the command needs on another machine, as paths inside the search file's folder in which <c>*</c>, <c>?</c> and
    /// <c>**</c> stand for any. A worker there runs the command in a folder of its own that holds them. Default: none, and the worker must
    /// have the folder itself.
    /// </summary>
    /// <exception cref="ArgumentException">One is empty, absolute, or leads out of the folder.</exception>
    public ImmutableArray<string> Files
    {
        get;
        init => field = value.IsDefault ? [] : Array.Find([.. value], pattern => !IsInside(pattern)) is not { } wrong ? value
            : throw new ArgumentException(
                $"\"{wrong}\" is no path inside the search file's folder. Write it from there on, such as train.py or lib/**.",
                nameof(Files));
    } = [];

    /// <summary>Variables added to the environment of the command, with <c>{parameter}</c> where a value goes.</summary>
    public ImmutableSortedDictionary<string, string> Environment
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Environment));
    } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// How many of the best trials keep their checkpoints. Trials that may go on keep theirs too; the campaign removes all others.
    /// Default 3.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int KeepCheckpoints
    {
        get;
        init => field = SearchLaw.AtLeast(value, 0, nameof(KeepCheckpoints), "0 keeps none of a trial that has ended.");
    } = 3;

    /// <summary>How long a process may take to leave after SIGTERM before SIGKILL. Default 5 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or beyond 10⁹ seconds.</exception>
    public TimeSpan Grace { get; init => field = SearchLaw.Positive(value, nameof(Grace), "1ms kills almost at once.")!.Value; } =
        TimeSpan.FromSeconds(5);

    private static bool IsInside(string? pattern) => pattern is { Length: > 0 } && !pattern.AsSpan().ContainsAny('\\', ':', '\0')
        && Array.TrueForAll(pattern.Split('/'), static name => name is not ("" or "." or ".."));
}
