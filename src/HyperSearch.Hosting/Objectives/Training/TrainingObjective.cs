using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Ensembles;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>The built-in trainer on a data set that is loaded and split once and shared by all trials.</summary>
/// <remarks>
/// A job that was killed goes on from its last checkpoint. A checkpoint saves time and nothing else: training is a function of
/// (data, hyperparameters, seed), so where one is missing or damaged the epochs are trained again and give the same bits.
/// </remarks>
/// <param name="data">The data; disposed with the objective.</param>
/// <param name="epochs">The full budget of a trial, which learning-rate decays need to know.</param>
/// <param name="time">The clock that says when a checkpoint is due.</param>
/// <param name="joined">Loads the same data with the dev rows among the training rows, for the winner's last training; <c>null</c> trains
/// it on the training rows alone.</param>
public sealed class TrainingObjective(Dataset data, int epochs, TimeProvider time, Func<Dataset>? joined = null) : IObjective, IDisposable
{
    /// <summary>The data, split as the campaign's seed says.</summary>
    public Dataset Data => data;

    /// <summary>Loads the data of a definition.</summary>
    /// <param name="definition">The objective as the search file defines it.</param>
    /// <param name="seed">The campaign's seed, which splits the data.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The data cannot be read or used.</exception>
    public static TrainingObjective Load(TrainingDefinition definition, ulong seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var data = DatasetLoader.Load(definition.Data, seed);
        return new TrainingObjective(data, definition.Epochs, time, () => DatasetLoader.LoadJoined(definition.Data, seed));
    }

    /// <inheritdoc/>
    public string? DataFingerprint => data.Fingerprint;

    /// <inheritdoc/>
    public int? DevRows => data.Dev.Rows;

    /// <inheritdoc/>
    public DataSummary? DataSummary => DataSummary.Of(data);

    /// <inheritdoc/>
    public bool JudgesWinner => true;

    /// <inheritdoc/>
    public double? ParametersOf(Point point) => TrainingPoint.ParametersOf(data, OptionsOf(point));

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point) => Trainer.WorkPerEpoch(data, OptionsOf(point));

    /// <inheritdoc/>
    public bool CheckpointsAreExpendable => true;

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        using var trainer = Train(job, data, stop);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// As many epochs as the winner trained; where early stopping ended it, as many as it took to its least dev error, since there are no
    /// dev rows left to stop by.
    /// Inputs are normalized by training and dev rows. An objective that was made of a data set alone trains the winner on the training
    /// rows.
    /// </remarks>
    /// <exception cref="CampaignException">The data have changed since the campaign began.</exception>
    public Verdict? Judge(IReadOnlyList<Trial> ranked, ulong seed, string modelPath, string checkpointFolder, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        var winner = ranked[0];
        using var fresh = joined?.Invoke();
        if (fresh is not null && (fresh.Train.Rows != data.Train.Rows + data.Dev.Rows || fresh.Test.Rows != data.Test.Rows))
            throw new CampaignException(
                "The data changed while the campaign ran, so the winner cannot be trained on them. Restore them, then resume the "
                + "campaign.");
        var all = fresh ?? data;
        var planned = new Job(0, winner.Number, winner.Point, winner.Origin, 0, EpochsOf(winner), null, seed);
        var job = new LastTraining(planned, checkpointFolder);
        using var trainer = Train(job, all, stop);
        trainer.ToModel(all.Test).Save(modelPath);
        if (job.HasCheckpointFolder)
            Directory.Delete(checkpointFolder, recursive: true);
        if (all.Test.Rows == 0)
            return null;
        var sampling = new HeldOutTruth(all, all.Test).Sample(trainer.Predict(all.Test.Features));
        return new Verdict(winner.Number, TrainingMetrics.Of("test", trainer.Evaluate(all.Test)), all.Test.Rows)
        {
            TrainRows = all.Train.Rows,
            Epochs = trainer.Epoch,
            StandardErrors = TrainingMetrics.StandardErrors("test", sampling),
            Baseline = TrainingMetrics.Baseline("test", sampling),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => data.Dispose();

    private Trainer Train(IJobContext job, Dataset rows, CancellationToken stop) => TrainingCourse.Run(
        job, planned => new Trainer(rows, OptionsOf(planned.Point), planned.Seed),
        job.Job.ToEpochs < epochs && job is not LastTraining, time, stop);

    /// <summary>Epochs to the winner's best weights: patience epochs before its end where early stopping ended it.</summary>
    private int EpochsOf(Trial winner)
    {
        var patience = OptionsOf(winner.Point).Patience;
        var endedEarly = winner.State == OutcomeState.Completed && winner.Epochs < epochs;
        return endedEarly && winner.Epochs > patience ? winner.Epochs - patience : winner.Epochs;
    }

    private TrainerOptions OptionsOf(Point point) => TrainingPoint.OptionsOf(point, epochs);
}

/// <summary>The winner's last training as a job: nobody listens, nothing stops it early.</summary>
internal sealed class LastTraining(Job job, string folder) : IJobContext
{
    public Job Job => job;

    public string Metric => "dev_error";

    public string CheckpointFolder => Directory.CreateDirectory(folder).FullName;

    public bool HasCheckpointFolder => Directory.Exists(folder);

    public string LogPath => Path.Combine(CheckpointFolder, "job.log");

    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics) => true;
}
