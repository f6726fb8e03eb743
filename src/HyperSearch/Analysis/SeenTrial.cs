using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Analysis;

/// <summary>A trial as the sampler saw it when it decided.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Kind">The rule that had proposed it.</param>
/// <param name="Value">Its value at the budget that the sampler looked at, as measured; <c>null</c> where it has none.</param>
public sealed record SeenTrial(int Trial, OriginKind Kind, double? Value)
{
    /// <summary>A trial at a budget; without one, or where it never got there, at its end.</summary>
    internal static SeenTrial Of(Trial trial, int? rung) =>
        new(trial.Number, trial.Origin.Kind, trial.Jobs.FirstOrDefault(job => job.ToEpochs == rung) is { } job ? job.Value : trial.Value);
}
