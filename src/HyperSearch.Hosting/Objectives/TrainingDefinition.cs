using HyperSearch.Planning;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Ensembles;

namespace HyperSearch.Hosting.Objectives;

/// <summary>The built-in trainer on a data set: <c>objective: {train: …}</c>.</summary>
/// <param name="Data">The source of the data, with absolute paths.</param>
public sealed record TrainingDefinition(DataSource Data) : ObjectiveDefinition
{
    /// <summary>The source of the data, with absolute paths.</summary>
    public DataSource Data { get; init; } = Data ?? throw new ArgumentNullException(nameof(Data));

    /// <summary>The number of folds that the rows are dealt into, each held out once by each trial; 0, the default, for one dev
    /// set.</summary>
    public int Folds { get; init; }

    /// <summary>With folds: the largest size of the ensemble that is handed over, in trials; 1 for the winner's own networks. Without: 1
    /// hands one network over, any other number averages the winner's confirmed repeats where that helps on the dev rows. Default
    /// 25.</summary>
    public int Ensemble { get; init; } = EnsembleSelection.DefaultRounds;

    /// <summary>Without folds: the rows that the winner is trained on once more before it is handed over. Default: training and dev
    /// rows.</summary>
    public RefitRows Refit { get; init; }

    /// <inheritdoc/>
    public override bool IsBuiltInTrainer => true;

    /// <inheritdoc/>
    /// <remarks>Not what shapes the network or the memory of its optimizer, nor the patience that it is watched with.</remarks>
    public override bool MayChange(string parameter) => base.MayChange(parameter) && !HyperparameterCatalog.ShapesNetwork(parameter);

    /// <inheritdoc/>
    public override bool MayJoinTrials => Folds > 0;

    /// <inheritdoc/>
    public override bool MayLearnFromPictures => Data is not { Images: null, Image: null, Generate: null } || Data.NamesFolder();
}

/// <summary>The rows that a winner is trained on once more before it is handed over.</summary>
public enum RefitRows
{
    /// <summary>The training and the dev rows: nothing is left to choose by, and the test rows judge that network.</summary>
    TrainDev,

    /// <summary>None: the network that the trial trained is judged and handed over.</summary>
    None,

    /// <summary>All rows, once the network of <see cref="TrainDev"/> was judged; the figure stays that network's, which never saw the test
    /// rows.</summary>
    All,
}
