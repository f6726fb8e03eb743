using HyperSearch.Training.Data;

namespace HyperSearch.Objectives;

/// <summary>The built-in trainer on a data set: <c>objective: {train: …}</c>.</summary>
/// <param name="Data">Where the data are, with absolute paths.</param>
public sealed record TrainingDefinition(DataSource Data) : ObjectiveDefinition;
