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
}
