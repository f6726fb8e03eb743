using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Ensembles;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;
using HyperSearch.Training.Tests.Data;
using HyperSearch.Training.Tests.Models;

namespace HyperSearch.Training.Tests.Ensembles;

public sealed class EnsembleTests : IDisposable
{
    private static readonly DataSource Moons = new() { Generate = new GeneratorOptions { Kind = "moons", Rows = 120, Noise = 0.3 } };

    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Choose_BringsTheCostDownAndBeginsWithTheFirst()
    {
        using var folds = DatasetLoader.LoadFolds(Moons, 5, seed: 1);
        var truth = new HeldOutTruth(folds);
        int[] rows = [.. Enumerable.Range(0, folds.Rows)];
        var candidates = Enumerable.Range(0, 6).Select(i => Noisy(folds, 0.25 + 0.02 * i, (ulong)i)).ToList();
        var counts = EnsembleSelection.Choose(candidates, truth, rows);
        Assert.True(counts[0] > 0);
        Assert.InRange(counts.Sum(), 2, EnsembleSelection.DefaultRounds);
        var together = truth.Evaluate(EnsembleSelection.Mean(candidates, counts), rows).Cost;
        Assert.All(candidates, alone => Assert.True(together < truth.Evaluate(alone, rows).Cost));
    }

    [Fact]
    public void Choose_TakesTheFirstAloneWhereNobodyHelps()
    {
        using var folds = DatasetLoader.LoadFolds(Moons, 5, seed: 1);
        float[] right = [.. folds.Labels.ToArray().Select(label => label == 1 ? 0.99f : 0.01f)], wrong = [.. right.Select(p => 1 - p)];
        var counts = EnsembleSelection.Choose([right, wrong], new HeldOutTruth(folds), [.. Enumerable.Range(0, folds.Rows)]);
        Assert.Equal(0, counts[1]);
    }

    [Theory]
    [InlineData("moons")]
    [InlineData("blobs")]
    public void Evaluate_AgreesWithTheTrainersPooledFigures(string kind)
    {
        using var folds = DatasetLoader.LoadFolds(new DataSource { Generate = new GeneratorOptions { Kind = kind, Rows = 150 } }, 5,
            seed: 1);
        using var trainer = new FoldedTrainer(folds, new TrainerOptions { HiddenUnits = 8, LearningRate = 0.01, Epochs = 9 }, seed: 3);
        var pooled = trainer.TrainEpoch(TestContext.Current.CancellationToken);
        var own = new HeldOutTruth(folds).Evaluate(trainer.AnswerHeldOut(), [.. Enumerable.Range(0, folds.Rows)]);
        Assert.Equal(pooled.Dev.Error, own.Error, 12);
        Assert.Equal(pooled.Dev.Cost, own.Cost, 5);
    }

    [Fact]
    public void Evaluate_AgreesWithTheTrainersPooledFiguresOfARegression()
    {
        using var folds = DatasetLoader.LoadFolds(Line(), 4, seed: 1);
        using var trainer = new FoldedTrainer(folds, new TrainerOptions { HiddenUnits = 8, LearningRate = 0.01, Epochs = 9 }, seed: 3);
        var pooled = trainer.TrainEpoch(TestContext.Current.CancellationToken).Dev;
        var own = new HeldOutTruth(folds).Evaluate(trainer.AnswerHeldOut(), [.. Enumerable.Range(0, folds.Rows)]);
        Assert.Equal(pooled.Rmse!.Value, own.Rmse!.Value, 4);
        Assert.Equal(pooled.R2!.Value, own.R2!.Value, 4);
        Assert.Equal(pooled.Cost, own.Cost, 5);
    }

    [Fact]
    public void Restore_ContinuesTheFoldsBitForBit()
    {
        using var folds = DatasetLoader.LoadFolds(Moons, 3, seed: 1);
        var options = new TrainerOptions { HiddenUnits = 8, LearningRate = 0.05, Epochs = 30, Patience = 3 };
        using var straight = new FoldedTrainer(folds, options, seed: 5);
        using var first = new FoldedTrainer(folds, options, seed: 5);
        using var second = new FoldedTrainer(folds, options, seed: 5);
        var path = Path.Combine(_files.Folder, "folds.bin");
        for (var epoch = 0; epoch < 6 && !first.StoppedEarly; epoch++)
            Assert.Equal(straight.TrainEpoch(TestContext.Current.CancellationToken),
                first.TrainEpoch(TestContext.Current.CancellationToken));
        first.Save(path);
        second.Restore(path);
        Assert.Equal(6, second.Epoch);
        while (!straight.StoppedEarly)
            Assert.Equal(straight.TrainEpoch(TestContext.Current.CancellationToken),
                second.TrainEpoch(TestContext.Current.CancellationToken));
        Assert.Equal(straight.AnswerHeldOut(), second.AnswerHeldOut());
    }

    [Fact]
    public void TrainEpoch_ReturnsToTheBestWeightsAtTheEndOfTheBudget()
    {
        using var folds = DatasetLoader.LoadFolds(Moons, 3, seed: 1);
        using var trainer =
            new FoldedTrainer(folds, new TrainerOptions { HiddenUnits = 64, LearningRate = 0.1, Epochs = 12, Patience = 1000 }, seed: 5);
        List<double> costs = [];
        while (!trainer.StoppedEarly)
            costs.Add(trainer.TrainEpoch(TestContext.Current.CancellationToken).Dev.Cost);
        Assert.Equal(12, costs.Count);
        Assert.True(costs[^1] <= costs.Min());
    }

    [Fact]
    public void Build_JudgesEachFoldByAnEnsembleThatWasChosenOnTheOthers()
    {
        using var folds = DatasetLoader.LoadFolds(Moons, 3, seed: 1);
        var model = RandomModels.Of(LearningTask.Binary, Activation.Relu, 3);
        // Each candidate knows one fold by heart and is wrong about the others: chosen with the judged rows it would look perfect.
        var candidates = Enumerable.Range(0, 3).Select(known =>
        {
            var answers = new float[folds.Rows];
            for (var fold = 0; fold < 3; fold++)
            {
                foreach (var row in folds.HeldOut(fold))
                    answers[row] = (folds.Labels[row] == 1) == (fold == known) ? 0.9f : 0.1f;
            }

            return new FoldNetworks(answers, [], [model]);
        }).ToArray();
        var ensemble = Ensemble.Build(folds, candidates);
        var chosenOnTheJudged = EnsembleSelection.Mean([.. candidates.Select(candidate => candidate.HeldOut)], ensemble.Counts);
        var flattering = new HeldOutTruth(folds).Evaluate(chosenOnTheJudged, [.. Enumerable.Range(0, folds.Rows)]);
        Assert.True(ensemble.CrossFitted.Cost > flattering.Cost, $"{ensemble.CrossFitted} against {flattering}");
        Assert.Null(ensemble.Test);
    }

    [Fact]
    public void Build_JudgesOneCandidateByTheOneThatTheOtherFoldsPrefer()
    {
        using var folds = DatasetLoader.LoadFolds(Moons, 5, seed: 1);
        var model = RandomModels.Of(LearningTask.Binary, Activation.Relu, 3);
        // The first is certain of one fold, by which it is the best of all; without that fold the second is better.
        float[] lucky = new float[folds.Rows], steady = new float[folds.Rows];
        for (var fold = 0; fold < 5; fold++)
        {
            foreach (var row in folds.HeldOut(fold))
                (lucky[row], steady[row]) = (Right(row, fold == 0 ? 0.999f : 0.69f), Right(row, 0.7f));
        }

        var ensemble = Ensemble.Build(folds, [new FoldNetworks(lucky, [], [model]), new FoldNetworks(steady, [], [model])], rounds: 1);
        Assert.Equal([1, 0], ensemble.Counts);
        var (others, first) = (0.8 * -Math.Log(0.69), 0.2 * -Math.Log(0.7));
        Assert.Equal(others + first, ensemble.CrossFitted.Cost, 3);

        float Right(int row, float probability) => folds.Labels[row] == 1 ? probability : 1 - probability;
    }

    [Fact]
    public void Build_JudgesTheTestRowsWithTheModelItHandsOver()
    {
        using var folds = DatasetLoader.LoadFolds(Moons with { Split = [0.6, 0.2, 0.2] }, 3, seed: 1);
        var candidates = Enumerable.Range(1, 3).Select(seed =>
        {
            using var trainer =
                new FoldedTrainer(folds, new TrainerOptions { HiddenUnits = 8, LearningRate = 0.05, Epochs = 5 }, (ulong)seed);
            while (trainer.Epoch < 5)
                trainer.TrainEpoch(TestContext.Current.CancellationToken);
            return FoldNetworks.Of(trainer, folds);
        }).ToArray();
        var ensemble = Ensemble.Build(folds, candidates);
        Assert.Equal(3 * ensemble.Counts.Count(count => count > 0), ensemble.Model.NetworkCount);
        var (part, wrong) = (folds.Parts[0], 0);
        for (var row = 0; row < part.Test.Rows; row++)
        {
            float[] raw = [.. part.Test.Features.Row(row)];
            part.Normalization.Undo(raw);
            var answer = ensemble.Model.Predict(raw);
            wrong += (answer[1] > 0.5 ? 1 : 0) == part.Test.Labels[row] ? 0 : 1;
        }

        Assert.Equal((double)wrong / part.Test.Rows, ensemble.Test!.Error, 12);
    }

    [Theory]
    [InlineData(LearningTask.MultiClass)]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Regression)]
    public void Average_AnswersWithTheMeanAndIsReadBack(LearningTask task)
    {
        var models = Enumerable.Range(2, 3)
            .Select(layers => RandomModels.Of(task, Activation.Relu, [.. Enumerable.Repeat(7, layers)])).ToArray();
        var average = Model.Average([(models[0], 3), (models[1], 1), (models[2], 2)]);
        Assert.Equal(3, average.NetworkCount);
        var random = RandomStream.For(1, 0, "rows");
        float[] inputs = [.. Enumerable.Range(0, 5).Select(_ => (float)random.NextNormal())];
        var (a, b, c) = (models[0].Predict(inputs), models[1].Predict(inputs), models[2].Predict(inputs));
        var mean = average.Predict(inputs);
        for (var i = 0; i < mean.Length; i++)
            Assert.Equal((3 * a[i] + b[i] + 2 * c[i]) / 6, mean[i], 12);

        var path = Path.Combine(_files.Folder, "model.bin");
        average.Save(path);
        Assert.Equal(mean, Model.Load(path).Predict(inputs));

        var onnx = Path.Combine(_files.Folder, "model.onnx");
        OnnxModel.Write(average, onnx);
        var answers = OnnxModelTests.Run(onnx, inputs, 1);
        for (var i = 0; i < mean.Length; i++)
            Assert.Equal(mean[i], answers[i], task == LearningTask.Regression ? 1e-3 : 1e-5);
    }

    private static float[] Noisy(Folds folds, double noise, ulong seed)
    {
        var random = RandomStream.For(seed, 0, "answers");
        return [.. folds.Labels.ToArray()
            .Select(label => (float)Math.Clamp((label == 1 ? 0.75 : 0.25) + noise * random.NextNormal(), 0.02, 0.98))];
    }

    private DataSource Line()
    {
        var random = RandomStream.For(1, 0, "line");
        var lines = Enumerable.Range(0, 90).Select(i => FormattableString.Invariant($"{i},{3 * i + 20 * random.NextNormal()}"));
        return new DataSource
        {
            Folder = _files.Folder,
            Path = _files.Write("line.csv", "x,y\n" + string.Join('\n', lines)),
            Label = "y",
            Task = "regression"
        };
    }
}
