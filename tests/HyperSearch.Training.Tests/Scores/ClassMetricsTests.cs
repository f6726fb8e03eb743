using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Ensembles;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Tests.Scores;

public sealed class ClassMetricsTests
{
    [Theory]
    [InlineData("binary", 90)]
    [InlineData("binary", 2000)]
    [InlineData("classes", 300)]
    public void Evaluate_AgreesWithTheDefinitions(string task, int rows)
    {
        using var data = Synthetic.Data(task, rows, 6);
        using var trainer = new Trainer(data, Synthetic.Options("hidden_units=4 batch_size=16"), 3);
        for (var epoch = 0; epoch < 3; epoch++) // a tally is used again
        {
            var dev = trainer.Epochs(1).Dev;
            AssertAgrees(dev, trainer.Confusion(data.Dev)!, data, trainer.Predict(data.Dev.Features), data.Dev.Labels);
        }

        var test = trainer.Evaluate(data.Test);
        AssertAgrees(test, trainer.Confusion(data.Test)!, data, trainer.Predict(data.Test.Features), data.Test.Labels);
        Assert.Equal(trainer.Evaluate(data.Dev), trainer.Evaluate().Dev);
        Assert.Null(trainer.Evaluate(data.Train).Auc);
        Assert.Null(test.Mae);
    }

    [Fact]
    public void Evaluate_TellsTheMeanAbsoluteErrorOfARegression()
    {
        using var data = Synthetic.Data("regression", 200, 6);
        using var trainer = new Trainer(data, Synthetic.Options("hidden_units=4 batch_size=16"), 3);
        var dev = trainer.Epochs(2).Dev;
        var misses = trainer.Predict(data.Dev.Features)
            .Zip(data.Dev.Targets.ToArray(), static (said, right) => Math.Abs((double)said - right));
        Assert.Equal(misses.Average(), dev.Mae!.Value, 1e-6);
        Assert.Equal((null, null, null, null, null), (dev.Accuracy, dev.BalancedError, dev.F1, dev.Auc, dev.LogLoss));
    }

    [Theory]
    [InlineData("moons")]
    [InlineData("blobs")]
    public void TrainEpoch_OfFoldsJudgesAllHeldOutRowsTogether(string kind)
    {
        var source = new DataSource { Generate = new GeneratorOptions { Kind = kind, Rows = 400, Noise = 0.6 } };
        using var folds = DatasetLoader.LoadFolds(source, 3, 1);
        var options = Synthetic.Options("hidden_units=4 batch_size=16 patience=2 epochs=12 learning_rate=0.1");
        using var trainer = new FoldedTrainer(folds, options, 3);
        Evaluation dev;
        do
        {
            dev = trainer.TrainEpoch(TestContext.Current.CancellationToken).Dev;
        }
        while (!trainer.StoppedEarly);

        var whole = new HeldOutTruth(folds).Evaluate(trainer.AnswerHeldOut(), [.. Enumerable.Range(0, folds.Rows)]);
        Assert.Equal(whole.Auc, dev.Auc);
        Assert.Equal(kind == "moons", dev.Auc is not null);
        Assert.Equal(whole.BalancedError, dev.BalancedError);
        Assert.Equal(whole.F1, dev.F1);
        Assert.Equal(whole.Accuracy!.Value, dev.Accuracy!.Value, 1e-12);
        Assert.Equal(whole.LogLoss!.Value, dev.LogLoss!.Value, 1e-5);
    }

    [Fact]
    public void TrainEpoch_OfFoldsPoolsTheMeanAbsoluteError()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("hypersearch-").FullName, "line.csv");
        var rows = Enumerable.Range(0, 90).Select(static i => FormattableString.Invariant($"{i},{(i * 7 % 31) + 0.5 + (2 * i)}"));
        File.WriteAllLines(path, ["x,y", .. rows]);
        using var folds = DatasetLoader.LoadFolds(new DataSource { Path = path, Label = "y" }, 4, 1);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        using var trainer = new FoldedTrainer(folds, Synthetic.Options("hidden_units=4 batch_size=16"), 3);
        var dev = trainer.TrainEpoch(TestContext.Current.CancellationToken).Dev;
        var whole = new HeldOutTruth(folds).Evaluate(trainer.AnswerHeldOut(), [.. Enumerable.Range(0, folds.Rows)]);
        Assert.Equal(whole.Mae!.Value, dev.Mae!.Value, 1e-4);
    }

    [Fact]
    public void Tally_OfANetworkThatNeverSaysTheRareClassShowsIt()
    {
        int[] labels = [.. Enumerable.Repeat(0, 98), 1, 1];
        var tally = new ClassTally(labels, 2, positive: 1, ranks: true);
        tally.Mistake(1, 0);
        tally.Mistake(1, 0);
        for (var row = 0; row < labels.Length; row++)
            tally.Score(row, labels[row], 0.25f);
        Assert.Equal((0.5, 0.0, 0.5), (tally.BalancedError, tally.F1, tally.Auc)); // the error is 2 %
        var mean = new ClassTally(labels, 2, positive: null, ranks: false);
        mean.Mistake(1, 0);
        mean.Mistake(1, 0);
        Assert.Equal((2.0 * 98 / (98 + 100) + 0) / 2, mean.F1!.Value, 1e-12);
        Assert.Null(mean.Auc);
        Assert.Null(new ClassTally([0, 0], 2, null, ranks: true).Auc);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    public void Load_KnowsThePositiveClass(string name, int number)
    {
        var source = new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 60 }, Positive = name };
        using var data = DatasetLoader.Load(source, 1);
        Assert.Equal(number, data.Positive);
        using var trainer = new Trainer(data, Synthetic.Options("hidden_units=2"), 1);
        Assert.Equal(trainer.Confusion(data.Dev)!.PerClass[number].F1, trainer.Evaluate(data.Dev).F1!.Value, 1e-12);
    }

    [Theory]
    [InlineData("moons", "yes", "they are 0 and 1")]
    [InlineData("spirals", "1", "goes with two classes, but the label has 3 classes")]
    public void Load_RefusesAPositiveClassThatIsNone(string kind, string name, string reason)
    {
        var source = new DataSource { Generate = new GeneratorOptions { Kind = kind, Rows = 60 }, Positive = name };
        Assert.Contains(reason, Assert.Throws<DataException>(() => DatasetLoader.Load(source, 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>By the slow definitions: the confusion matrix, and every pair of a row of each class.</summary>
    private static void AssertAgrees(
        Evaluation evaluation, ConfusionMatrix confusion, Dataset data, float[] answers, ReadOnlySpan<int> labels)
    {
        var occurring = confusion.PerClass.Where(static scores => scores.Rows > 0).ToArray();
        Assert.Equal(1 - occurring.Average(static scores => scores.Recall), evaluation.BalancedError!.Value, 1e-12);
        Assert.Equal(confusion.MacroF1, evaluation.F1!.Value, 1e-12);
        Assert.Equal(confusion.Accuracy, evaluation.Accuracy!.Value, 1e-12);
        Assert.Equal(evaluation.Cost, evaluation.LogLoss);
        if (data.Task == LearningTask.MultiClass)
        {
            Assert.Null(evaluation.Auc);
            return;
        }

        double won = 0, pairs = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < labels.Length; j++)
            {
                if (labels[i] == 1 && labels[j] == 0)
                    (won, pairs) = (won + (answers[i] > answers[j] ? 1 : answers[i] == answers[j] ? 0.5 : 0), pairs + 1);
            }
        }

        Assert.Equal(won / pairs, evaluation.Auc!.Value, 1e-12);
    }
}
