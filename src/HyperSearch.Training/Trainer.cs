using System.Globalization;
using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Networks;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training;

/// <summary>Trains one network on a data set: epoch by epoch, on the caller's thread, allocating nothing per step.</summary>
/// <remarks>
/// Everything follows from (data, options, seed): the same numbers bit for bit on every machine, whether trained straight through or saved
/// and restored between epochs.
/// The data set is shared read-only and must outlive the trainer. Not thread safe.
/// </remarks>
public sealed unsafe partial class Trainer : ITraining
{
    private const int StepsBetweenChecks = 16;
    private readonly Dataset _data;
    private readonly Network _network;
    private readonly LearningRateDecay _learningRates;
    private readonly NetworkParts _parts;
    private readonly ulong _seed;
    private readonly int[] _order;
    private readonly int[] _sequence;
    private readonly double[] _classWeights;
    private readonly EarlyStopping? _stopping;
    private readonly IAugmenter? _augmenter;
    private long _step;
    private double _firstCost = double.NaN;

    /// <summary>Builds the network with new weights.</summary>
    /// <param name="data">The examples to learn from; shared.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <param name="seed">The trial's seed; streams for weights, shuffling, dropout and augmentation derive from it.</param>
    /// <exception cref="DataException">Augmentation is asked for data that are no pictures, or stronger than they allow.</exception>
    public Trainer(Dataset data, TrainerOptions options, ulong seed)
        : this(data, options, seed, NetworkParts.None)
    {
    }

    /// <summary>Builds a network with layers or a loss that code writes.</summary>
    /// <param name="data">The data to learn; shared.</param>
    /// <param name="options">The hyperparameters; for a part that code writes, its own are not looked at.</param>
    /// <param name="seed">The trial's seed; streams for weights, shuffling, dropout and augmentation derive from it.</param>
    /// <param name="parts">The parts that code writes.</param>
    /// <exception cref="ArgumentException">A part gives a tensor of the wrong shape or of another graph.</exception>
    /// <exception cref="DataException">Augmentation is asked for data that are no pictures, or stronger than they allow.</exception>
    public Trainer(Dataset data, TrainerOptions options, ulong seed, NetworkParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        (_data, Options, _learningRates, _seed) = (data, options, options.LearningRates, seed);
        _augmenter = Augmenter.Create(options.Augmentation, data);
        _parts = parts;
        _network = new Network(options.DesignFor(data) with { Parts = parts }, seed);
        _order = new int[data.Train.Rows];
        _sequence = [.. Enumerable.Range(0, _network.Rows)];
        _classWeights = ClassBalance.Weights(data, options.ClassWeights);
        if (data.Task != LearningTask.Regression)
            (TrainTally, DevTally) = (NewTally(data.Train, ranks: false), NewTally(data.Dev, ranks: true));
        _stopping = options.Patience > 0 && data.Dev.Rows > 0
            ? new EarlyStopping(_network.Graph, options.Patience, options.PatienceMetric)
            : null;
    }

    /// <summary>The hyperparameters in use.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Epochs trained so far.</summary>
    public int Epoch { get; private set; }

    /// <summary>Why training cannot go on: a cost that is not finite, or more than 1,000 times the first; null while all is well.</summary>
    public string? Divergence { get; private set; }

    /// <summary>Whether patience ran out; the weights are then the best epoch's again.</summary>
    public bool StoppedEarly => _stopping?.IsOver ?? false;

    /// <summary>
    /// With early stopping, the epoch with the least dev cost (or error, see <see cref="TrainerOptions.PatienceMetric"/>) so far; 0 before
    /// the first.
    /// </summary>
    public int BestEpoch => _stopping?.BestEpoch ?? 0;

    /// <summary>Bytes of native memory this trial holds, data aside.</summary>
    public long Bytes => _network.Graph.Bytes;

    /// <summary>Whether a thread is in a use of its memory.</summary>
    internal bool IsInUse => _network.Graph.Arena.Uses.IsInUse;

    /// <summary>
    /// Trains one epoch, then evaluates on the training and development parts; without development rows their figures are NaN, and patience
    /// never runs out.
    /// </summary>
    /// <param name="stop">Looked at between mini-batches. After it the trainer stands inside an epoch: restore it or throw it away.</param>
    /// <exception cref="InvalidOperationException">Training has diverged or stopped early.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was signalled.</exception>
    public EpochMetrics TrainEpoch(CancellationToken stop = default) => TrainEpoch(MeasuredFigures.All, stop);

    /// <summary>The same with no more figures than are asked for.</summary>
    internal EpochMetrics TrainEpoch(MeasuredFigures figures, CancellationToken stop)
    {
        using var use = _network.Graph.Use();
        if (Divergence is not null || StoppedEarly)
        {
            throw new InvalidOperationException(
                Divergence is null ? "Training stopped early; there is nothing to go on with." : $"Training has diverged: {Divergence}");
        }
        var rate = _learningRates.At(Epoch);
        RunEpoch(rate, stop);
        Epoch++;
        var metrics = new EpochMetrics(Epoch, Evaluate(_data.Train, figures), Evaluate(_data.Dev, figures), rate);
        Watch(metrics);
        return metrics;
    }

    /// <summary>Takes the best weights so far, as if patience had run out; without early stopping nothing changes.</summary>
    internal void ReturnToBest()
    {
        using var use = _network.Graph.Use();
        _stopping?.End();
    }

    /// <summary>
    /// Predictions, row by row: probabilities of the classes (of the second class when binary), or values in the target's unit.
    /// </summary>
    /// <param name="features">Normalized as the training part is.</param>
    /// <returns>Rows × outputs numbers, row-major.</returns>
    public float[] Predict(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var use = _network.Graph.Use();
        using var rows = features.Use();
        RequireInputs(features, nameof(features));
        var outputs = _data.Outputs;
        var predictions = new float[features.Rows * outputs];
        for (var first = 0; first < features.Rows; first += _network.Rows)
        {
            var count = Math.Min(_network.Rows, features.Rows - first);
            _network.Show(features, first);
            _network.Graph.Forward(count, training: false);
            for (var i = 0; i < count; i++)
            {
                var row = new ReadOnlySpan<float>((float*)_network.Logits.Gradient + (nint)i * _network.Logits.Stride, outputs);
                row.CopyTo(predictions.AsSpan((first + i) * outputs));
            }
        }
        if (_data.Targets is { } scale)
        {
            for (var i = 0; i < predictions.Length; i++)
                predictions[i] = (float)scale.Restore(predictions[i]);
        }
        return predictions;
    }

    /// <summary>
    /// Frees the trial's memory. From then on every method answers with <see cref="ObjectDisposedException"/>; an epoch that another thread
    /// is in ends soon, by the same.
    /// </summary>
    public void Dispose() => _network.Dispose();

    /// <summary>
    /// Floating-point operations of one epoch, evaluation included: known before training, so that a planner can weigh trials.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="options">The hyperparameters.</param>
    /// <remarks>
    /// 6 per weight and training row, less 2 for the first layer's input gradient, which nobody needs; 2 per weight and row evaluated.
    /// </remarks>
    public static double WorkPerEpoch(Dataset data, TrainerOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        double weights = 0, first = 0;
        var inputs = data.Inputs;
        foreach (var units in options.HiddenSizes.Append(data.Outputs))
        {
            weights += (double)inputs * units;
            first = first == 0 ? weights : first;
            inputs = units;
        }
        return data.Train.Rows * (6 * weights - 2 * first) + 2 * weights * ((double)data.Train.Rows + data.Dev.Rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void RunEpoch(double rate, CancellationToken stop)
    {
        using var use = _network.Graph.Use();
        using var data = _data.Train.Features.Use();
        for (var i = 0; i < _order.Length; i++)
            _order[i] = i;
        RandomStream.For(_seed, (ulong)Epoch, "shuffle").Shuffle(_order.AsSpan());
        _network.SeedDropout(_seed, Epoch);
        var augmenting = _augmenter is null ? null : RandomStream.For(_seed, (ulong)Epoch, "augmentation");
        for (var first = 0; first < _order.Length; first += _network.BatchRows)
        {
            var rows = _order.AsSpan(first, Math.Min(_network.BatchRows, _order.Length - first));
            _network.Gather(_data.Train, rows, _classWeights);
            if (augmenting is not null)
            {
                var stride = _network.Input.Stride;
                _augmenter!.Augment(new Span<float>(_network.Input.Value, rows.Length * stride), rows.Length, stride, augmenting);
            }
            _network.Train(rows.Length, rate, ++_step);
            if (_step % StepsBetweenChecks != 0)
                continue;
            stop.ThrowIfCancellationRequested();
            if (!IsFinite(rows.Length))
                return; // the evaluation that follows says so
        }
    }

    /// <summary>Whether the last mini-batch's losses are numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFinite(int rows)
    {
        var losses = (float*)_network.Loss.Output.Value;
        float sum = 0;
        for (var i = 0; i < rows; i++)
            sum += losses[i];
        return float.IsFinite(sum);
    }

    private void RequireInputs(FeatureMatrix features, string name)
    {
        if (features.Columns != _data.Inputs)
            throw new ArgumentException($"The network takes {_data.Inputs} inputs; these rows have {features.Columns}.", name);
    }

    private void Watch(EpochMetrics metrics)
    {
        if (double.IsNaN(_firstCost))
            _firstCost = metrics.TrainCost;
        if (!double.IsFinite(metrics.TrainCost) || (_data.Dev.Rows > 0 && !double.IsFinite(metrics.DevCost)))
            Divergence = $"the cost of epoch {Epoch} is not a finite number; a lower learning_rate or clip_norm may help.";
        else if (_firstCost >= 0 && metrics.TrainCost > 1000 * _firstCost) // a loss that code writes may be negative
            Divergence = string.Create(CultureInfo.InvariantCulture,
                $"the cost of epoch {Epoch}, {metrics.TrainCost:g4}, is more than 1,000 times the first, {_firstCost:g4}.");
        else
            _stopping?.Observe(metrics);
    }
}
