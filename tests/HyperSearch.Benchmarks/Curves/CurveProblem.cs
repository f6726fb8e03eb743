using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Benchmarks.Curves;

/// <summary>Real learning curves: networks that the built-in trainer trains as far as a search asks for them.</summary>
/// <remarks>
/// A search sees one run of a point; the truth about it is the mean of two others, in full, on seeds that no search has. Regret is the
/// distance of the truth from the best known one, over that of the median of random points, at most 2, which a diverged trial has.
/// </remarks>
internal sealed class CurveProblem : Problem
{
    private const ulong DataSeed = 1;
    private static readonly ulong[] TruthSeeds = [7_000_001, 7_000_002];
    private readonly Dictionary<(string Course, ulong Seed), Course> _courses = [];
    private readonly Dictionary<string, double> _truths = [];
    private readonly Dataset _data;
    private readonly TrainingDefinition _definition;
    private readonly string _metric;
    private readonly double _best, _median;

    private CurveProblem(Dataset data, TrainingDefinition definition, string metric, double best, double median) =>
        (_data, _definition, _metric, _best, _median) = (data, definition, metric, best, median);

    public override ObjectiveDefinition Objective => _definition;

    public override string Family => Name;

    public override bool HasCurves => true;

    /// <summary>The problems, with the best known truth and the median of 1,000 random points, as <c>curves --reference 1000</c> told
    /// them.</summary>
    /// <param name="folder">The folder of digits.csv, spiral.csv and diabetes.csv.</param>
    public static IReadOnlyList<CurveProblem> Load(string folder) =>
    [
        Of(folder, "digits", "data: digits.csv, label: digit, epochs: 27", "dev_error", Network, 0.01392757660167131, 0.11559888579387187),
        Of(folder, "spiral",
            "data: {generate: {kind: spirals, rows: 1200, noise: 0.12, classes: 3, seed: 7}}, epochs: 81",
            "dev_error",
            "{learning_rate: {log: [1e-4, 0.3]}, hidden_layers: {int: [1, 4]}, hidden_units: {log_int: [4, 64]}, "
            + "activation: {choice: [relu, tanh, sigmoid]}, batch_size: {power_of_two: [16, 256]}}",
            0.19583333333333333, 0.3520833333333333),
        Of(folder, "diabetes", "data: diabetes.csv, label: progression, task: regression, epochs: 52", "dev_rmse",
            "{learning_rate: {log: [1e-4, 1]}, hidden_layers: {int: [0, 2]}, "
            + "hidden_units: {log_int: [2, 64], when: {hidden_layers: [1, 2]}}, "
            + "l2: {log: [1e-4, 100]}, batch_size: {power_of_two: [8, 256]}}", 48.24309128902982, 58.54653451010212),
        Of(folder, "moons", "data: {generate: {kind: moons, rows: 1000, noise: 0.35, seed: 7}}, epochs: 52", "dev_cost",
            Network, 0.276467758369472, 0.34339514717139535),
        Of(folder, "circles", "data: {generate: {kind: circles, rows: 1200, noise: 0.15, seed: 7}}, epochs: 52", "dev_error",
            Network, 0.025, 0.07083333333333333),
    ];

    private const string Network = "{learning_rate: {log: [1e-4, 1]}, hidden_layers: {int: [1, 3]}, hidden_units: {log_int: [8, 64]}, "
        + "batch_size: {power_of_two: [16, 256]}, l2: {log: [1e-6, 1]}, keep_prob: {uniform: [0.5, 1]}}";

    public override double Regret(double value) =>
        double.IsFinite(value) ? Math.Min(2, (value - _best) / (_median - _best)) : 2;

    /// <summary>The truth about a point, after those that a network had before; NaN when it diverges.</summary>
    public double TruthOf(Point point, ImmutableArray<Stretch> past)
    {
        var name = NameOf(point, past);
        if (_truths.TryGetValue(name, out var known))
            return known;
        var truth = TruthSeeds.Average(seed =>
        {
            using var course = CourseOf(point, past, seed);
            return course.After(Epochs);
        });
        _truths[name] = truth;
        return truth;
    }

    public override void Evaluate(IReadOnlyList<Request> requests)
    {
        foreach (var request in requests)
        {
            var key = (NameOf(request.Point, request.Past), request.Seed);
            if (!_courses.TryGetValue(key, out var course))
            {
                course = CourseOf(request.Point, request.Past, request.Seed);
                _courses.Add(key, course);
            }

            foreach (var epoch in request.Epochs)
                request.Set(epoch, course.After(epoch), course.After(epoch));
        }
    }

    private Course CourseOf(Point point, ImmutableArray<Stretch> past, ulong seed) => new(
        _data, [.. past.Add(new Stretch(0, point, Epochs)).Select(stretch =>
            (TrainingPoint.OptionsOf(stretch.Point, Epochs), stretch.ToEpochs))], seed, _metric);

    private static string NameOf(Point point, ImmutableArray<Stretch> past) =>
        string.Concat(past.Select(stretch => string.Create(CultureInfo.InvariantCulture, $"{stretch.Point} to {stretch.ToEpochs}, ")))
        + point;

    /// <summary>Forgets the networks in training, which one seed's runs share.</summary>
    public void Forget()
    {
        foreach (var course in _courses.Values)
            course.Dispose();
        _courses.Clear();
    }

    private static CurveProblem Of(string folder, string name, string training, string metric, string space, double best, double median)
    {
        var search = SearchFile.Parse(
            $"name: {name}\nobjective: {{train: {{{training}}}}}\nminimize: {metric}\nspace: {space}\n", name, Path.GetFullPath(folder));
        var definition = (TrainingDefinition)search.Objective;
        return new CurveProblem(DatasetLoader.Load(definition.Data, DataSeed), definition, metric, best, median)
        {
            Name = name,
            Space = search.Space,
            Epochs = definition.Epochs,
        };
    }

    /// <summary>A network in training by one configuration after the other, and its metric after every epoch so far.</summary>
    private sealed class Course(
        Dataset data, ImmutableArray<(TrainerOptions Options, int ToEpochs)> stretches, ulong seed, string metric) : IDisposable
    {
        private readonly List<double> _values = [];
        private Trainer? _trainer = new(data, stretches[0].Options, seed);
        private int _stretch;

        /// <summary>The metric after an epoch; NaN when training diverged before.</summary>
        public double After(int epoch)
        {
            while (_values.Count < epoch && _trainer is not null)
            {
                if (_values.Count == stretches[_stretch].ToEpochs)
                    GoOnWith(stretches[++_stretch].Options, _trainer);
                var measured = _trainer.TrainEpoch(TrainingMetrics.NeededFor(metric), CancellationToken.None);
                var value = TrainingMetrics.Of(TrainingMetrics.OfEpoch(metric), measured.Train, measured.Dev)
                    .GetValueOrDefault(metric, double.NaN);
                _values.Add(_trainer.Divergence is null ? value : double.NaN);
                if (_trainer.Divergence is not null)
                    Dispose();
            }

            return epoch <= _values.Count ? _values[epoch - 1] : double.NaN;
        }

        public void Dispose()
        {
            _trainer?.Dispose();
            _trainer = null;
        }

        private void GoOnWith(TrainerOptions options, Trainer before)
        {
            _trainer = new Trainer(data, options, seed);
            _trainer.FromBytes(before.ToBytes(), "of its ancestor");
            before.Dispose();
        }
    }
}
