using HyperSearch.Analysis;
using HyperSearch.Plots;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

/// <summary>Equal scores are equal: no figure and no advice follows from the order in which equals happen to stand.</summary>
public sealed class TiesTests
{
    private static readonly Space Space = new(
        [new Parameter("x", new UniformScale(0, 1)), new Parameter("irrelevant", new UniformScale(0, 1)),
            new Parameter("other", new UniformScale(0, 1))]);

    [Fact]
    public void Importance_OfAConstantHasNoFigures()
    {
        var report = Importance.Of(Synthetic.Uniform(Space, 24, _ => 1));
        Assert.Empty(report.Parameters);
        Assert.Equal("All 24 trials have the same value, so no hyperparameter made a difference that could be measured.", report.TooFew);
        Assert.Equal(report.TooFew, PlotKinds.Find("importance").Draw(Synthetic.Uniform(Space, 24, _ => 1)).Message);
    }

    [Fact]
    public void Importance_WhereMostTrialsShareTheBestValueSaysSoInsteadOfFigures()
    {
        var campaign = Synthetic.Uniform(Space, 60, u => u[0] < 0.8 ? 0 : 1);
        var tied = campaign.Trials.Count(trial => trial.Value == 0);
        var report = Importance.Of(campaign);
        Assert.False(report.TellsTheBest);
        Assert.Equal($"{tied} of 60 trials share the best value, so nothing tells the best trials from good ones.", report.TieSentence);
        Assert.All(report.Parameters, entry => Assert.Equal((0.0, 0.0), (entry.GoodShare, entry.TopShare)));
        Assert.Equal("x", report.Parameters[0].Name); // over the whole space the difference is real
    }

    [Fact]
    public void Importance_DoesNotDependOnTheOrderOfEqualTrials()
    {
        // A third of the trials share the best value; the first by number lie low in what is irrelevant.
        var campaign = Synthetic.Uniform(Space, 90, u => u[0] < 0.33 ? 0 : u[0]);
        var tied = campaign.Trials.Where(trial => trial.Value == 0).OrderBy(trial => trial.Point["irrelevant"].Number).ToArray();
        var rest = campaign.Trials.Where(trial => trial.Value != 0).ToArray();
        var sorted = campaign with { Trials = [.. tied.Concat(rest).Select((trial, number) => trial with { Number = number })] };
        var share = Importance.Of(sorted).Parameters.Single(entry => entry.Name == "irrelevant").GoodShare;
        Assert.InRange(share, 0, 0.25);
    }

    [Fact]
    public void Edges_AreNotFoundAmongTrialsThatShareTheBestValue()
    {
        // The six trials with the lowest numbers lie at the upper end of x, fifteen others with the same value in its middle.
        var trials = Enumerable.Range(0, 60).Select(number => Synthetic.Done(
            number, Space.At([number < 6 ? 0.97 : number < 21 ? 0.5 : 0.2, number / 60.0, 0.5]), number < 21 ? 0.1 : 0.2));
        Assert.Empty(Edges.Find(Synthetic.Of(Space, trials)));
    }

    [Fact]
    public void Uncertainty_SaysHowManyTrialsShareTheBestValue()
    {
        var trials = Enumerable.Range(0, 20)
            .Select(number => Synthetic.Done(number, Space.At([number / 20.0, 0.5, 0.5]), number < 7 ? 0.1 : 0.2));
        Assert.Contains(Uncertainty.Sentences(Synthetic.Of(Space, trials)), sentence =>
            sentence.StartsWith("7 trials share the best value.", StringComparison.Ordinal));
    }

    [Fact]
    public void Uncertainty_OfAConstantSaysOnlyThat() => Assert.Equal(
        ["All 20 trials have the same value, so none of them is better than another."],
        Uncertainty.Sentences(Synthetic.Of(Space,
            Enumerable.Range(0, 20).Select(number => Synthetic.Done(number, Space.At([number / 20.0, 0.5, 0.5]), 0.1)))));
}
