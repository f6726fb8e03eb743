using HyperSearch.Planning;
using HyperSearch.Training.Data;

namespace HyperSearch.Hosting.Objectives;

/// <summary>The built-in trainer on a data set: <c>objective: {train: …}</c>.</summary>
/// <param name="Data">Where the data are, with absolute paths.</param>
public sealed record TrainingDefinition(DataSource Data) : ObjectiveDefinition
{
    /// <inheritdoc/>
    public override bool IsBuiltInTrainer => true;

    /// <inheritdoc/>
    public override bool MayLearnFromPictures => Data is not { Images: null, Image: null, Generate: null } || Data.NamesFolder();
}
