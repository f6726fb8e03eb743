using System.Text;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training;

/// <summary>Trains one network for each fold, epoch by epoch side by side; its measurements are pooled over all held-out rows.</summary>
/// <remarks>
/// Each fold stops by its own patience and keeps its best weights while the others go on. When the full budget is reached, folds that still
/// had patience take their
/// best weights too. Everything follows from (folds, options, seed), bit for bit. Not thread safe.
/// </remarks>
public sealed class FoldedTrainer : ITraining
{
    private readonly Folds _folds;
    private readonly Trainer[] _trainers;
    private readonly (Evaluation Train, Evaluation Dev)[] _last;

    /// <summary>Builds the networks with new weights.</summary>
    /// <param name="folds">The data to learn; shared, and must outlive the trainer.</param>
    /// <param name="options">The hyperparameters, the same for all folds.</param>
    /// <param name="seed">The trial's seed; each fold derives its own.</param>
    /// <exception cref="DataException">Augmentation is asked for data that are no pictures, or stronger than they allow.</exception>
    public FoldedTrainer(Folds folds, TrainerOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(options);
        (_folds, Options) = (folds, options);
        _trainers = new Trainer[folds.Parts.Count];
        _last = new (Evaluation, Evaluation)[_trainers.Length];
        try
        {
            for (var fold = 0; fold < _trainers.Length; fold++)
            {
                _trainers[fold] = new Trainer(folds.Parts[fold], options, SeedOf(seed, fold)) { IsFold = true };
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The hyperparameters in use.</summary>
    public TrainerOptions Options { get; }

    /// <summary>The networks in the order of the folds.</summary>
    public IReadOnlyList<Trainer> Trainers => _trainers;

    /// <inheritdoc/>
    public int Epoch { get; private set; }

    /// <inheritdoc/>
    public string? Divergence =>
        _trainers.Select(static trainer => trainer.Divergence).FirstOrDefault(static divergence => divergence is not null);

    /// <inheritdoc/>
    public bool StoppedEarly => Array.TrueForAll(_trainers, static trainer => trainer.StoppedEarly);

    /// <summary>Trains one epoch, then evaluates.</summary>
    /// <param name="stop">Looked at between mini-batches.</param>
    /// <exception cref="InvalidOperationException">A fold has diverged, or all have stopped early.</exception>
    public EpochMetrics TrainEpoch(CancellationToken stop = default) => TrainEpoch(MeasuredFigures.All, stop);

    /// <inheritdoc/>
    EpochMetrics ITraining.TrainEpoch(MeasuredFigures figures, CancellationToken stop) => TrainEpoch(figures, stop);

    private EpochMetrics TrainEpoch(MeasuredFigures figures, CancellationToken stop)
    {
        if (StoppedEarly)
            throw new InvalidOperationException("Training stopped early; there is nothing to go on with.");
        var rate = 0.0;
        for (var fold = 0; fold < _trainers.Length; fold++)
        {
            var trainer = _trainers[fold];
            if (trainer.StoppedEarly)
                continue;
            var metrics = trainer.TrainEpoch(figures, stop);
            (rate, _last[fold]) = (metrics.LearningRate, (metrics.Train, metrics.Dev));
            if (Epoch + 1 >= Options.Epochs && trainer.Divergence is null)
                trainer.ReturnToBest();
            if (trainer.StoppedEarly)
                _last[fold] = trainer.Evaluate();
        }

        Epoch++;
        var (train, dev) = Pooled(figures);
        return new EpochMetrics(Epoch, train, dev, rate);
    }

    /// <inheritdoc/>
    public (Evaluation Train, Evaluation Dev) Evaluate()
    {
        for (var fold = 0; fold < _trainers.Length; fold++)
            _last[fold] = _trainers[fold].Evaluate();
        return Pooled(MeasuredFigures.All);
    }

    /// <inheritdoc/>
    LearningTask ITraining.Task => _folds.Schema.Task;

    /// <inheritdoc/>
    LayerSignals? ITraining.Signals => _trainers[0].Signals;

    /// <summary>How each row fares with the network that never saw it, fold after fold.</summary>
    RowFigures ITraining.MeasureRows()
    {
        RowFigures[] folds = [.. _trainers.Select(static trainer => trainer.MeasureRows())];
        return new RowFigures([.. folds.SelectMany(static fold => fold.Mistakes)], [.. folds.SelectMany(static fold => fold.Costs)],
            [.. folds.SelectMany(static fold => fold.TaskCosts)]);
    }

    /// <summary>The answer for every row by the network that never saw it.</summary>
    /// <returns>Row-major, in the order of the folds' rows: probabilities (of the second class when there are two), or values in the
    /// target's unit.</returns>
    public float[] AnswerHeldOut()
    {
        var width = _folds.Parts[0].Outputs;
        var answers = new float[_folds.Rows * width];
        for (var fold = 0; fold < _trainers.Length; fold++)
        {
            var own = _trainers[fold].Predict(_folds.Parts[fold].Dev.Features);
            var rows = _folds.HeldOut(fold);
            for (var i = 0; i < rows.Length; i++)
                own.AsSpan(i * width, width).CopyTo(answers.AsSpan(rows[i] * width));
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Epoch);
            foreach (var trainer in _trainers)
            {
                var state = trainer.ToBytes();
                writer.Write(state.Length);
                writer.Write(state);
            }
        }

        CheckpointFile.Write(path, payload.GetBuffer().AsSpan(0, (int)payload.Length));
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The file is damaged, cut short, or of another trial.</exception>
    public void Restore(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var reader = new BinaryReader(new MemoryStream(CheckpointFile.Read(path)), Encoding.UTF8);
            var epoch = reader.ReadInt32();
            foreach (var trainer in _trainers)
                trainer.FromBytes(reader.ReadBytes(reader.ReadInt32()), path);
            Epoch = epoch;
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException)
        {
            throw new CheckpointException($"The checkpoint {path} was written by another version; delete it to start its trial anew.", e);
        }

        Evaluate(); // folds that have stopped are not trained again, so their figures must be known
    }

    /// <summary>Frees the networks' memory.</summary>
    public void Dispose()
    {
        foreach (var trainer in _trainers)
            trainer?.Dispose();
    }

    /// <summary>
    /// The answers of one fold's network on its held-out rows at an epoch that somebody else chose: training it again gives the same
    /// weights at every epoch, and nothing looks at those rows before they judge it.
    /// </summary>
    /// <param name="folds">The data.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="fold">Which fold, from 0.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="stop">Ends the training.</param>
    /// <returns>Row-major, in the order of the fold's rows; <c>null</c> when the network diverges before the epoch.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static float[]? AnswerAt(
        Folds folds, TrainerOptions options, ulong seed, int fold, int epoch, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(options);
        return AnswerAt(folds, [(options, epoch)], seed, fold, stop);
    }

    /// <summary>The same of a network that several options trained in turn, each up to an epoch.</summary>
    internal static float[]? AnswerAt(
        Folds folds, IEnumerable<(TrainerOptions Options, int ToEpochs)> stretches, ulong seed, int fold, CancellationToken stop)
    {
        Trainer? trainer = null;
        try
        {
            foreach (var (options, epoch) in stretches)
            {
                var next = new Trainer(folds.Parts[fold], options with { Patience = 0 }, SeedOf(seed, fold)) { IsFold = true };
                using var before = trainer;
                trainer = next;
                if (before is not null)
                    trainer.FromBytes(before.ToBytes(), "of its ancestor");
                while (trainer.Epoch < epoch && trainer.Divergence is null)
                {
                    stop.ThrowIfCancellationRequested();
                    trainer.TrainEpoch(MeasuredFigures.Cheap, stop);
                }
            }

            return trainer?.Divergence is null ? trainer?.Predict(folds.Parts[fold].Dev.Features) : null;
        }
        finally
        {
            trainer?.Dispose();
        }
    }

    /// <summary>Floating-point operations of one epoch of all folds.</summary>
    /// <param name="folds">The examples.</param>
    /// <param name="options">The hyperparameters.</param>
    public static double WorkPerEpoch(Folds folds, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(options);
        return folds.Parts.Sum(part => Trainer.WorkPerEpoch(part, options));
    }

    private (Evaluation Train, Evaluation Dev) Pooled(MeasuredFigures figures) =>
        (Pool([.. _last.Select(static fold => fold.Train)], figures, static trainer => trainer.TrainTally, static part => part.Train),
            Pool([.. _last.Select(static fold => fold.Dev)], figures, static trainer => trainer.DevTally, static part => part.Dev));

    /// <summary>One evaluation over the rows of several; the folds' targets are standardized alike, so their costs add up.</summary>
    private Evaluation Pool(Evaluation[] of, MeasuredFigures figures, Func<Trainer, ClassTally?> tallyOf, Func<Dataset, Partition> partOf)
    {
        double rows = of.Sum(static one => one.Rows);
        double Mean(Func<Evaluation, double?> figure) => of.Sum(one => figure(one)!.Value * one.Rows) / rows;
        double cost = of.Sum(static one => one.Cost * one.Rows);
        if (_folds.Schema.Targets is not { } scale)
        {
            var (logLoss, error) = (Mean(static one => one.LogLoss), Mean(static one => one.Error));
            return figures == MeasuredFigures.All
                ? Evaluation.OfClasses(cost / rows, logLoss, error, ClassTally.Sum([.. _trainers.Select(trainer => tallyOf(trainer)!)]))
                : new((int)rows, cost / rows, error) { LogLoss = logLoss };
        }

        double sum = 0, squares = 0;
        foreach (var part in _folds.Parts)
        {
            foreach (var target in partOf(part).Targets)
                (sum, squares) = (sum + target, squares + (double)target * target);
        }

        var unexplained = 2 * cost / (squares - sum * sum / rows);
        return new((int)rows, cost / rows, unexplained, Math.Sqrt(2 * cost / rows) * scale.Deviation, 1 - unexplained)
        {
            Mae = figures == MeasuredFigures.All ? Mean(static one => one.Mae) : null,
        };
    }

    private static ulong SeedOf(ulong seed, int fold) => RandomStream.For(seed, (ulong)fold, "fold").NextULong();
}
