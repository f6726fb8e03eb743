using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Ensembles;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>The built-in trainer on folds: each trial trains one network for each fold, and the greedy ensemble of the best trials'
/// networks is handed over.</summary>
/// <remarks>
/// A trial is judged by all rows, each by the network that never saw it. The networks of the best trials stay in memory; a network that a
/// kill or another machine took is trained again, and gives the same bits. No row is wasted on a dev set, and no network has to be trained
/// at the end.
/// </remarks>
/// <param name="folds">The data; disposed with the objective.</param>
/// <param name="epochs">The full budget of a trial.</param>
/// <param name="rounds">The largest size of the ensemble, in trials; 1 hands the winner's own networks over.</param>
/// <param name="campaignSeed">The campaign's seed; each trial's follows from it.</param>
/// <param name="time">The clock that says when a checkpoint is due.</param>
public sealed class FoldedObjective(Folds folds, int epochs, int rounds, ulong campaignSeed, TimeProvider time) : IObjective, IDisposable
{
    private readonly TimeProvider _time = time ?? throw new ArgumentNullException(nameof(time));

    /// <summary>How many of the best trials may be part of the ensemble.</summary>
    private const int Candidates = 25;

    private readonly Lock _access = new();
    private readonly SortedDictionary<(double Cost, int Trial), FoldNetworks> _best = [];

    /// <summary>Loads the data of a definition and deals them.</summary>
    /// <param name="definition">The objective as the search file defines it.</param>
    /// <param name="seed">The campaign's seed, which deals the rows.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The data cannot be read or used.</exception>
    public static FoldedObjective Load(TrainingDefinition definition, ulong seed, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(time);
        var folds = DatasetLoader.LoadFolds(definition.Data, definition.Folds, seed);
        return new FoldedObjective(folds, definition.Epochs, definition.Ensemble, seed, time);
    }

    /// <summary>The data, dealt as the campaign's seed says.</summary>
    public Folds Folds => folds;

    /// <inheritdoc/>
    public string? DataFingerprint => folds.Fingerprint;

    /// <inheritdoc/>
    public int? DevRows { get; } = (folds ?? throw new ArgumentNullException(nameof(folds))).Rows;

    /// <inheritdoc/>
    public DataSummary? DataSummary => DataSummary.Of(folds);

    /// <inheritdoc/>
    public bool JudgesWinner => true;

    /// <inheritdoc/>
    public double? ParametersOf(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return TrainingPoint.ParametersOf(folds.Parts[0], OptionsOf(point));
    }

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return FoldedTrainer.WorkPerEpoch(folds, OptionsOf(point));
    }

    /// <inheritdoc/>
    public bool CheckpointsAreExpendable => true;

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        using var trainer = Train(job, stop);
        if (job.Job.Repeat == 0 && trainer.Divergence is null && (trainer.StoppedEarly || trainer.Epoch >= epochs))
            Keep(job.Job.Trial, trainer);
    }

    /// <inheritdoc/>
    public Verdict? Judge(IReadOnlyList<Trial> ranked, ulong seed, string modelPath, string checkpointFolder, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(modelPath);
        ArgumentNullException.ThrowIfNull(checkpointFolder);
        Trial[] trials = [.. ranked.TakeWhile(trial => trial.State == ranked[0].State).Take(rounds == 1 ? 1 : Candidates)];
        FoldNetworks[] networks = [.. trials.Select(trial =>
            NetworksOf(trial, Path.Combine(checkpointFolder, FormattableString.Invariant($"{trial.Number}")), modelPath, stop))];
        var judgesHeldOut = folds.Parts[0].Test.Rows == 0;
        var ensemble = Ensemble.Build(
            folds, networks, rounds, judgesHeldOut ? (c, fold) => AnswerUnstopped(trials[c], networks[c], fold, stop) : null);
        ensemble.Model.Save(modelPath);
        if (Directory.Exists(checkpointFolder))
            Directory.Delete(checkpointFolder, recursive: true);

        var members = trials.Zip(ensemble.Counts, (trial, count) => new EnsembleMember(trial.Number, count))
            .Where(member => member.Count > 0).OrderByDescending(member => member.Count);
        var (name, figure) = ensemble.Test is { } test ? ("test", test) : ("held_out", ensemble.CrossFitted);
        return new Verdict(ranked[0].Number, TrainingMetrics.Of(name, figure), figure.Rows)
        {
            TrainRows = folds.Rows,
            StandardErrors = TrainingMetrics.StandardErrors(name, ensemble.Sampling),
            Baseline = TrainingMetrics.Baseline(name, ensemble.Sampling),
            Ensemble = new JudgedEnsemble(
                folds.Parts.Count, [.. members], ensemble.Model.NetworkCount, ensemble.Model.ParameterCount, ranked.Count)
            {
                HasTestSet = ensemble.Test is not null,
            },
        };
    }

    /// <inheritdoc/>
    public void Dispose() => folds.Dispose();

    private FoldedTrainer Train(IJobContext job, CancellationToken stop) => TrainingCourse.Run(
        job, planned => new FoldedTrainer(folds, OptionsOf(planned.Point), planned.Seed),
        job.Job.ToEpochs < epochs && job is not LastTraining, _time, stop);

    /// <summary>Remembers a trial's networks while they are among the best by their held-out cost.</summary>
    private void Keep(int trial, FoldedTrainer trainer)
    {
        var cost = trainer.Evaluate().Dev.Cost;
        lock (_access)
        {
            if (_best.Count >= Candidates && cost >= _best.Last().Key.Cost)
                return;
        }

        var networks = FoldNetworks.Of(trainer, folds);
        lock (_access)
        {
            _best[(cost, trial)] = networks;
            if (_best.Count > Candidates)
                _best.Remove(_best.Last().Key);
        }
    }

    /// <summary>A trial's networks, trained again where they are not in memory.</summary>
    private FoldNetworks NetworksOf(Trial trial, string checkpointFolder, string modelPath, CancellationToken stop)
    {
        lock (_access)
        {
            if (_best.FirstOrDefault(entry => entry.Key.Trial == trial.Number).Value is { } known)
                return known;
        }

        var trialSeed = TrialSeed.Of(campaignSeed, trial.Number, repeat: 0);
        var job = new LastTraining(
            new Job(0, trial.Number, trial.Point, trial.Origin, 0, trial.Epochs, null, trialSeed), checkpointFolder, modelPath);
        using var trainer = Train(job, stop);
        return FoldNetworks.Of(trainer, folds);
    }

    /// <summary>
    /// A trial's answers on the rows of a fold by a network that the other folds ended: its epoch is the median of theirs. Ended by the
    /// rows that judge it, a network looks better than it is, on little but noise by ten points.
    /// </summary>
    private float[] AnswerUnstopped(Trial trial, FoldNetworks networks, int fold, CancellationToken stop)
    {
        int[] others = [.. networks.BestEpochs.Where((_, other) => other != fold).Order()];
        var (epoch, own) = (others[others.Length / 2], networks.BestEpochs[fold]);
        var seed = TrialSeed.Of(campaignSeed, trial.Number, repeat: 0);
        var answers = epoch == own || epoch == 0 ? null : FoldedTrainer.AnswerAt(folds, OptionsOf(trial.Point), seed, fold, epoch, stop);
        var width = folds.Parts[0].Outputs;
        return answers ?? [.. folds.HeldOut(fold).ToArray().SelectMany(row => networks.HeldOut.Skip(row * width).Take(width))];
    }

    private TrainerOptions OptionsOf(Point point) => TrainingPoint.OptionsOf(point, epochs);
}
