using System.Globalization;
using HyperSearch.Training;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Benchmarks.Ablation;

/// <summary>One technique, with and without it, everything else equal: the same rows, split and first weights for a seed.</summary>
/// <param name="Technique">What is taken away.</param>
/// <param name="Claim">What the course says it does; each is a drop of the measure.</param>
/// <param name="TrainShare">Share of the 1,797 digits to learn from; the others judge.</param>
/// <param name="Common">Options of both sides, as a search file names them.</param>
/// <param name="Without">Options without the technique.</param>
/// <param name="With">Options with it.</param>
/// <param name="Measure">What the claim is about.</param>
internal sealed record Comparison(string Technique, string Claim, double TrainShare, string Common, string Without, string With,
    Measure Measure)
{
    /// <summary>What the course claims on these digits. Where a technique is for deep networks the network is deep; where it is against
    /// overfitting, rows are few.</summary>
    public static IReadOnlyList<Comparison> All { get; } =
    [
        new("batch norm", "speeds up learning", 0.6,
            "hidden_layers=8 hidden_units=50 optimizer=gradient_descent learning_rate=0.1 epochs=5", "batch_norm=false", "batch_norm=true",
            Measure.TrainCost),
        new("batch norm", "forgives a poor learning rate", 0.6,
            "hidden_layers=8 hidden_units=50 optimizer=gradient_descent learning_rate=1 epochs=5", "batch_norm=false", "batch_norm=true",
            Measure.DevError),
        new("batch norm", "forgives poor first weights", 0.6, "hidden_layers=8 hidden_units=50 init_multiplier=0.3 epochs=5",
            "batch_norm=false", "batch_norm=true", Measure.DevError),
        new("He, not small", "keeps signals from vanishing", 0.6, "hidden_layers=8 hidden_units=50 epochs=5", "init_multiplier=0.05",
            "init_multiplier=1", Measure.TrainCost),
        new("He, not Xavier", "fits relu", 0.6, "hidden_layers=20 hidden_units=50 epochs=5", "initialization=xavier", "initialization=he",
            Measure.TrainCost),
        new("L2", "lowers variance", 0.05, "layers=100 optimizer=momentum learning_rate=0.1 epochs=200", "l2=0", "l2=2", Measure.DevError),
        new("dropout", "lowers variance", 0.1, "layers=512-512 optimizer=momentum learning_rate=0.1 epochs=100", "keep_prob=1",
            "keep_prob=0.5", Measure.DevError),
        new("augmentation", "lowers variance", 0.1, "layers=256-256 epochs=100", "shift=0 rotate=0", "shift=0.5 rotate=10",
            Measure.DevError),
    ];

    /// <summary>Train and dev figures of one side after its last epoch.</summary>
    public EpochMetrics Train(string data, string side, ulong seed)
    {
        var rest = (1 - TrainShare) / 2;
        var source = new DataSource { Path = data, Label = "digit", Image = "8x8", Split = [TrainShare, rest, rest] };
        using var digits = DatasetLoader.Load(source, seed);
        var options = Options($"{Common} {side}");
        using var trainer = new Trainer(digits, options, seed);
        EpochMetrics? last = null;
        for (var epoch = 0; epoch < options.Epochs && trainer.Divergence is null; epoch++)
            last = trainer.TrainEpoch();
        return last!;
    }

    private static TrainerOptions Options(string text) => TrainerOptions.From(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('='))
        .ToDictionary(static pair => pair[0], static pair => Value(pair[1])));

    private static object Value(string text) =>
        bool.TryParse(text, out var flag) ? flag : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : text;
}
