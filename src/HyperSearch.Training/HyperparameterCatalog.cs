using System.Globalization;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;
using static HyperSearch.Training.Hyperparameter;

namespace HyperSearch.Training;

/// <summary>
/// The hyperparameters by the names that search files use: each with its law, default, meaning, and the property that it sets.
/// </summary>
internal static class HyperparameterCatalog
{
    private const int MostUnits = 65536;

    private static readonly (string, OptimizerKind)[] Optimizers =
    [
        ("gradient_descent", OptimizerKind.GradientDescent), ("momentum", OptimizerKind.Momentum),
        ("momentum_classic", OptimizerKind.MomentumClassic), ("nesterov", OptimizerKind.Nesterov), ("rmsprop", OptimizerKind.RmsProp),
        ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW),
    ];

    private static readonly (string, Activation)[] Activations =
        [("relu", Activation.Relu), ("leaky_relu", Activation.LeakyRelu), ("tanh", Activation.Tanh), ("sigmoid", Activation.Sigmoid)];

    private static readonly (string, Initialization)[] Initializations = [("he", Initialization.He), ("xavier", Initialization.Xavier)];

    private static readonly (string, DecayKind)[] Decays =
    [
        ("none", DecayKind.None), ("inverse_time", DecayKind.InverseTime), ("exponential", DecayKind.Exponential),
        ("inverse_sqrt", DecayKind.InverseSqrt), ("staircase", DecayKind.Staircase), ("table", DecayKind.Table),
        ("cosine", DecayKind.Cosine),
    ];

    private static readonly (string, ClassWeighting)[] Weightings = [("none", ClassWeighting.None), ("balanced", ClassWeighting.Balanced)];

    private static readonly (string, PatienceMetric)[] PatienceMetrics = [("cost", PatienceMetric.Cost), ("error", PatienceMetric.Error)];

    /// <summary>All of them, in the order in which `check` lists them.</summary>
    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Number("learning_rate", "0.001", "α of every update, before decay", NumberLaw.Positive, (o, v) => o with { LearningRate = v }),
        Word("optimizer", "adam", "how weights follow gradients", Optimizers, (o, v) => o with { Optimizer = v }),
        Number("momentum", "0.9", "β of momentum (v ← βv + (1−β)g), momentum_classic (v ← βv + g) and nesterov", NumberLaw.BelowOne,
            (o, v) => o with { Momentum = v }),
        Number("beta1", "0.9", "β₁ of adam and adamw: weight of the past in the mean of gradients", NumberLaw.BelowOne,
            (o, v) => o with { Beta1 = v }),
        Number("beta2", "0.999", "β₂ of adam and adamw: weight of the past in the mean of squares", NumberLaw.BelowOne,
            (o, v) => o with { Beta2 = v }),
        Number("rms_decay", "0.9", "weight of the past in rmsprop's mean of squares", NumberLaw.BelowOne,
            (o, v) => o with { RmsDecay = v }),
        Number("adam_epsilon", "1e-8", "ε that adam, adamw and rmsprop add to the root", NumberLaw.Epsilon,
            (o, v) => o with { AdamEpsilon = v }),
        Integer("hidden_layers", "2", "hidden layers", NumberLaw.Whole(0, MostLayers), (o, v) => o with { HiddenLayers = v }),
        Integer("hidden_units", "64", "units of each hidden layer", NumberLaw.Whole(1, MostUnits), (o, v) => o with { HiddenUnits = v }),
        IntegerOfLayer("hidden_units_N", "hidden_units", "units of hidden layer N, from 1", NumberLaw.Whole(1, MostUnits),
            (o, layer, v) => o with { HiddenUnitsOf = new SortedDictionary<int, int>(o.HiddenUnitsOf.ToDictionary()) { [layer] = v } }),
        Text("layers", "", "units of all hidden layers, such as 128-64; overrides the three above",
            (o, text) => o with { Layers = Layers(text) }),
        Word("activation", "relu", "what hidden layers apply to z", Activations, (o, v) => o with { Activation = v }),
        Number("leaky_slope", "0.01", "slope of leaky_relu below 0", NumberLaw.BelowOne, (o, v) => o with { LeakySlope = v }),
        Word("initialization", "he", "variance of new weights: he 2/n, xavier 1/n, n inputs", Initializations,
            (o, v) => o with { Initialization = v }),
        Number("init_multiplier", "1", "multiplies the deviation of new weights", NumberLaw.Positive,
            (o, v) => o with { InitMultiplier = v }),
        IntegerOrWord("batch_size", "64", "examples in a mini-batch; auto: all of them below 2,000 training rows, else 64",
            NumberLaw.Whole(1, 1 << 20, " or auto"), "auto", (o, v) => o with { BatchSize = v }),
        Number("l2", "0", "λ of λ/(2m)·‖W‖², weights only, m training rows", NumberLaw.NotNegative, (o, v) => o with { L2 = v }),
        Number("l1", "0", "λ of λ/m·‖W‖₁, weights only, m training rows", NumberLaw.NotNegative, (o, v) => o with { L1 = v }),
        Number("weight_decay", "0.01", "adamw: w ← w − α·weight_decay·w at each update", NumberLaw.NotNegative,
            (o, v) => o with { WeightDecay = v }),
        Number("keep_prob", "1", "probability that dropout keeps a hidden unit", NumberLaw.Probability, (o, v) => o with { KeepProb = v }),
        NumberOfLayer("keep_prob_N", "keep_prob", "keep_prob of hidden layer N, from 1", NumberLaw.Probability,
            (o, layer, v) => o with { KeepProbOf = new SortedDictionary<int, double>(o.KeepProbOf.ToDictionary()) { [layer] = v } }),
        Number("input_keep_prob", "1", "probability that dropout keeps an input", NumberLaw.Probability,
            (o, v) => o with { InputKeepProb = v }),
        Switch("batch_norm", "false", "normalize z of hidden layers over the mini-batch, then γ·x̂ + β",
            (o, v) => o with { BatchNorm = v }),
        Number("batch_norm_epsilon", "1e-5", "ε that batch norm adds to the variance", NumberLaw.Epsilon,
            (o, v) => o with { BatchNormEpsilon = v }),
        Number("batch_norm_momentum", "0.9", "weight of the past in batch norm's averages for test time", NumberLaw.BelowOne,
            (o, v) => o with { BatchNormMomentum = v }),
        Number("clip_norm", "0", "largest norm of all gradients together; 0: no clipping", NumberLaw.NotNegative,
            (o, v) => o with { ClipNorm = v }),
        Word("decay", "none", "how the learning rate falls with the epoch", Decays, (o, v) => o with { Decay = v }),
        Number("decay_rate", "0.95", "d of α₀/(1 + d·e), α₀/√(1 + d·e), α₀·d^(e/p) and α₀·d^⌊e/p⌋", NumberLaw.NotNegative,
            (o, v) => o with { DecayRate = v }),
        Integer("decay_epochs", "1", "p of exponential and staircase decay, in epochs", NumberLaw.Whole(1, 1_000_000),
            (o, v) => o with { DecayEpochs = v }),
        Text("decay_table", "", "learning rates from given epochs on, such as 0:0.1 10:0.01",
            (o, text) => o with { DecayTable = Table(text) }),
        Integer("warmup_epochs", "0", "epochs during which the learning rate rises to α", NumberLaw.Whole(0, 1_000_000),
            (o, v) => o with { WarmupEpochs = v }),
        Integer("patience", "0",
            "epochs without a better patience_metric on the dev set before training stops and the best weights return; 0: never",
            NumberLaw.Whole(0, 1_000_000), (o, v) => o with { Patience = v }),
        Word("patience_metric", "cost", "what patience watches: the dev cost moves every epoch, the dev error in steps of a row",
            PatienceMetrics, (o, v) => o with { PatienceMetric = v }),
        Word("class_weights", "none", "balanced: an example of class c counts m/(C·m_c)", Weightings,
            (o, v) => o with { ClassWeights = v }),
        Switch("flip", "false", "mirror every second training picture",
            (o, v) => o with { Augmentation = o.Augmentation with { Flip = v } }),
        Number("shift", "0", "shift training pictures by up to so many pixels", NumberLaw.NotNegative,
            (o, v) => o with { Augmentation = o.Augmentation with { ShiftPixels = v } }),
        Number("rotate", "0", "rotate training pictures by up to so many degrees", NumberLaw.Degrees,
            (o, v) => o with { Augmentation = o.Augmentation with { RotateDegrees = v } }),
        Number("zoom", "0", "scale training pictures by up to this share, 0.1: 0.9 to 1.1 times", NumberLaw.BelowOne,
            (o, v) => o with { Augmentation = o.Augmentation with { Zoom = v } }),
        Number("elastic", "0", "distort training pictures by so many pixels, root mean square", NumberLaw.NotNegative,
            (o, v) => o with { Augmentation = o.Augmentation with { ElasticPixels = v } }),
        Integer("epochs", "30", "the full budget, which cosine decay ends with", NumberLaw.Whole(1, 10_000_000),
            (o, v) => o with { Epochs = v }),
    ];

    private static readonly Dictionary<string, NumberLaw> Laws =
        All.Where(static entry => entry.Law is not null).ToDictionary(static entry => entry.Info.Name, static entry => entry.Law!);

    /// <summary>The law of a hyperparameter's numbers.</summary>
    /// <param name="name">Its name; a trailing <c>_N</c> stands for a layer's number.</param>
    public static NumberLaw LawOf(string name) => Laws[name];

    /// <summary>Whether a network that was trained with one value of a hyperparameter cannot go on with another: it would be another
    /// network, be moved by another optimizer, or have begun otherwise.</summary>
    public static bool ShapesNetwork(string name) => name is "optimizer" or "hidden_layers" or "hidden_units" or "layers" or "activation"
        or "initialization" or "init_multiplier" or "batch_norm" or "patience" or "patience_metric" or "epochs"
        || name.StartsWith("hidden_units_", StringComparison.Ordinal);

    private static int[] Layers(string text)
    {
        var parts = text.Split('-');
        var units = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out units[i]) || units[i] is < 1 or > MostUnits)
            {
                throw new HyperparameterException(
                    $"layers is \"{text}\"; it must be units joined by -, each from 1 to 65536, such as 128-64.");
            }
        }
        return units;
    }

    private static (int Epoch, double LearningRate)[] Table(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var table = new (int Epoch, double LearningRate)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var pair = parts[i].Split(':');
            if (pair.Length != 2
                || !int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                || !double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
                || !NumberLaw.Positive.Holds(rate)
                || (i > 0 && epoch <= table[i - 1].Epoch))
            {
                throw new HyperparameterException(
                    $"decay_table is \"{text}\"; it must be epoch:learning_rate pairs with rising epochs (counted from 0), "
                    + "such as \"0:0.1 10:0.01\".");
            }
            table[i] = (epoch, rate);
        }
        return table;
    }
}
