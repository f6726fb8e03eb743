using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Networks;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training;

/// <summary>Every hyperparameter of a training run, typed, with its default. <see cref="Catalog"/> gives their names and laws.</summary>
/// <remarks>Values are taken as they are: <see cref="From"/> checks them against the laws, code that sets properties answers for itself.</remarks>
public sealed record TrainerOptions
{
    private static readonly Dictionary<int, int> NoUnits = [];
    private static readonly Dictionary<int, double> NoProbabilities = [];
    private static readonly Augmentation NoAugmentation = new();

    /// <summary>Every hyperparameter that a search file can fix or search.</summary>
    public static IReadOnlyList<HyperparameterInfo> Catalog { get; } = [.. HyperparameterCatalog.All.Select(entry => entry.Info)];

    /// <summary>α₀ of the updates.</summary>
    public double LearningRate { get; init; } = 0.001;

    /// <summary>How weights follow their gradients.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Adam;

    /// <summary>β of the three momentum forms.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>β₁ of Adam and AdamW.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ of Adam and AdamW.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ρ of RMSprop.</summary>
    public double RmsDecay { get; init; } = 0.9;

    /// <summary>ε of RMSprop, Adam and AdamW.</summary>
    public double AdamEpsilon { get; init; } = 1e-8;

    /// <summary>Hidden layers; 0 makes softmax, logistic or linear regression.</summary>
    public int HiddenLayers { get; init; } = 2;

    /// <summary>Units of each hidden layer that has no number of its own.</summary>
    public int HiddenUnits { get; init; } = 64;

    /// <summary>Units of single layers, numbered from 1.</summary>
    public IReadOnlyDictionary<int, int> HiddenUnitsOf { get; init; } = NoUnits;

    /// <summary>Units of all hidden layers in order; null lets the three above decide.</summary>
    public IReadOnlyList<int>? Layers { get; init; }

    /// <summary>g of the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Slope of leaky_relu below 0.</summary>
    public double LeakySlope { get; init; } = 0.01;

    /// <summary>Variance of new weights.</summary>
    public Initialization Initialization { get; init; } = Initialization.He;

    /// <summary>Multiplies the standard deviation of new weights.</summary>
    public double InitMultiplier { get; init; } = 1;

    /// <summary>Examples in a mini-batch; 0 stands for auto: all below 2,000 training rows, else 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>λ of λ/(2m)·‖W‖², m training rows; weights only.</summary>
    public double L2 { get; init; }

    /// <summary>λ of (λ/m)·‖W‖₁, m training rows; weights only.</summary>
    public double L1 { get; init; }

    /// <summary>AdamW's decay: w ← w − α·weight_decay·w before each update; weights only.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Probability that dropout keeps a hidden unit.</summary>
    public double KeepProb { get; init; } = 1;

    /// <summary>The same for single layers, numbered from 1.</summary>
    public IReadOnlyDictionary<int, double> KeepProbOf { get; init; } = NoProbabilities;

    /// <summary>Probability that dropout keeps an input.</summary>
    public double InputKeepProb { get; init; } = 1;

    /// <summary>Whether hidden layers normalize z.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>ε of batch norm.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>Weight of the past in batch norm's running averages.</summary>
    public double BatchNormMomentum { get; init; } = 0.9;

    /// <summary>Largest norm of all gradients together; 0 for none.</summary>
    public double ClipNorm { get; init; }

    /// <summary>How the learning rate falls.</summary>
    public DecayKind Decay { get; init; }

    /// <summary>d of the decays.</summary>
    public double DecayRate { get; init; } = 0.95;

    /// <summary>p of exponential and staircase decay, in epochs.</summary>
    public int DecayEpochs { get; init; } = 1;

    /// <summary>Learning rates from given epochs (counted from 0) on, in rising order.</summary>
    public IReadOnlyList<(int Epoch, double LearningRate)> DecayTable { get; init; } = [];

    /// <summary>Epochs during which the learning rate rises to α₀.</summary>
    public int WarmupEpochs { get; init; }

    /// <summary>Epochs without a better dev error after which training stops and the best weights return; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>What patience watches. Default: the cost.</summary>
    public PatienceMetric PatienceMetric { get; init; }

    /// <summary>How much each class counts.</summary>
    public ClassWeighting ClassWeights { get; init; }

    /// <summary>Perturbations of training pictures.</summary>
    public Augmentation Augmentation { get; init; } = NoAugmentation;

    /// <summary>The full budget, which cosine decay ends with.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Units of every hidden layer, in order.</summary>
    public IReadOnlyList<int> HiddenSizes =>
        Layers ?? [.. Enumerable.Range(1, HiddenLayers).Select(layer => HiddenUnitsOf.TryGetValue(layer, out var units) ? units : HiddenUnits)];

    /// <summary>Options from values by name; what is not named keeps its default.</summary>
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
    public int BatchSizeFor(int trainRows) => Math.Min(BatchSize > 0 ? BatchSize : trainRows < 2000 ? trainRows : 64, Math.Max(1, trainRows));

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
