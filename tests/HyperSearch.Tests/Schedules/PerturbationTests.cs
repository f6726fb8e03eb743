using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Schedules;

public sealed class PerturbationTests
{
    private static readonly Space All = new(
    [
        new Parameter("rate", new LogScale(1e-4, 1)), new Parameter("momentum", new OneMinusLogScale(0.9, 0.999)),
        new Parameter("units", new LogIntScale(16, 256)), new Parameter("batch", new PowerOfTwoScale(32, 512)),
        new Parameter("layers", new IntScale(1, 6)), new Parameter("keep", new UniformScale(0, 1)),
        new Parameter("optimizer", new ChoiceScale("sgd", "adam")),
        new Parameter("epsilon", new LogScale(1e-10, 1e-6)) { When = [new Condition("optimizer", ["adam"])] },
    ]);

    [Fact]
    public void Of_StepsByTheFactorOnEachParametersOwnScale()
    {
        var change = new Perturbation(1.2, Resample: 0);
        var original = All.PositionOf(Original("adam"));
        for (var trial = 0; trial < 100; trial++)
        {
            var point = All.At(change.Of(All, original, RandomStream.For(1, (ulong)trial, "copy")).Position.AsSpan());
            Near(point["rate"].Number, 0.012, 0.01 / 1.2);
            Near(1 - point["momentum"].Number, 0.012, 0.01 / 1.2);
            Near(point["units"].Number, 77, 54);
            Near(point["batch"].Number, 64, 256);
            Near(point["layers"].Number, 2, 4);
            Near(point["keep"].Number, 0.6, 0.4);
            Assert.Equal("adam", point["optimizer"].ToString());
        }

        static void Near(double found, double up, double down) =>
            Assert.True(Math.Min(Math.Abs(found - up), Math.Abs(found - down)) < 1e-9, $"{found} is neither {up} nor {down}");
    }

    [Fact]
    public void Of_TurnsBackAtTheEndOfARange()
    {
        var space = new Space([new Parameter("rate", new LogScale(1e-4, 1)), new Parameter("layers", new IntScale(1, 3))]);
        var point = new Point([new("rate", 1.0), new("layers", 3.0)]);
        for (var trial = 0; trial < 20; trial++)
        {
            var copy = space.At(new Perturbation(1.2, 0).Of(space, space.PositionOf(point), RandomStream.For(1, (ulong)trial, "copy"))
                .Position.AsSpan());
            Assert.True(copy["rate"].Number < 1 && copy["layers"].Number == 2, copy.ToString());
        }
    }

    [Fact]
    public void Of_DrawsAParameterThatBeginsToPlayAPart()
    {
        var change = new Perturbation(1.2, Resample: 1);
        var drawn = new HashSet<double>();
        for (var trial = 0; trial < 40; trial++)
        {
            var (position, _) = change.Of(All, All.PositionOf(Original("sgd")), RandomStream.For(1, (ulong)trial, "copy"));
            if (All.At(position.AsSpan()) is var point && point.TryGetValue("epsilon", out var epsilon))
                drawn.Add(epsilon.Number);
        }

        Assert.True(drawn.Count > 10, $"{drawn.Count} values of epsilon");
    }

    [Fact]
    public void Of_KeepsWhatItIsToldTo()
    {
        var change = new Perturbation(1.2, 0.5) { Keep = ["units", "optimizer", "layers"] };
        for (var trial = 0; trial < 40; trial++)
        {
            var (position, drawn) = change.Of(All, All.PositionOf(Original("adam")), RandomStream.For(1, (ulong)trial, "copy"));
            var point = All.At(position.AsSpan());
            Assert.Equal((64.0, "adam", 3.0), (point["units"].Number, point["optimizer"].ToString(), point["layers"].Number));
            Assert.Empty(drawn.Intersect(change.Keep));
        }
    }

    [Fact]
    public void Of_SatisfiesTheConstraintsOrStays()
    {
        var space = new Space([new Parameter("a", new UniformScale(0, 1)), new Parameter("b", new UniformScale(0, 1))],
            [Constraint.Parse("a + b <= 1")]);
        ImmutableArray<double> edge = [0.5, 0.5];
        for (var trial = 0; trial < 40; trial++)
            Assert.True(space.Satisfies(new Perturbation(1.4, 0.25).Of(space, edge, RandomStream.For(1, (ulong)trial, "copy")).Position
                .AsSpan()));
    }

    private static Point Original(string optimizer)
    {
        KeyValuePair<string, ParameterValue>[] values =
        [
            new("rate", 0.01), new("momentum", 0.99), new("units", 64.0), new("batch", 128.0), new("layers", 3.0), new("keep", 0.5),
            new("optimizer", optimizer),
        ];
        return new Point(optimizer == "adam" ? values.Append(new("epsilon", 1e-8)) : values);
    }
}
