using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

public sealed class SignalFlowTests
{
    private static readonly Space Space = new(
    [
        new Parameter("learning_rate", new LogScale(1e-3, 10)),
        new Parameter("activation", new ChoiceScale("relu", "sigmoid")),
    ]);

    [Theory]
    [InlineData(1, 1, "nothing vanishes or explodes")]
    [InlineData(4, 1, "After epoch 9 the gradients shrink by a factor of 4 for each layer on their way back. The course")]
    [InlineData(0.25, 1, "After epoch 9 the gradients grow by a factor of 4 for each layer on their way back. The course")]
    [InlineData(1, 4, "After epoch 9 the activations grow by a factor of 4 for each layer on their way forward. The course")]
    [InlineData(0, 1, "After epoch 9 the gradients of a layer are 0: it cannot learn any more. Its units are dead")]
    [InlineData(double.NaN, 1, "After epoch 9 the gradients are no longer numbers. The course advises a smaller learning rate")]
    public void Sentence_SaysByWhichFactorForEachLayer(double gradient, double activation, string said)
    {
        var trial = Trial(0, 0.1, "relu", gradient, activation);
        Assert.Contains(said, SignalFlow.Sentence(trial), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentence_IsNoneWhereSignalsAreNotKnown() => Assert.Null(SignalFlow.Sentence(Synthetic.Done(0, Space.At([0.5, 0.5]), 0.1)));

    [Fact]
    public void Find_SaysInHowManyOfTheBadTrialsAndWhatTheCourseAdvises()
    {
        var trials = Enumerable.Range(0, 20).Select(number =>
            Trial(number, number / 20.0, number < 10 ? "relu" : "sigmoid", number is 3 or > 12 ? 5 : 1, 1));
        var finding = Assert.Single(Diagnostician.Diagnose(Synthetic.Of(Space, trials)).Signals);
        Assert.Equal((true, 7, 10, 1, 10), (finding.Vanishes, finding.Bad, finding.OfBad, finding.Good, finding.OfGood));
        Assert.StartsWith("Signals vanish in 7 of the 10 worse or diverged trials, but in 1 of the 10 better ones", finding.Sentence,
            StringComparison.Ordinal);
    }

    /// <summary>Advice only where evidence carries it: not of two trials, nor where good trials do the same.</summary>
    [Fact]
    public void Find_SaysNothingWithoutEvidence()
    {
        Trial[] two = [.. Enumerable.Range(0, 20).Select(number => Trial(number, number / 20.0, "relu", number > 17 ? 5 : 1, 1))];
        Assert.Empty(SignalFlow.Find(Synthetic.Of(Space, two)));
        Trial[] all = [.. Enumerable.Range(0, 20).Select(number => Trial(number, number / 20.0, "relu", 5, 1))];
        Assert.Empty(SignalFlow.Find(Synthetic.Of(Space, all)));
    }

    private static Trial Trial(int number, double value, string activation, double gradient, double activationFactor, int epoch = 9)
    {
        double Power(double factor, int layer) => Math.Pow(factor, layer);
        var point = Space.At([0.5, activation == "relu" ? 0.25 : 0.75]);
        var signals = new SignalNorms(epoch, [.. Enumerable.Range(0, 5).Select(layer => Power(activationFactor, layer))],
            [.. Enumerable.Range(0, 5).Select(layer => gradient == 0 ? 0 : Power(gradient, layer))]);
        var trial = Synthetic.Done(number, point, value);
        return trial with
        {
            Jobs = [Outcome.Of(new Job(number, number, point, trial.Origin, 0, 30, null, 0), OutcomeState.Completed) with
            {
                Value = value,
                FirstSignals = signals,
            }],
        };
    }
}
