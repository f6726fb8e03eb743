using HyperSearch.Campaigns;
using HyperSearch.Objectives.Commands;
using HyperSearch.Objectives.Training;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Objectives;

/// <summary>Makes the objective that a search file describes.</summary>
public static class ObjectiveFactory
{
    /// <summary>Makes it ready to run: the built-in trainer loads and splits its data; of a command nothing is started yet.</summary>
    /// <param name="search">The definition.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where a command's processes are told of. Default: nowhere.</param>
    /// <exception cref="HyperSearch.Training.Data.DataException">The data cannot be read or used.</exception>
    /// <exception cref="ArgumentException">The definition is one that only code can run.</exception>
    public static IObjective Create(Search search, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(search);
        return search.Objective switch
        {
            TrainingDefinition training => TrainingObjective.Load(training, search.Seed, time),
            CommandDefinition command => new CommandObjective(command, search.Space, time, logger),
            var other => throw new ArgumentException($"An objective of kind {other.GetType().Name} is given in code, not made from a definition.", nameof(search)),
        };
    }

    /// <summary>A hash of the data behind an objective, by which a resumed campaign knows them again; <c>null</c> where they are not ours.</summary>
    public static string? DataFingerprint(IObjective objective) => (objective as TrainingObjective)?.Data.Fingerprint;
}
