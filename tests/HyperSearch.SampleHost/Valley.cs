using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.SampleHost;

/// <summary>What the samples tune: steps downhill in a narrow valley, told epoch by epoch.</summary>
public static class Valley
{
    /// <summary>The full budget of a trial, in epochs.</summary>
    public const int Epochs = 12;

    /// <summary>The step and the friction of a descent.</summary>
    public static Space Space { get; } = new(
    [
        new Parameter("step", new LogScale(1e-4, 0.1)) { Default = 0.01 },
        new Parameter("friction", new UniformScale(0, 0.99)),
    ]);

    /// <summary>A search in which the worse half of the trials is stopped early.</summary>
    public static Search Search { get; } = new()
    {
        Name = "valley",
        Objective = new DelegateDefinition { Epochs = Epochs },
        Metric = "height",
        Space = Space,
        Sampler = new CoarseToFineSampler(),
        Schedule = new MedianSchedule(),
        Trials = 40,
        Workers = 2,
    };

    /// <summary>Walks, tells the height after each epoch, and leaves when it is told to.</summary>
    public static Task<double> DescendAsync(RunningTrial trial, CancellationToken stop) => DescendAsync(trial, TimeSpan.Zero, stop);

    /// <summary>The same, with a pause before each epoch.</summary>
    public static async Task<double> DescendAsync(RunningTrial trial, TimeSpan pause, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var height = double.NaN;
        var walk = new Walk(trial.GetDouble("step"), trial.GetDouble("friction"));
        for (var epoch = 1; epoch <= trial.ToEpochs; epoch++)
        {
            await Task.Delay(pause, stop); // a network would be trained here
            stop.ThrowIfCancellationRequested();
            height = walk.Epoch();
            if (epoch > trial.FromEpochs && !trial.Report(epoch, height))
                break;
        }

        return height;
    }

    /// <summary>The height after all epochs, for those who own the loop.</summary>
    public static double HeightOf(Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var walk = new Walk(point["step"].Number, point["friction"].Number);
        return Enumerable.Range(0, Epochs).Select(_ => walk.Epoch()).Last();
    }

    /// <summary>Where a descent is in x² + 25 y², and how fast.</summary>
    private sealed class Walk(double step, double friction)
    {
        private double _x = 4, _y = -3, _u, _v;

        public double Epoch()
        {
            for (var i = 0; i < 5; i++)
            {
                (_u, _v) = ((friction * _u) - (step * 2 * _x), (friction * _v) - (step * 50 * _y));
                (_x, _y) = (_x + _u, _y + _v);
            }

            return (_x * _x) + (25 * _y * _y);
        }
    }
}
