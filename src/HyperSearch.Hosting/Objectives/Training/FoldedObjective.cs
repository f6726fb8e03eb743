using System.Runtime.ExceptionServices;
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

    /// <summary>The networks of how many of the best trials are kept. An ensemble has half as many candidates; without the rows of a fold
    /// others than those are among the best.</summary>
    private const int Kept = 2 * Ensemble.Candidates;

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
    /// <remarks>
    /// The networks that are needed and not in memory are trained again, several at once: the candidates', and for the figures on held-out
    /// rows those that other rows end.
    /// </remarks>
    public Verdict? Judge(IReadOnlyList<Trial> ranked, Judging judging, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ArgumentNullException.ThrowIfNull(judging);
        var judgesHeldOut = folds.Parts[0].Test.Rows == 0;
        Trial[] trials = [.. ranked.TakeWhile(trial => trial.State == ranked[0].State)
            .Take(judgesHeldOut ? Kept : rounds == 1 ? 1 : Ensemble.Candidates)];
        var training = new Trainings(judging, stop);
        var networks = training.Run(trials, NetworksInMemory, trial => TrainAgain(trial, judging, stop));
        var ensemble = Ensemble.Build(folds, networks, rounds, judgesHeldOut ? Unstopped : null);
        ensemble.Model.Save(judging.ModelPath);
        if (Directory.Exists(judging.CheckpointFolder))
            Directory.Delete(judging.CheckpointFolder, recursive: true);

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

        IReadOnlyList<float[]> Unstopped(IReadOnlyList<(int Candidate, int Fold)> chosen) => training.Run(chosen,
            one => UnstoppedEpoch(networks[one.Candidate], one.Fold) is null ? HeldOut(networks[one.Candidate], one.Fold) : null,
            one => AnswerUnstopped(trials[one.Candidate], networks[one.Candidate], one.Fold, stop));
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
            if (_best.Count >= Kept && cost >= _best.Last().Key.Cost)
                return;
        }

        var networks = FoldNetworks.Of(trainer, folds);
        lock (_access)
        {
            _best[(cost, trial)] = networks;
            if (_best.Count > Kept)
                _best.Remove(_best.Last().Key);
        }
    }

    private FoldNetworks? NetworksInMemory(Trial trial)
    {
        lock (_access)
            return _best.FirstOrDefault(entry => entry.Key.Trial == trial.Number).Value;
    }

    private FoldNetworks TrainAgain(Trial trial, Judging judging, CancellationToken stop)
    {
        var planned = TrainingPoint.Again(trial, trial.Epochs, SeedOf(trial));
        var folder = Path.Combine(judging.CheckpointFolder, FormattableString.Invariant($"{trial.Number}"));
        using var trainer = Train(new LastTraining(planned, folder, judging.ModelPath), stop);
        return FoldNetworks.Of(trainer, folds);
    }

    /// <summary>
    /// The epoch at which the other folds end a fold's network: the median of theirs. Ended by the rows that judge it, a network looks
    /// better than it is, on little but noise by ten points.
    /// </summary>
    /// <returns><c>null</c> where its own rows end it there too, or where nothing ends it.</returns>
    private static int? UnstoppedEpoch(FoldNetworks networks, int fold)
    {
        int[] others = [.. networks.BestEpochs.Where((_, other) => other != fold).Order()];
        var epoch = others[others.Length / 2];
        return epoch == networks.BestEpochs[fold] || epoch == 0 ? null : epoch;
    }

    /// <summary>A trial's answers on the rows of a fold by a network that the other folds ended; one that diverges by then answers as it
    /// was ended by its own.</summary>
    private float[] AnswerUnstopped(Trial trial, FoldNetworks networks, int fold, CancellationToken stop)
    {
        var job = TrainingPoint.Again(trial, UnstoppedEpoch(networks, fold)!.Value, SeedOf(trial));
        var stretches = job.Past.Add(new Stretch(job.Trial, job.Point, job.ToEpochs))
            .Select(stretch => (OptionsOf(stretch.Point), stretch.ToEpochs));
        return FoldedTrainer.AnswerAt(folds, stretches, job.Seed, fold, stop) ?? HeldOut(networks, fold);
    }

    private ulong SeedOf(Trial trial) => TrialSeed.Of(campaignSeed, trial.Root, repeat: 0);

    private float[] HeldOut(FoldNetworks networks, int fold)
    {
        var width = folds.Parts[0].Outputs;
        return [.. folds.HeldOut(fold).ToArray().SelectMany(row => networks.HeldOut.Skip(row * width).Take(width))];
    }

    private TrainerOptions OptionsOf(Point point) => TrainingPoint.OptionsOf(point, epochs);
}

/// <summary>The trainings by which a winner is judged: several at once, and the same results whatever their order.</summary>
/// <param name="judging">How many at once, and who is told.</param>
/// <param name="stop">Cancelled when the session is interrupted.</param>
internal sealed class Trainings(Judging judging, CancellationToken stop)
{
    private readonly Lock _access = new();
    private int _done;
    private int _of;

    /// <summary>A result for each piece of work, in their order.</summary>
    /// <param name="work">The pieces.</param>
    /// <param name="known">Gives a result that needs no training; <c>null</c> where it does.</param>
    /// <param name="train">Trains, on any thread.</param>
    /// <exception cref="OperationCanceledException">The session is interrupted.</exception>
    public TResult[] Run<TWork, TResult>(IReadOnlyList<TWork> work, Func<TWork, TResult?> known, Func<TWork, TResult> train)
        where TResult : class
    {
        TResult?[] results = [.. work.Select(known)];
        int[] missing = [.. Enumerable.Range(0, results.Length).Where(place => results[place] is null)];
        _of += missing.Length;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, judging.Workers), CancellationToken = stop };
            Parallel.ForEach(missing, options, place =>
            {
                results[place] = train(work[place]);
                lock (_access)
                    judging.Report?.Invoke(new JudgingProgress(++_done, _of));
            });
        }
        catch (AggregateException failures) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The judging was interrupted.", failures, stop);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return results!;
    }
}
