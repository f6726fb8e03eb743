using HyperSearch.Planning;
using HyperSearch.Training.Data;
using HyperSearch.Training.Ensembles;

namespace HyperSearch.Hosting.Objectives;

/// <summary>The built-in trainer on a data set: <c>objective: {train: …}</c>.</summary>
/// <param name="Data">The source of the data, with absolute paths.</param>
public sealed record TrainingDefinition(DataSource Data) : ObjectiveDefinition
{
    /// <summary>The number of folds that the rows are dealt into, each held out once by each trial; 0, the default, for one dev
    /// set.</summary>
    public int Folds { get; init; }

    /// <summary>With folds: the largest size of the ensemble that is handed over, in trials; 1 for the winner's own networks. Default
    /// 25.</summary>
    public int Ensemble { get; init; } = EnsembleSelection.DefaultRounds;

    /// <inheritdoc/>
    public override bool IsBuiltInTrainer => true;

    /// <inheritdoc/>
    public override bool MayLearnFromPictures => Data is not { Images: null, Image: null, Generate: null } || Data.NamesFolder();
}
