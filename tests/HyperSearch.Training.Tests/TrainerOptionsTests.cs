using System.Text.Json;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Tests;

public sealed class TrainerOptionsTests
{
    [Fact]
    public void From_SetsWhatIsNamed()
    {
        var options = Synthetic.Options("optimizer=momentum hidden_layers=3 hidden_units=20 hidden_units_2=50 keep_prob_3=0.4 "
            + "batch_size=auto activation=tanh batch_norm=true decay_table=0:0.1");
        Assert.Equal(OptimizerKind.Momentum, options.Optimizer);
        Assert.Equal([20, 50, 20], options.HiddenSizes);
        Assert.Equal((1, 0.4), (options.KeepProbAt(2), options.KeepProbAt(3)));
        Assert.Equal((1500, 64), (options.BatchSizeFor(1500), options.BatchSizeFor(2000)));
        Assert.Equal(Activation.Tanh, options.Activation);
        Assert.True(options.BatchNorm);
        Assert.Equal([128, 64], Synthetic.Options("layers=128-64 hidden_layers=5").HiddenSizes);
    }

    [Fact]
    public void Catalog_DefaultsAreTheOptionsDefaults()
    {
        var named = TrainerOptions.Catalog.Where(info => info.Default.Length > 0 && !info.Name.EndsWith("_N", StringComparison.Ordinal))
            .Select(info => $"{info.Name}={info.Default}");
        Assert.Equivalent(new TrainerOptions(), Synthetic.Options(string.Join(' ', named)), strict: true);
    }

    /// <summary>A new optimizer, activation or decay has a name in search files; the identity is for output layers alone.</summary>
    [Fact]
    public void Catalog_NamesEveryMemberOfAnEnumeration()
    {
        var properties = typeof(TrainerOptions).GetProperties().Where(static property => property.PropertyType.IsEnum).ToArray();
        Assert.NotEmpty(properties);
        Assert.All(properties, static property =>
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var words = TrainerOptions.Catalog.Single(info => info.Name == name).Words;
            Assert.Equal(
                Enum.GetValues(property.PropertyType).Cast<object>().Where(static member => member is not Activation.Identity).Order(),
                words.Select(word => property.GetValue(Synthetic.Options($"{name}={word}"))).Order());
        });
    }

    [Fact]
    public void Trainer_IsBuiltWithEveryOptimizerAndActivation()
    {
        using var data = Synthetic.Data("binary", rows: 20, inputs: 2);
        Assert.All(WordsOf("optimizer").Concat(WordsOf("activation")), option =>
        {
            using var trainer = new Trainer(data, Synthetic.Options($"layers=3 {option}"), seed: 1);
            trainer.TrainEpoch(TestContext.Current.CancellationToken);
        });

        static IEnumerable<string> WordsOf(string name) =>
            TrainerOptions.Catalog.Single(info => info.Name == name).Words.Select(word => $"{name}={word}");
    }

    [Theory]
    [InlineData("learning_rat=0.1", "learning_rate")]
    [InlineData("lerning_rate=0.1", "did you mean \"learning_rate\"")]
    [InlineData("learning_rate=-1", "learning_rate is -1; it must be a positive number")]
    [InlineData("optimizer=adem", "did you mean \"adam\"")]
    [InlineData("hidden_layers=1.5", "whole number from 0 to 64")]
    [InlineData("momentum=1", "below 1")]
    [InlineData("batch_norm=yes", "true or false")]
    [InlineData("layers=64-x", "such as 128-64")]
    [InlineData("decay_table=5", "epoch:learning_rate")]
    [InlineData("hidden_units_0=5", "no hyperparameter")]
    [InlineData("keep_prob=0", "above 0")]
    public void From_SaysTheLawTheValueAndTheWayOut(string wrong, string said) =>
        Assert.Contains(
            said, Assert.Throws<HyperparameterException>(() => Synthetic.Options(wrong)).Message, StringComparison.OrdinalIgnoreCase);

    private static readonly Dictionary<string, Func<TrainerOptions>> Unlawful = new()
    {
        ["learning_rate is -1; it must be a positive number"] = () => new() { LearningRate = -1 },
        ["learning_rate is NaN"] = () => new() { LearningRate = double.NaN },
        ["momentum is 1; it must be at least 0 and below 1"] = () => new() { Momentum = 1 },
        ["beta1 is"] = () => new() { Beta1 = -0.1 },
        ["beta2 is"] = () => new() { Beta2 = 1 },
        ["rms_decay is"] = () => new() { RmsDecay = 2 },
        ["adam_epsilon is 0"] = () => new() { AdamEpsilon = 0 },
        ["optimizer is 99; it must be one of GradientDescent, Momentum"] = () => new() { Optimizer = (OptimizerKind)99 },
        ["hidden_layers is 65; it must be a whole number from 0 to 64"] = () => new() { HiddenLayers = 65 },
        ["hidden_units is 0; it must be a whole number from 1 to 65536"] = () => new() { HiddenUnits = 0 },
        ["hidden_units is -5"] = () => new() { Layers = [10, -5] },
        ["hidden_units is 70000"] = () => new() { HiddenUnitsOf = new Dictionary<int, int> { [2] = 70000 } },
        ["hidden_units names layer 0"] = () => new() { HiddenUnitsOf = new Dictionary<int, int> { [0] = 5 } },
        ["activation is 77"] = () => new() { Activation = (Activation)77 },
        ["leaky_slope is"] = () => new() { LeakySlope = 1 },
        ["initialization is"] = () => new() { Initialization = (Initialization)(-1) },
        ["init_multiplier is 0"] = () => new() { InitMultiplier = 0 },
        ["batch_size is -1; it must be a whole number from 1 to 1048576 or auto"] = () => new() { BatchSize = -1 },
        ["l2 is"] = () => new() { L2 = -1 },
        ["l1 is"] = () => new() { L1 = double.PositiveInfinity },
        ["weight_decay is"] = () => new() { WeightDecay = -0.1 },
        ["keep_prob is 0; it must be above 0"] = () => new() { KeepProb = 0 },
        ["keep_prob is 1.5"] = () => new() { KeepProbOf = new Dictionary<int, double> { [1] = 1.5 } },
        ["input_keep_prob is"] = () => new() { InputKeepProb = 0 },
        ["batch_norm_epsilon is"] = () => new() { BatchNormEpsilon = 0 },
        ["batch_norm_momentum is"] = () => new() { BatchNormMomentum = 1 },
        ["clip_norm is"] = () => new() { ClipNorm = -1 },
        ["decay is"] = () => new() { Decay = (DecayKind)50 },
        ["decay_rate is"] = () => new() { DecayRate = -1 },
        ["decay_epochs is 0"] = () => new() { DecayEpochs = 0 },
        ["decay_table comes to epoch 3 after 5"] = () => new() { DecayTable = [(5, 0.1), (3, 0.01)] },
        ["decay_table is 0; it must be a positive number"] = () => new() { DecayTable = [(0, 0.0)] },
        ["warmup_epochs is"] = () => new() { WarmupEpochs = -1 },
        ["patience is -1"] = () => new() { Patience = -1 },
        ["patience_metric is"] = () => new() { PatienceMetric = (PatienceMetric)9 },
        ["class_weights is"] = () => new() { ClassWeights = (ClassWeighting)9 },
        ["rotate is 200; it must be from 0 to 180 degrees"] = () => new() { Augmentation = new() { RotateDegrees = 200 } },
        ["shift is"] = () => new() { Augmentation = new() { ShiftPixels = -1 } },
        ["zoom is"] = () => new() { Augmentation = new() { Zoom = 1 } },
        ["elastic is"] = () => new() { Augmentation = new() { ElasticPixels = double.NaN } },
        ["epochs is 0"] = () => new() { Epochs = 0 },
    };

    public static TheoryData<string> Laws() => [.. Unlawful.Keys];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Init_ObeysTheLawsOfAFile(string said) =>
        Assert.Contains(said, Assert.Throws<HyperparameterException>(() => Unlawful[said]()).Message, StringComparison.Ordinal);

    /// <summary>A new number has a law in code too: every number that the catalogue knows was broken above.</summary>
    [Fact]
    public void Init_HasACaseForEveryHyperparameter()
    {
        var cases = Unlawful.Keys.Select(said => said.Split(' ')[0]).ToHashSet();
        var switches = TrainerOptions.Catalog.Where(info => info.Kind == HyperparameterKind.Switch).Select(info => info.Name);
        var missing = TrainerOptions.Catalog.Select(info => info.Name.Replace("_N", "", StringComparison.Ordinal)).Except(cases)
            .Except(switches);
        Assert.Equal(["layers"], missing); // broken as hidden_units
    }

    [Fact]
    public void Init_KeepsCopies()
    {
        var units = new Dictionary<int, int> { [1] = 5 };
        var options = new TrainerOptions { HiddenUnitsOf = units };
        units[1] = -1;
        Assert.Equal([5, 64], options.HiddenSizes);
    }
}
