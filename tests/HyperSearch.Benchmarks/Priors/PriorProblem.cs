using System.Collections.Concurrent;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Benchmarks.Priors;

/// <summary>The built-in trainer on a table in five folds, in the space that <c>new</c> writes for small tables.</summary>
internal sealed class PriorProblem : IDisposable
{
    private const int Epochs = 150;
    private const ulong Seed = 1;
    private readonly Folds _folds;
    private readonly ConcurrentDictionary<string, double> _known = new(StringComparer.Ordinal);

    /// <summary>Loads a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="folder">The folder of the shipped ones.</param>
    public PriorProblem(PriorTable table, string folder)
    {
        var source = table.Source(Path.GetFullPath(folder));
        (Name, _folds) = (table.Name, DatasetLoader.LoadFolds(source, DatasetLoader.DefaultFolds, Seed));
        if (source.Path is { } drawn && Path.IsPathRooted(drawn))
            File.Delete(drawn);
    }

    /// <summary>The space of the template <c>csv</c> with half of its epochs and patience, so that a trial takes half the time.</summary>
    public static Search Search { get; } = SearchFile.Parse(
        """
        name: prior
        objective: {train: {data: {generate: {kind: moons}}, epochs: 150}}
        minimize: dev_cost
        space:
          learning_rate: {log: [1e-3, 1e-1]}
          hidden_layers: {int: [1, 2]}
          hidden_units: {log_int: [16, 256]}
          batch_size: {power_of_two: [16, 64]}
          l2: {log: [1e-3, 10]}
          keep_prob: {uniform: [0.5, 1]}
          activation: {choice: [relu, tanh]}
          optimizer: adam
          patience: 20
        """, "prior", ".");

    public string Name { get; }

    /// <summary>The dev cost of a point; NaN when training diverges. Every point is trained on the same seed, and once.</summary>
    public double CostOf(Point point) => _known.GetOrAdd(point.ToString(), _ => Train(point));

    public void Dispose() => _folds.Dispose();

    private double Train(Point point)
    {
        using var trainer = new FoldedTrainer(_folds, TrainingPoint.OptionsOf(point, Epochs), Seed);
        var training = (ITraining)trainer;
        var cost = double.NaN;
        while (training is { StoppedEarly: false, Divergence: null } && training.Epoch < Epochs)
            cost = training.TrainEpoch(MeasuredFigures.Cheap, CancellationToken.None).Dev.Cost;
        return training.Divergence is null ? cost : double.NaN;
    }
}
