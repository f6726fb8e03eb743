using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Planning;
using HyperSearch.Training.Data;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting;

/// <summary>Makes the objective that a search file describes.</summary>
public static class ObjectiveFactory
{
    /// <summary>Makes it ready to run: the built-in trainer loads and splits its data; of a command nothing is started yet.</summary>
    /// <param name="search">The definition.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where a command's processes are told of. Default: nowhere.</param>
    /// <exception cref="DataException">The data cannot be read or used, or do not have the metric that decides.</exception>
    /// <exception cref="CampaignException">The objective, the sampler, the schedule or a scale is in the code of a program.</exception>
    public static IObjective Create(Search search, TimeProvider time, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(time);
        if (search.Objective is not DelegateDefinition && CodeParts.Refusal(search) is { } refusal)
            throw new CampaignException(refusal);
        return search.Objective switch
        {
            TrainingDefinition { Folds: > 0 } training =>
                Fitting(FoldedObjective.Load(training, search.Seed, time), folded => folded.Folds.Parts[0]),
            TrainingDefinition training => Fitting(TrainingObjective.Load(training, search.Seed, time), trained => trained.Data),
            CommandDefinition command => new CommandObjective(command, search.Space, time, logger),
            _ => throw new CampaignException(
                $"The objective of \"{search.Name}\" is a function in a program, so only that program can run it; every verb that reads a "
                + "campaign works."),
        };

        TObjective Fitting<TObjective>(TObjective objective, Func<TObjective, Dataset> dataOf)
            where TObjective : IDisposable
        {
            try
            {
                TrainingMetrics.SearchLaw(search, dataOf(objective));
                return objective;
            }
            catch
            {
                objective.Dispose();
                throw;
            }
        }
    }
}
