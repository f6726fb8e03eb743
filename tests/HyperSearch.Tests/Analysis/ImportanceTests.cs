using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Analysis;

public sealed class ImportanceTests
{
    [Fact]
    public void Of_AnAdditiveFunctionIsWithinFiveHundredthsOfTheAnalyticShares()
    {
        // f = Σ aᵢ xᵢ over the unit cube has Vᵢ = aᵢ²/12.
        double[] weights = [Math.Sqrt(0.6), Math.Sqrt(0.3), Math.Sqrt(0.1), 0];
        var report = Importance.Of(Synthetic.Uniform(Cube(4), 600, u => u.Zip(weights, (x, a) => a * x).Sum()));
        foreach (var (name, share) in new[] { ("x0", 0.6), ("x1", 0.3), ("x2", 0.1), ("x3", 0.0) })
            Assert.InRange(report.Parameters.Single(entry => entry.Name == name).Share, share - 0.05, share + 0.05);
        Assert.Equal(6, report.Pairs.Length);
        Assert.All(report.Pairs, pair => Assert.InRange(pair.Share, 0, 0.05));
    }

    [Fact] // the diagnosis and two pictures of a campaign ask for it, and a forest takes its time
    public void Of_OneMomentIsEstimatedOnce()
    {
        var snapshot = Synthetic.Uniform(Cube(2), 30, u => u[0]);
        Assert.Same(Importance.Of(snapshot), Importance.Of(snapshot));
        Assert.NotSame(Importance.Of(snapshot), Importance.Of(snapshot with { Name = "later" }));
        Assert.NotSame(Importance.Of(snapshot), Importance.Of(snapshot, seed: 1));
    }

    [Fact] // f = 2x₀ + 2x₁² + ½ sin 2πx₂ has V = 4/12, 4·4/45 and ¼/2
    public void Of_ACurvedAdditiveFunctionAtAThousandTrialsIsWithinFiveHundredths()
    {
        double[] parts = [4.0 / 12, 4.0 * 4 / 45, 0.25 / 2, 0];
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var report = Importance.Of(Synthetic.Uniform(Cube(4), 1000, u => 2 * u[0] + 2 * u[1] * u[1]
                + 0.5 * Math.Sin(2 * Math.PI * u[2]), seed));
            for (var d = 0; d < parts.Length; d++)
                Assert.InRange(report.Parameters.Single(entry => entry.Name == "x" + (char)('0' + d)).Share - parts[d] / parts.Sum(), -0.05,
                    0.05);
        }
    }

    [Fact]
    public void Of_AnInteractionIsWithinFiveHundredthsOfTheAnalyticShares()
    {
        // x + y + √12·(x − ½)(y − ½): V = 1/12 each for x, y and their interaction.
        var report = Importance.Of(Synthetic.Uniform(Cube(3), 1000, u => u[0] + u[1] + Math.Sqrt(12) * (u[0] - 0.5) * (u[1] - 0.5)));
        Assert.InRange(report.Parameters.Single(entry => entry.Name == "x0").Share, 1 / 3.0 - 0.05, 1 / 3.0 + 0.05);
        Assert.InRange(report.Parameters.Single(entry => entry.Name == "x1").Share, 1 / 3.0 - 0.05, 1 / 3.0 + 0.05);
        Assert.InRange(report.Pairs.Single(pair => pair is { First: "x0", Second: "x1" }).Share, 1 / 3.0 - 0.05, 1 / 3.0 + 0.05);
    }

    [Fact]
    public void Of_CategoriesAndLogScalesCountOnTheirOwnScale()
    {
        var space = new Space([new Parameter("rate", new LogScale(1e-6, 1)), new Parameter("kind", new ChoiceScale("a", "b")),
            new Parameter("dead", new UniformScale(0, 1))]);
        // rate: variance of u = 1/12; kind: (1/√12)² split evenly = 1/12 when its step is 2/√12.
        var report = Importance.Of(Synthetic.Uniform(space, 500, u => u[0] + (u[1] > 0.5 ? 2 / Math.Sqrt(12) : 0)));
        Assert.InRange(report.Parameters.Single(entry => entry.Name == "rate").Share, 0.45, 0.55);
        Assert.InRange(report.Parameters.Single(entry => entry.Name == "kind").Share, 0.45, 0.55);
        Assert.InRange(report.Parameters.Single(entry => entry.Name == "dead").GoodShare, 0, 0.05);
    }

    [Fact]
    public void Of_WhatMattersAtTheTopDiffersFromWhatMattersOverall()
    {
        // x0 ruins everything above 0.3 and is flat below; x1 decides among the rest.
        var report = Importance.Of(Synthetic.Uniform(Cube(3), 1000, u => (u[0] > 0.5 ? 100 : 0) + Math.Abs(u[1] - 0.7)));
        Assert.Equal("x0", report.Parameters[0].Name);
        Assert.Equal("x1", report.Parameters.MaxBy(entry => entry.TopShare)!.Name);
        Assert.InRange(report.Parameters.Single(entry => entry.Name == "x1").TopShare, 0.8, 1);
    }

    [Fact]
    public void Of_IsTheSameEveryTimeAndItsErrorsShrinkWithTrials()
    {
        static double F(ImmutableArray<double> u) => u[0] + 0.8 * u[1] + 0.6 * u[2];
        var few = Synthetic.Uniform(Cube(3), 25, F);
        var many = Synthetic.Uniform(Cube(3), 400, F);
        Assert.Equal(Importance.Of(few).Parameters, Importance.Of(few).Parameters);
        Assert.True(Importance.Of(many).Parameters.Sum(entry => entry.ShareError) < Importance.Of(few).Parameters.Sum(entry =>
            entry.ShareError));
    }

    [Fact]
    public void Of_TooFewTrialsOrNothingSearchedSaysSo()
    {
        Assert.Contains("at least 16", Importance.Of(Synthetic.Digits(5)).TooFew, StringComparison.Ordinal);
        Assert.NotNull(Importance.Of(Synthetic.Uniform(new Space([]), 40, _ => 1)).TooFew);
    }

    [Fact]
    public void Of_AConstantFindsNothingImportant() =>
        Assert.All(Importance.Of(Synthetic.Uniform(Cube(2), 50, _ => 3)).Parameters, entry => Assert.Equal(0, entry.Share));

    private static Space Cube(int dimensions) =>
        new(Enumerable.Range(0, dimensions).Select(d => new Parameter("x" + (char)('0' + d), new UniformScale(0, 1))));
}
