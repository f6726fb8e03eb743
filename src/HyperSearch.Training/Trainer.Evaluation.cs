using System.Runtime.CompilerServices;
using HyperSearch.Training.Data;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training;

/// <content>How the network does on some rows.</content>
public sealed unsafe partial class Trainer
{
    /// <summary>Whether this is one of several networks whose rows are ranked together, so that it need not rank its own.</summary>
    internal bool IsFold { get; init; }

    /// <summary>How the training rows were judged the last time; null for a regression.</summary>
    internal ClassTally? TrainTally { get; }

    /// <summary>The same of the development rows.</summary>
    internal ClassTally? DevTally { get; }

    /// <summary>Measures the network as it is: dropout off, batch norm with running statistics.</summary>
    /// <param name="part">Rows of the same data set.</param>
    public Evaluation Evaluate(Partition part) => Evaluate(part, MeasuredFigures.All);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Evaluation Evaluate(Partition part, MeasuredFigures figures)
    {
        ArgumentNullException.ThrowIfNull(part);
        using var use = _network.Graph.Use();
        using var rows = part.Features.Use();
        RequireInputs(part.Features, nameof(part));
        double cost = 0, wrong = 0, taskCost = 0, misses = 0;
        var ownLoss = false;
        var (all, isRegression) = (figures == MeasuredFigures.All, _data.Task == LearningTask.Regression);
        var tally = all ? TallyOf(part) : null;
        tally?.Clear();
        for (var first = 0; first < part.Rows; first += _network.Rows)
        {
            var count = Math.Min(_network.Rows, part.Rows - first);
            for (var i = 0; i < count; i++)
                _sequence[i] = first + i;
            _shownRows = count;
            _network.Show(part.Features, first);
            _network.ShowTargets(part, _sequence.AsSpan(0, count));
            _network.Graph.Forward(count, training: false);
            float* losses = (float*)_network.Loss.Output.Value, mistakes = (float*)_network.Loss.Wrong;
            var taskLosses = (float*)_network.Loss.TaskLosses;
            for (var i = 0; i < count; i++)
                (cost, wrong) = (cost + losses[i], wrong + mistakes[i]);
            ownLoss = taskLosses != losses;
            for (var i = 0; ownLoss && i < count; i++)
                taskCost += taskLosses[i];
            if (tally is not null)
                Count(tally, part, first, count);
            for (var i = 0; all && isRegression && i < count; i++)
                misses += Math.Sqrt(2.0 * taskLosses[i]);
        }
        taskCost = ownLoss ? taskCost : cost;
        return isRegression ? Judge(part, cost, taskCost, all ? misses : null)
            : tally is null ? new(part.Rows, cost / part.Rows, wrong / part.Rows) { LogLoss = taskCost / part.Rows }
            : Evaluation.OfClasses(cost / part.Rows, taskCost / part.Rows, wrong / part.Rows, tally, ranks: !IsFold);
    }

    /// <summary>How the network does as it is now, on the training and on the development part.</summary>
    public (Evaluation Train, Evaluation Dev) Evaluate() => (Evaluate(_data.Train), Evaluate(_data.Dev));

    private ClassTally? TallyOf(Partition part) => _data.Task == LearningTask.Regression ? null
        : part == _data.Train ? TrainTally
        : part == _data.Dev ? DevTally
        : NewTally(part, ranks: true);

    private ClassTally NewTally(Partition part, bool ranks) =>
        new(part.Labels, Math.Max(2, _data.Classes.Count), _data.Positive, ranks && _data.Task == LearningTask.Binary);

    /// <summary>Tells a tally how the rows that were shown last were judged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ClassTally tally, Partition part, int first, int count)
    {
        var labels = part.Labels.Slice(first, count);
        var mistakes = (float*)_network.Loss.Wrong;
        var answers = (float*)_network.Logits.Gradient;
        nint stride = _network.Logits.Stride;
        for (var i = 0; i < count; i++)
        {
            if (mistakes[i] != 0)
                tally.Mistake(labels[i], _data.Outputs == 1 ? 1 - labels[i] : Largest(new(answers + i * stride, _data.Outputs)));
        }

        for (var i = 0; tally.Ranks && i < count; i++)
            tally.Score(first + i, labels[i], answers[i * stride]);
    }

    private Evaluation Judge(Partition part, double cost, double taskCost, double? misses)
    {
        double mean = 0, spread = 0;
        foreach (var target in part.Targets)
            mean += target / part.Rows;
        foreach (var target in part.Targets)
            spread += (target - mean) * (target - mean);
        var unexplained = spread > 0 ? 2 * taskCost / spread : double.NaN;
        var rmse = Math.Sqrt(2 * taskCost / part.Rows) * (_data.Targets?.Deviation ?? 1);
        return new(part.Rows, cost / part.Rows, unexplained, rmse, 1 - unexplained)
        {
            Mae = misses / part.Rows * (_data.Targets?.Deviation ?? 1),
        };
    }
}
