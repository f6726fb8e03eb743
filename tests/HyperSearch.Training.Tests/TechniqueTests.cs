using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Networks;
using HyperSearch.Training.Tests.Data;

namespace HyperSearch.Training.Tests;

/// <summary>Each technique does to training what it is for.</summary>
public sealed unsafe class TechniqueTests
{
    [Theory]
    [InlineData("initialization=he", 2.0)]
    [InlineData("initialization=xavier", 1.0)]
    [InlineData("initialization=xavier init_multiplier=3", 9.0)]
    public void Initialization_HasItsVariance(string search, double perInput)
    {
        using var data = Synthetic.Data("classes", rows: 40, inputs: 50);
        using var network = new Network(Synthetic.Options("layers=400 " + search).DesignFor(data), seed: 1);
        var weights = network.Graph.Parameters[0];
        double sum = 0, squares = 0;
        for (var i = 0; i < 50; i++)
        {
            for (var j = 0; j < 400; j++)
            {
                var w = network.Graph.Lane.Read(weights.Values, weights.At(i, j));
                (sum, squares) = (sum + w, squares + w * w);
            }
        }
        var variance = perInput / 50;
        Assert.InRange(squares / 20_000, 0.96 * variance, 1.04 * variance); // 4 deviations of a variance from 20,000 draws
        Assert.InRange(sum / 20_000, -0.03 * Math.Sqrt(variance), 0.03 * Math.Sqrt(variance));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void Dropout_KeepsItsShareAndTheMean(double keep)
    {
        using var graph = new ComputationGraph();
        var x = graph.Input(64, 100);
        var dropout = graph.Dropout(keep, x);
        dropout.Seed(RandomStream.For(1, 0, "dropout"));
        int kept = 0, count = 0, pairs = 0;
        for (var run = 0; run < 10; run++)
        {
            for (var i = 0; i < 64 * x.Stride; i++)
                ((float*)x.Value)[i] = 1;
            dropout.Apply(x.Value, 64);
            for (var i = 0; i < 6400; i++)
            {
                var value = ((float*)x.Value)[i / 100 * x.Stride + i % 100];
                Assert.True(value == 0 || value == (float)(1 / keep));
                kept += value > 0 ? 1 : 0;
                pairs += i % 100 > 0 && value > 0 && ((float*)x.Value)[i / 100 * x.Stride + i % 100 - 1] > 0 ? 1 : 0;
                count++;
            }
        }
        Assert.InRange(kept / (double)count, keep - 0.01, keep + 0.01);
        Assert.InRange(pairs / (count * 0.99), keep * keep - 0.015, keep * keep + 0.015); // neighbours fall independently
    }

    [Fact]
    public void Dropout_IsOffInEvaluation()
    {
        using var data = Synthetic.Data("classes", rows: 100, inputs: 8);
        using var dropping = new Trainer(data, Synthetic.Options("layers=16 keep_prob=0.5 input_keep_prob=0.5"), seed: 1);
        using var plain = new Trainer(data, Synthetic.Options("layers=16"), seed: 1);
        Assert.Equal(plain.Predict(data.Dev.Features), dropping.Predict(data.Dev.Features));
    }

    /// <summary>Identity matrices before and after it, so that z is the input and the outputs are what it makes of it.</summary>
    [Fact]
    public void BatchNorm_JudgesByCorrectedAveragesOfItsMiniBatches()
    {
        const double momentum = 0.7, correction = 1 - momentum * momentum * momentum;
        using var data = Synthetic.Data("classes", rows: 48, inputs: 4);
        var options = Synthetic.Options(
            "layers=4 batch_norm=true batch_norm_momentum=0.7 batch_norm_epsilon=0.01") with
        { Activation = Activation.Identity };
        using var network = new Network(options.DesignFor(data), seed: 1, Precision.Bits64);
        Set("hidden1.weights", (i, j) => i == j ? 1 : 0);
        Set("hidden1.gamma", (_, j) => 2 + j);
        Set("hidden1.beta", (_, j) => 0.5 * j);
        Set("output.weights", (i, j) => i == j ? 1 : 0);
        double[] mean = new double[4], variance = new double[4];
        for (var batch = 0; batch < 3; batch++)
        {
            int[] rows = [.. Enumerable.Range(16 * batch, 16)];
            network.Gather(data.Train, rows, default);
            network.Forward(rows.Length);
            for (var j = 0; j < 4; j++)
            {
                var column = Array.ConvertAll(rows, row => (double)data.Train.Features.Row(row)[j]);
                mean[j] = momentum * mean[j] + (1 - momentum) * column.Average();
                variance[j] = momentum * variance[j] + (1 - momentum) * column.Average(x => Math.Pow(x - column.Average(), 2));
            }
        }
        network.Gather(data.Train, [5], default);
        network.Graph.Forward(1, training: false);
        for (var j = 0; j < 4; j++)
        {
            var normal = (data.Train.Features.Row(5)[j] - mean[j] / correction) / Math.Sqrt(variance[j] / correction + 0.01);
            Assert.Equal((2 + j) * normal + 0.5 * j, network.Graph.Lane.Read(network.Logits.Value, j), 12);
        }

        void Set(string name, Func<int, int, double> value)
        {
            var parameter = network.Graph.Parameters.Single(p => p.Name == name);
            for (var i = 0; i < parameter.Rows; i++)
            {
                for (var j = 0; j < parameter.Columns; j++)
                    network.Graph.Lane.Write(parameter.Values, parameter.At(i, j), value(i, j));
            }
        }
    }

    [Fact]
    public void L2AndL1_AreSharedAmongTheTrainingRows()
    {
        using var data = Synthetic.Data("classes", rows: 60, inputs: 5);
        using var network = new Network(Synthetic.Options("l2=3 l1=1.5").DesignFor(data), seed: 1);
        Assert.Equal((3.0 / 60, 1.5 / 60), (network.Settings.L2, network.Settings.L1)); // the course's λ/m
    }

    [Fact]
    public void L2_ShrinksWeights() => Assert.True(WeightNorm("l2=100") < 0.5 * WeightNorm("l2=0"));

    [Fact]
    public void L1_DrivesWeightsToZero() => Assert.True(WeightNorm("l1=100") < 0.5 * WeightNorm("l1=0"));

    [Fact]
    public void ClassWeights_MakeARareClassCount()
    {
        using var data = Rare();
        double common = Recall("none"), balanced = Recall("balanced");
        Assert.InRange(common, 0, 0.3); // 1 in 20: best forgotten
        Assert.InRange(balanced, 0.6, 1);

        double Recall(string weighting)
        {
            using var trainer = new Trainer(
                data, Synthetic.Options($"hidden_layers=0 learning_rate=0.02 class_weights={weighting}"), seed: 1);
            trainer.Epochs(40);
            return trainer.Confusion(data.Train)!.PerClass[1].Recall;
        }
    }

    [Fact]
    public void ClassBalance_GivesEveryClassTheSameWeight()
    {
        using var data = Rare();
        var weights = ClassBalance.Weights(data, ClassWeighting.Balanced);
        var rare = data.Train.Labels.ToArray().Sum();
        Assert.Equal(data.Train.Rows / (2.0 * rare), weights[1], 1e-12);
        Assert.Equal(data.Train.Rows, rare * weights[1] + (data.Train.Rows - rare) * weights[0], 1e-9);
        Assert.Empty(ClassBalance.Weights(data, ClassWeighting.None));
    }

    [Theory]
    [InlineData(PatienceMetric.Cost)]
    [InlineData(PatienceMetric.Error)]
    public void EarlyStopping_GivesTheBestEpochBack(PatienceMetric metric)
    {
        using var data = Synthetic.Data("classes", rows: 60, inputs: 20);
        using var trainer = new Trainer(
            data, Synthetic.Options($"layers=64 learning_rate=0.02 patience=4 patience_metric={metric}".ToLowerInvariant()), seed: 2);
        var best = double.PositiveInfinity;
        for (var i = 0; i < 200 && !trainer.StoppedEarly; i++)
        {
            var epoch = trainer.TrainEpoch(TestContext.Current.CancellationToken);
            best = Math.Min(best, metric == PatienceMetric.Cost ? epoch.DevCost : epoch.DevError);
        }
        Assert.True(trainer.StoppedEarly);
        Assert.Equal(trainer.BestEpoch + 4, trainer.Epoch);
        Assert.Equal(best, metric == PatienceMetric.Cost ? trainer.Evaluate(data.Dev).Cost : trainer.Evaluate(data.Dev).Error);
        Assert.Throws<InvalidOperationException>(() => trainer.TrainEpoch(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("optimizer=gradient_descent learning_rate=1e30", "is not a finite number")]
    [InlineData("optimizer=momentum_classic learning_rate=1e12 activation=tanh", "is not a finite number")]
    [InlineData("optimizer=gradient_descent learning_rate=2.5 hidden_layers=0", "is more than 1,000 times the first")]
    public void Divergence_EndsATrialWithItsReason(string search, string reason)
    {
        using var data = Synthetic.Data("regression", rows: 200, inputs: 5);
        using var trainer = new Trainer(data, Synthetic.Options("batch_size=16 " + search), seed: 1);
        trainer.Epochs(50);
        Assert.Contains(reason, trainer.Divergence, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => trainer.TrainEpoch(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Relu_KeepsNaN()
    {
        var pieces = stackalloc float[4];
        Lane4.Store(Relu<Lane4, float>.Apply(Lane4.Create(float.NaN), default), pieces);
        Assert.True(float.IsNaN(pieces[0]));
    }

    [Fact]
    public void Trainer_LearnsFromOneInput()
    {
        using var data = Synthetic.Data("regression", rows: 300, inputs: 1);
        using var trainer = new Trainer(data, Synthetic.Options("layers=17 learning_rate=0.01"), seed: 1);
        Assert.InRange(trainer.Epochs(60).Dev.R2!.Value, 0.4, 1);
    }

    [Fact]
    public void RunEpoch_AllocatesNothingPerStep()
    {
        using var data = Synthetic.Data("classes", rows: 2000, inputs: 20);
        long Allocated(string batch)
        {
            using var trainer = new Trainer(
                data, Synthetic.Options($"layers=32-16 keep_prob=0.8 batch_norm=true clip_norm=1 batch_size={batch}"), seed: 1);
            trainer.RunEpoch(0.001, CancellationToken.None);
            var before = GC.GetAllocatedBytesForCurrentThread();
            trainer.RunEpoch(0.001, CancellationToken.None);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(Allocated("1000"), Allocated("20")); // an epoch's streams, whether it has 2 steps or 100
    }

    [Fact]
    public void Bytes_OfASmallTrialStayUnderAMegabyte()
    {
        using var data = Synthetic.Data("classes", rows: 100, inputs: 64);
        using var trainer = new Trainer(data, Synthetic.Options("layers=128-64"), seed: 1);
        Assert.InRange(trainer.Bytes, 1, 1_000_000);
    }

    /// <summary>Two clouds that overlap; one row in 20 is of the second.</summary>
    private static Dataset Rare()
    {
        using var files = new Files();
        var random = RandomStream.For(1, 0, "rare");
        var rows = Enumerable.Range(0, 1000).Select(i => i % 20 == 0)
            .Select(rare => FormattableString.Invariant($"{random.NextNormal() + (rare ? 1.5 : 0):f4},{(rare ? "b" : "a")}\n"));
        files.Write("rare.csv", "x,y\n" + string.Concat(rows));
        return files.Load(new DataSource { Path = "rare.csv", Label = "y" });
    }

    private static double WeightNorm(string search)
    {
        using var data = Synthetic.Data("classes", rows: 100, inputs: 10);
        using var network = new Network(Synthetic.Options("hidden_layers=0 learning_rate=0.05 " + search).DesignFor(data), seed: 1);
        for (var step = 1; step <= 200; step++)
        {
            network.Gather(data.Train, [.. Enumerable.Range(0, 64)], default);
            network.Train(64, 0.05, step);
        }
        var weights = network.Graph.Parameters[0];
        double squares = 0;
        for (var i = 0; i < weights.Rows * weights.Columns; i++)
            squares += Math.Pow(network.Graph.Lane.Read(weights.Values, weights.At(i / weights.Columns, i % weights.Columns)), 2);
        return Math.Sqrt(squares);
    }
}
