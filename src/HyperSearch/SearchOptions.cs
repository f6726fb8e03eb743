using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch;

/// <summary>
/// How a search that is made in code decides. Every option has a sensible default; each refuses a value that no search can have.
/// </summary>
/// <example>
/// <code>
/// var options = new SearchOptions
/// {
///     Trials = 60,
///     Epochs = 12,
///     Schedule = new MedianSchedule(),
///     Confirm = new Confirm { Top = 3 },
///     Limits = new Limits { Patience = 20 },
/// };
/// </code>
/// </example>
public record SearchOptions : SearchSettings
{
    /// <summary>The full budget of a trial in epochs. Default 1: the function has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Epochs
    {
        get;
        init => field = SearchLaw.AtLeast(value, 1, nameof(Epochs), "1 is right for a function without epochs.");
    } = 1;

    /// <summary>
    /// The planned work of an epoch of a configuration, where it is known; what is not a positive, finite number counts as 1, and a
    /// function that throws ends the search. Default <c>null</c>: the same for all.
    /// </summary>
    public Func<Point, double>? WorkPerEpoch { get; init; }

    /// <summary>The definition that these options make of a space.</summary>
    internal Search Define(Space space, bool maximize, string name) =>
        new(this) { Name = name, Objective = new DelegateDefinition { Epochs = Epochs }, Maximize = maximize, Space = space };
}
