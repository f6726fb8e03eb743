using System.Globalization;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Ensembles;
using HyperSearch.Training.Models;
using HyperSearch.Training.Scores;

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
public sealed partial class TrainingObjective(Dataset data, int epochs, TimeProvider time, Func<Dataset>? joined = null)
    : IObjective, IDisposable
{
    private readonly TimeProvider _time = time ?? throw new ArgumentNullException(nameof(time));

    /// <summary>The data, split as the campaign's seed says.</summary>
    public Dataset Data => data;

    /// <summary>The rows that the winner is trained on once more. Default: training and dev rows.</summary>
    public RefitRows Refit { get; init; }

    /// <summary>Loads the same data with all rows among the training rows; <c>null</c> hands over the network that was judged.</summary>
    public Func<Dataset>? Whole { get; init; }

    /// <summary>The seed from which each trial's follows.</summary>
    public ulong CampaignSeed { get; init; }

    /// <summary>Loads the data of a definition.</summary>
    /// <param name="definition">The objective as the search file defines it.</param>
    /// <param name="seed">The campaign's seed, which splits the data.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The data cannot be read or used.</exception>
    public static TrainingObjective Load(TrainingDefinition definition, ulong seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(time);
        var data = DatasetLoader.Load(definition.Data, seed);
        return new TrainingObjective(data, definition.Epochs, time, () => DatasetLoader.LoadJoined(definition.Data, seed))
        {
            Refit = definition.Refit,
            Whole = () => DatasetLoader.LoadWhole(definition.Data, seed),
            CampaignSeed = seed,
            AveragesRepeats = definition.Ensemble > 1,
        };
    }

    /// <inheritdoc/>
    public string? DataFingerprint => data.Fingerprint;

    /// <inheritdoc/>
    public int? DevRows { get; } = (data ?? throw new ArgumentNullException(nameof(data))).Dev.Rows;

    /// <inheritdoc/>
    public DataSummary? DataSummary => DataSummary.Of(data);

    /// <inheritdoc/>
    public bool JudgesWinner => true;

    /// <inheritdoc/>
    public double? ParametersOf(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return TrainingPoint.ParametersOf(data, OptionsOf(point));
    }

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Trainer.WorkPerEpoch(data, OptionsOf(point));
    }

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
    /// The winner is trained afresh on training and dev rows, for as many epochs as it trained; where early stopping ended it, for as many
    /// as it took to its least dev cost, since there are no dev rows left to stop by. A copy's ancestors have their stretches again. Inputs
    /// are normalized by training and dev rows. A
    /// refit that diverges or fits worse than the trial is not handed over: the trial's own network is, trained again to the same bits. An
    /// objective that was made of a data set alone trains the winner on the training rows. Where the winner was confirmed and the mean
    /// answer of its repeats is better on the dev rows than theirs are on average, as many networks are trained in the same way, and their
    /// mean answer is judged and handed over; of several refits none is handed over when one of them is not good enough.
    /// </remarks>
    /// <exception cref="CampaignException">The data have changed since the campaign began.</exception>
    public Verdict? Judge(IReadOnlyList<Trial> ranked, Judging judging, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(judging);
        var (seed, modelPath, checkpointFolder) = judging;
        var winner = ranked[0];
        var trainings = new Trainings(judging, stop);
        if (AverageOf(winner, judging, trainings, stop) is { } average)
            return JudgeTogether(average, winner, judging, trainings, stop);
        using var more = Refit == RefitRows.None ? null : Load(joined, data.Train.Rows + data.Dev.Rows, data.Test.Rows);
        var refit = Refit == RefitRows.None ? (null, null) : TrainAfresh(more ?? data, winner, seed, checkpointFolder, modelPath, stop);
        using var judged = refit.Trainer ?? TrainAgain(winner, Path.Combine(checkpointFolder, "own"), modelPath, stop);
        var (rows, test) = refit.Trainer is null ? (data.Train.Rows, data.Test) : ((more ?? data).Train.Rows, (more ?? data).Test);
        var model = judged.ToModel(test);
        var whole = TrainOnAll(winner, seed, Path.Combine(checkpointFolder, "all"), modelPath, stop);
        (whole.Model is null ? model : Model.Average([(whole.Model, 1)], model.Confusion)).Save(modelPath);
        if (Directory.Exists(checkpointFolder))
            Directory.Delete(checkpointFolder, recursive: true);
        if (test.Rows == 0)
            return null;
        // of a network that is certain and wrong, its costs tell more than probabilities that are rounded to 0 and 1
        var sampling = new HeldOutTruth(refit.Trainer is null ? data : more ?? data, test).Sample(judged.Predict(test.Features)) with
        {
            Cost = SamplingErrors.OfCosts(judged.MeasureRows(test).Costs),
        };
        return VerdictOf(winner, judged.Evaluate(test), sampling) with
        {
            TrainRows = rows,
            Epochs = judged.Epoch,
            WhyNotRefitted = Refit == RefitRows.None ? RefitIsOff : refit.Against ?? whole.Against,
            AllRows = whole.Rows,
        };
    }

    private const string RefitIsOff = "the search file says refit: none";

    private static Verdict VerdictOf(Trial winner, Evaluation figures, SamplingErrors sampling) =>
        new(winner.Number, TrainingMetrics.Of("test", figures), figures.Rows)
        {
            StandardErrors = TrainingMetrics.StandardErrors("test", sampling),
            Baseline = TrainingMetrics.Baseline("test", sampling),
        };

    /// <inheritdoc/>
    public void Dispose() => data.Dispose();

    private Trainer Train(IJobContext job, Dataset rows, CancellationToken stop) => TrainingCourse.Run(
        job, planned => new Trainer(rows, OptionsOf(planned.Point), planned.Seed),
        job.Job.ToEpochs < epochs && job is not LastTraining, _time, stop);

    /// <summary>The winner with new weights on more rows; without a trainer the reason against it.</summary>
    private (Trainer? Trainer, string? Against) TrainAfresh(
        Dataset rows, Trial winner, ulong seed, string folder, string modelPath, CancellationToken stop)
    {
        try
        {
            var trainer = Train(new LastTraining(TrainingPoint.Again(winner, EpochsOf(winner), seed), folder, modelPath), rows, stop);
            if (AgainstFit(winner, trainer.Evaluate().Train.Cost) is not { } against)
                return (trainer, null);
            trainer.Dispose();
            return (null, against);
        }
        catch (DivergenceException divergence)
        {
            return (null, $"a refit on {rows.Train.Rows} rows diverged: {divergence.Message}");
        }
    }

    /// <summary>The winner's own network, bit for bit.</summary>
    internal Trainer TrainAgain(Trial winner, string folder, string modelPath, CancellationToken stop) => Train(
        new LastTraining(TrainingPoint.Again(winner, winner.Epochs, TrialSeed.Of(CampaignSeed, winner.Root, repeat: 0)), folder,
            modelPath), data, stop);

    /// <summary>The winner trained on all rows where that is asked for and comes out well.</summary>
    private (int? Rows, Model? Model, string? Against) TrainOnAll(
        Trial winner, ulong seed, string folder, string modelPath, CancellationToken stop)
    {
        if (Refit != RefitRows.All)
            return default;
        using var whole = Load(Whole, data.Train.Rows + data.Dev.Rows + data.Test.Rows, 0);
        if (whole is null)
            return default;
        var (trainer, against) = TrainAfresh(whole, winner, seed, folder, modelPath, stop);
        using (trainer)
            return trainer is null ? (null, null, against) : (whole.Train.Rows, trainer.ToModel(), null);
    }

    private static Dataset? Load(Func<Dataset>? load, int trainRows, int testRows)
    {
        var fresh = load?.Invoke();
        if (fresh is null || (fresh.Train.Rows == trainRows && fresh.Test.Rows == testRows))
            return fresh;
        fresh.Dispose();
        throw new CampaignException(
            "The data changed while the campaign ran, so the winner cannot be trained on them. Restore them, then resume the campaign.");
    }

    /// <summary>A training cost below which a network fits its rows, whatever another one's cost is.</summary>
    private const double Fitted = 0.01;

    /// <summary>Why a refit fits worse than the trial; <c>null</c> when it does not, or when the trial's costs are not known.</summary>
    /// <remarks>
    /// More rows and other first weights move the training cost by half, seldom by more; a network that fits the rows that it has learned
    /// from worse than the trial fitted rows that it never saw has not learned what the trial had learned.
    /// </remarks>
    private static string? AgainstFit(Trial winner, double cost)
    {
        if (!winner.Metrics.TryGetValue("train_cost", out var train) || !winner.Metrics.TryGetValue("dev_cost", out var dev))
            return null;
        return cost <= Math.Max(Fitted, Math.Max(1.5 * train, dev)) ? null : string.Create(CultureInfo.InvariantCulture,
            $"a refit on more rows fitted them worse: its training cost is {cost:g4}, the trial's was {train:g4}");
    }

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
/// <param name="job">The job.</param>
/// <param name="folder">Its checkpoints.</param>
/// <param name="modelPath">The winner's model, which tells the campaign's folder: that one must be there, and is never made anew.</param>
internal sealed class LastTraining(Job job, string folder, string modelPath) : IJobContext
{
    public Job Job => job;

    public string Metric => "dev_error";

    public string CheckpointFolder => new CampaignFolder(Path.GetDirectoryName(Path.GetFullPath(modelPath))!).Make(folder);

    public bool HasCheckpointFolder => Directory.Exists(folder);

    public string LogPath => Path.Combine(CheckpointFolder, "job.log");

    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics) => true;
}
