using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;

namespace HyperSearch.Training;

/// <content>How large the signals in the network are.</content>
public sealed unsafe partial class Trainer
{
    /// <summary>Rows that are looked at: enough to see a trend from layer to layer.</summary>
    private const int SignalRows = 32;

    private int _shownRows;

    /// <summary>How large the signals of the hidden layers are, read from the memory of the layers: the gradients of the last step of
    /// learning, the activations of the rows evaluated last. Null before the first epoch, and where there are fewer than two hidden layers
    /// to compare.</summary>
    internal LayerSignals? Signals
    {
        get
        {
            using var use = _network.Graph.Use();
            var layers = _network.HiddenOutputs;
            if (layers.Count < 2 || _step == 0 || _shownRows == 0)
                return null;
            var last = _order.Length % _network.BatchRows;
            var (learned, shown) = (Math.Min(SignalRows, last == 0 ? _network.BatchRows : last), Math.Min(SignalRows, _shownRows));
            var signals = new LayerSignals(new double[layers.Count], new double[layers.Count]);
            for (var layer = 0; layer < layers.Count; layer++)
            {
                var tensor = layers[layer];
                signals.Activations[layer] = Math.Sqrt(SumOfSquares(tensor.Value, tensor, shown) / ((double)shown * tensor.Columns));
                signals.Gradients[layer] = Math.Sqrt(SumOfSquares(tensor.Gradient, tensor, learned) / learned);
            }

            return signals;
        }
    }

    /// <inheritdoc/>
    LearningTask ITraining.Task => _data.Task;

    /// <inheritdoc/>
    LayerSignals? ITraining.Signals => Signals;

    /// <inheritdoc/>
    EpochMetrics ITraining.TrainEpoch(MeasuredFigures figures, CancellationToken stop) => TrainEpoch(figures, stop);

    /// <inheritdoc/>
    RowFigures ITraining.MeasureRows() => MeasureRows();

    /// <summary>How the network does on each development row as it is now.</summary>
    internal RowFigures MeasureRows() => MeasureRows(_data.Dev);

    /// <summary>How the network does on each row of a part as it is now.</summary>
    internal RowFigures MeasureRows(Partition part)
    {
        using var use = _network.Graph.Use();
        using var rows = part.Features.Use();
        var (mistakes, costs, taskCosts) = (new float[part.Rows], new float[part.Rows], new float[part.Rows]);
        for (var first = 0; first < part.Rows; first += _network.Rows)
        {
            var count = Math.Min(_network.Rows, part.Rows - first);
            for (var i = 0; i < count; i++)
                _sequence[i] = first + i;
            _network.Show(part.Features, first);
            _network.ShowTargets(part, _sequence.AsSpan(0, count));
            _network.Graph.Forward(count, training: false);
            new ReadOnlySpan<float>(_network.Loss.Wrong, count).CopyTo(mistakes.AsSpan(first));
            new ReadOnlySpan<float>(_network.Loss.Output.Value, count).CopyTo(costs.AsSpan(first));
            new ReadOnlySpan<float>(_network.Loss.TaskLosses, count).CopyTo(taskCosts.AsSpan(first));
        }

        return new RowFigures(mistakes, costs, taskCosts);
    }

    /// <summary>Always eight lanes, so that the bits are the same on every processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(void* values, Tensor tensor, int rows)
    {
        double sum = 0;
        for (var row = 0; row < rows; row++)
        {
            var start = (float*)values + (nint)row * tensor.Stride;
            var lanes = Vector256<float>.Zero;
            var column = 0;
            for (; column + 8 <= tensor.Columns; column += 8)
            {
                var value = Vector256.Load(start + column);
                lanes += value * value;
            }

            for (var lane = 0; lane < 8; lane++)
                sum += lanes[lane];
            for (; column < tensor.Columns; column++)
                sum += (double)start[column] * start[column];
        }

        return sum;
    }
}
