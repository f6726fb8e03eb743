using System.Runtime.CompilerServices;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Networks;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training;

/// <summary>Every hyperparameter of a training run, typed, with its default. <see cref="Catalog"/> gives their names and laws.</summary>
/// <remarks>
/// Every property obeys its law, whether a file or code sets it: <see cref="HyperparameterException"/> says which law, which value, and
/// what would be right.
/// </remarks>
public sealed record TrainerOptions
{
    private static readonly Dictionary<int, int> NoUnits = [];
    private static readonly Dictionary<int, double> NoProbabilities = [];
    private static readonly Augmentation NoAugmentation = new();

    /// <summary>Every hyperparameter that a search file can fix or search.</summary>
    public static IReadOnlyList<HyperparameterInfo> Catalog { get; } = [.. HyperparameterCatalog.All.Select(entry => entry.Info)];

    /// <summary>α₀ of the updates.</summary>
    public double LearningRate { get; init => field = Lawful("learning_rate", value); } = 0.001;

    /// <summary>How weights follow their gradients.</summary>
    public OptimizerKind Optimizer { get; init => field = Known("optimizer", value); } = OptimizerKind.Adam;

    /// <summary>β of the three momentum forms.</summary>
    public double Momentum { get; init => field = Lawful("momentum", value); } = 0.9;

    /// <summary>β₁ of Adam and AdamW.</summary>
    public double Beta1 { get; init => field = Lawful("beta1", value); } = 0.9;

    /// <summary>β₂ of Adam and AdamW.</summary>
    public double Beta2 { get; init => field = Lawful("beta2", value); } = 0.999;

    /// <summary>ρ of RMSprop.</summary>
    public double RmsDecay { get; init => field = Lawful("rms_decay", value); } = 0.9;

    /// <summary>ε of RMSprop, Adam and AdamW.</summary>
    public double AdamEpsilon { get; init => field = Lawful("adam_epsilon", value); } = 1e-8;

    /// <summary>Hidden layers; 0 makes softmax, logistic or linear regression.</summary>
    public int HiddenLayers { get; init => field = Lawful("hidden_layers", value); } = 2;

    /// <summary>Units of each hidden layer that has no number of its own.</summary>
    public int HiddenUnits { get; init => field = Lawful("hidden_units", value); } = 64;

    /// <summary>Units of single layers, numbered from 1.</summary>
    public IReadOnlyDictionary<int, int> HiddenUnitsOf
    {
        get;
        init => field = OfLayers("hidden_units", value, static (name, units) => Lawful(name, units));
    } = NoUnits;

    /// <summary>
    /// Units of all hidden layers in order; none makes softmax, logistic or linear regression, null lets the three above decide.
    /// </summary>
    public IReadOnlyList<int>? Layers
    {
        get;
        init => field = value is null ? null : [.. value.Select(static units => Lawful("hidden_units", units))];
    }

    /// <summary>g of the hidden layers.</summary>
    public Activation Activation { get; init => field = Known("activation", value); } = Activation.Relu;

    /// <summary>Slope of leaky_relu below 0.</summary>
    public double LeakySlope { get; init => field = Lawful("leaky_slope", value); } = 0.01;

    /// <summary>Variance of new weights.</summary>
    public Initialization Initialization { get; init => field = Known("initialization", value); } = Initialization.He;

    /// <summary>Multiplies the standard deviation of new weights.</summary>
    public double InitMultiplier { get; init => field = Lawful("init_multiplier", value); } = 1;

    /// <summary>Examples in a mini-batch; 0 stands for auto: all below 2,000 training rows, else 64.</summary>
    public int BatchSize { get; init => field = value == 0 ? 0 : Lawful("batch_size", value); } = 64;

    /// <summary>λ of λ/(2m)·‖W‖², m training rows; weights only.</summary>
    public double L2 { get; init => field = Lawful("l2", value); }

    /// <summary>λ of (λ/m)·‖W‖₁, m training rows; weights only.</summary>
    public double L1 { get; init => field = Lawful("l1", value); }

    /// <summary>AdamW's decay: w ← w − α·weight_decay·w before each update; weights only.</summary>
    public double WeightDecay { get; init => field = Lawful("weight_decay", value); } = 0.01;

    /// <summary>Probability that dropout keeps a hidden unit.</summary>
    public double KeepProb { get; init => field = Lawful("keep_prob", value); } = 1;

    /// <summary>The same for single layers, numbered from 1.</summary>
    public IReadOnlyDictionary<int, double> KeepProbOf
    {
        get;
        init => field = OfLayers("keep_prob", value, static (name, keep) => Lawful(name, keep));
    } = NoProbabilities;

    /// <summary>Probability that dropout keeps an input.</summary>
    public double InputKeepProb { get; init => field = Lawful("input_keep_prob", value); } = 1;

    /// <summary>Whether hidden layers normalize z.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>ε of batch norm.</summary>
    public double BatchNormEpsilon { get; init => field = Lawful("batch_norm_epsilon", value); } = 1e-5;

    /// <summary>Weight of the past in batch norm's running averages.</summary>
    public double BatchNormMomentum { get; init => field = Lawful("batch_norm_momentum", value); } = 0.9;

    /// <summary>Largest norm of all gradients together; 0 for none.</summary>
    public double ClipNorm { get; init => field = Lawful("clip_norm", value); }

    /// <summary>How the learning rate falls.</summary>
    public DecayKind Decay { get; init => field = Known("decay", value); }

    /// <summary>d of the decays.</summary>
    public double DecayRate { get; init => field = Lawful("decay_rate", value); } = 0.95;

    /// <summary>p of exponential and staircase decay, in epochs.</summary>
    public int DecayEpochs { get; init => field = Lawful("decay_epochs", value); } = 1;

    /// <summary>Learning rates from given epochs (counted from 0) on, in rising order.</summary>
    public IReadOnlyList<(int Epoch, double LearningRate)> DecayTable { get; init => field = Rising(value); } = [];

    /// <summary>Epochs during which the learning rate rises to α₀.</summary>
    public int WarmupEpochs { get; init => field = Lawful("warmup_epochs", value); }

    /// <summary>Epochs without a better dev error after which training stops and the best weights return; 0 for never.</summary>
    public int Patience { get; init => field = Lawful("patience", value); }

    /// <summary>The quantity that patience watches. Default: the cost.</summary>
    public PatienceMetric PatienceMetric { get; init => field = Known("patience_metric", value); }

    /// <summary>How much each class counts.</summary>
    public ClassWeighting ClassWeights { get; init => field = Known("class_weights", value); }

    /// <summary>Perturbations of training pictures.</summary>
    public Augmentation Augmentation { get; init => field = Lawful(value); } = NoAugmentation;

    /// <summary>The full budget, which cosine decay ends with.</summary>
    public int Epochs { get; init => field = Lawful("epochs", value); } = 30;

    /// <summary>Units of every hidden layer, in order.</summary>
    public IReadOnlyList<int> HiddenSizes =>
        Layers ?? [.. Enumerable.Range(1, HiddenLayers).Select(layer => HiddenUnitsOf.GetValueOrDefault(layer, HiddenUnits))];

    /// <summary>Options from values by name; an option that is not named keeps its default.</summary>
    /// <param name="values">double, bool or string by hyperparameter name.</param>
    /// <exception cref="HyperparameterException">A name is unknown or a value breaks its law.</exception>
    public static TrainerOptions From(IReadOnlyDictionary<string, object> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var options = new TrainerOptions();
        foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            options = Hyperparameter.Find(name, HyperparameterCatalog.All).Set(options, name, value);
        return options;
    }

    /// <summary>keep_prob of a hidden layer.</summary>
    /// <param name="layer">Its number, from 1.</param>
    public double KeepProbAt(int layer) => KeepProbOf.TryGetValue(layer, out var keep) ? keep : KeepProb;

    /// <summary>Examples in a mini-batch when there are this many to learn from.</summary>
    /// <param name="trainRows">Training rows.</param>
    public int BatchSizeFor(int trainRows) =>
        Math.Min(BatchSize > 0 ? BatchSize : trainRows < 2000 ? trainRows : 64, Math.Max(1, trainRows));

    private static double Lawful(string name, double value) => HyperparameterCatalog.LawOf(name).Check(name, value);

    private static int Lawful(string name, int value) => (int)HyperparameterCatalog.LawOf(name).Check(name, value);

    private static Augmentation Lawful(Augmentation value)
    {
        ArgumentNullException.ThrowIfNull(value, nameof(Augmentation));
        Lawful("shift", value.ShiftPixels);
        Lawful("rotate", value.RotateDegrees);
        Lawful("zoom", value.Zoom);
        Lawful("elastic", value.ElasticPixels);
        return value;
    }

    private static TKind Known<TKind>(string name, TKind value)
        where TKind : struct, Enum => Enum.IsDefined(value)
        ? value
        : throw new HyperparameterException($"{name} is {value:d}; it must be one of {string.Join(", ", Enum.GetNames<TKind>())}.");

    /// <summary>A copy of what single layers have of their own, when every layer and every value is lawful.</summary>
    private static SortedDictionary<int, TValue> OfLayers<TValue>(
        string name, IReadOnlyDictionary<int, TValue> values, Func<string, TValue, TValue> lawful,
        [CallerMemberName] string option = "")
    {
        ArgumentNullException.ThrowIfNull(values, option);
        var copy = new SortedDictionary<int, TValue>();
        foreach (var (layer, value) in values)
        {
            if (layer is < 1 or > Hyperparameter.MostLayers)
                throw new HyperparameterException(
                    $"{name} names layer {layer}; layers have numbers from 1 to {Hyperparameter.MostLayers}.");
            copy[layer] = lawful(name, value);
        }
        return copy;
    }

    private static (int Epoch, double LearningRate)[] Rising(IReadOnlyList<(int Epoch, double LearningRate)> table)
    {
        ArgumentNullException.ThrowIfNull(table, nameof(DecayTable));
        var last = -1;
        foreach (var (epoch, rate) in table)
        {
            if (epoch <= last)
                throw new HyperparameterException(
                    $"decay_table comes to epoch {epoch} after {last}; its epochs must rise, counted from 0.");
            NumberLaw.Positive.Check("decay_table", rate);
            last = epoch;
        }
        return [.. table];
    }

    /// <summary>The network that these hyperparameters describe for a data set.</summary>
    internal NetworkDesign DesignFor(Dataset data) => new()
    {
        Task = data.Task,
        Inputs = data.Inputs,
        Outputs = data.Outputs,
        BatchRows = BatchSizeFor(data.Train.Rows),
        InputKeepProb = InputKeepProb,
        Hidden = [.. HiddenSizes.Select((units, i) => new HiddenLayer(units, KeepProbAt(i + 1)))],
        Activation = Activation,
        LeakySlope = LeakySlope,
        BatchNorm = BatchNorm ? new BatchNormNumbers(BatchNormEpsilon, BatchNormMomentum) : null,
        Initialization = Initialization,
        InitMultiplier = InitMultiplier,
        Optimizer = new()
        {
            Kind = Optimizer,
            Momentum = Momentum,
            Beta1 = Beta1,
            Beta2 = Beta2,
            RmsDecay = RmsDecay,
            Epsilon = AdamEpsilon,
            L2 = L2 / Math.Max(1, data.Train.Rows),
            L1 = L1 / Math.Max(1, data.Train.Rows),
            WeightDecay = Optimizer == OptimizerKind.AdamW ? WeightDecay : 0,
            ClipNorm = ClipNorm,
        },
    };

    /// <summary>The learning rate of each epoch.</summary>
    internal LearningRateDecay LearningRates => new()
    {
        Kind = Decay,
        Start = LearningRate,
        Rate = DecayRate,
        Period = DecayEpochs,
        Table = DecayTable,
        WarmupEpochs = WarmupEpochs,
        Epochs = Epochs,
    };
}
