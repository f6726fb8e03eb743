using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

public sealed class UniformScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new UniformScale(0, 1), new UniformScale(-5, 10), new UniformScale(1e6, 1e6 + 1e-3),
        new UniformScale(0, 1e-300), new UniformScale(0, 1) { Step = 0.1 }];

    [Fact]
    public void Ends_AreReached() => Ends.Reached(Scales, (-5, 10));

    [Fact]
    public void Step_GivesDecimalMultiples()
    {
        var scale = new UniformScale(0, 1) { Step = 0.1 };
        Assert.Equal(11, scale.Count);
        Assert.Equal(0.3, scale.At(3.5 / 11).Number);
    }

    [Fact]
    public void Step_MustReachTheEnd() =>
        Assert.Contains("The nearest ends are 0.9 and 1.2.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new UniformScale(0, 1) { Step = 0.3 }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 1, "For a single value write the value itself")]
    [InlineData(2, 1, "Did you mean [1, 2]?")]
    [InlineData(double.NaN, 1, "finite")]
    [InlineData(0, double.PositiveInfinity, "finite")]
    [InlineData(-1e308, 1e308, "finite")]
    public void Constructor_RefusesAnEmptyOrEndlessRange(double low, double high, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentOutOfRangeException>(() => new UniformScale(low, high)).Message,
            StringComparison.Ordinal);
}

public sealed class LogScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new LogScale(1e-4, 1), new LogScale(1e-300, 1e300), new LogScale(1, 1.000001),
        new LogScale(0.01, 1e5), new LogScale(10, 1000) { Step = 10 }, new LogScale(1e-4, 1) { Factor = 10 }];

    protected override bool EqualCells => false;

    [Fact]
    public void Ends_AreReached() => Ends.Reached(Scales, (1e-4, 1));

    [Fact]
    public void At_GivesEveryDecadeTheSameShare() =>
        Assert.Equal([1e-4, 1e-3, 1e-2, 1e-1, 1],
            new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(u => Math.Round(new LogScale(1e-4, 1).At(u).Number, 12)));

    [Fact]
    public void Factor_GivesAGeometricGrid() =>
        Assert.Equal([0.01, 0.1, 1, 10, 100], Enumerable.Range(0, 5)
            .Select(k => Math.Round(new LogScale(0.01, 100) { Factor = 10 }.At((k + 0.5) / 5).Number, 12)));

    [Fact]
    public void Constructor_RefusesToReachZeroAndSuggestsUniform() =>
        Assert.Contains("log(0) is not finite. For values that can reach zero use uniform.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LogScale(0, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void StepAndFactor_ExcludeEachOther() =>
        Assert.Throws<ArgumentException>(() => new LogScale(10, 1000) { Step = 10, Factor = 10 });

    [Fact]
    public void Step_MustLeaveTheCellOfLowAboveZero() =>
        Assert.Contains("less than 2·low", Assert.Throws<ArgumentOutOfRangeException>(() => new LogScale(1, 1001) { Step = 10 }).Message,
            StringComparison.Ordinal);
}

public sealed class OneMinusLogScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new OneMinusLogScale(0.9, 0.999), new OneMinusLogScale(0, 1 - 1e-10)];

    [Fact]
    public void Ends_AreReached() => Ends.Reached(Scales, (0.9, 0.999));

    [Fact]
    public void At_HalfWayIsTheGeometricMeanOfTheDistancesToOne() =>
        Assert.Equal(0.99, new OneMinusLogScale(0.9, 0.999).At(0.5).Number, 1e-12);

    [Fact]
    public void Constructor_RefusesToReachOne() =>
        Assert.Contains("high < 1", Assert.Throws<ArgumentOutOfRangeException>(() => new OneMinusLogScale(0.9, 1)).Message,
            StringComparison.Ordinal);
}

public sealed class IntScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales =>
        [new IntScale(1, 3), new IntScale(-3, 12), new IntScale(0, 1L << 40), new IntScale(1, 9) { Step = 2 }];

    [Fact]
    public void Ends_AreReached() => Ends.Reached(Scales, (1, 3));

    [Fact]
    public void Step_MustReachTheEnd() => Assert.Throws<ArgumentOutOfRangeException>(() => new IntScale(1, 10) { Step = 2 });

    [Fact]
    public void Constructor_RefusesMoreValuesThanPositionsTellApart() =>
        Assert.Contains("2^45", Assert.Throws<ArgumentOutOfRangeException>(() => new IntScale(0, 1L << 50)).Message,
            StringComparison.Ordinal);
}

public sealed class LogIntScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new LogIntScale(16, 256), new LogIntScale(1, 1_000_000_000_000),
        new LogIntScale(32, 512) { Step = 32 }, new LogIntScale(3, 81) { Factor = 3 }];

    protected override bool EqualCells => false;

    [Fact]
    public void Ends_AreReached() => Ends.Reached(Scales, (16, 256));

    [Fact]
    public void At_GivesAValueTheShareOfItsCell()
    {
        var scale = new LogIntScale(1, 4);
        var edge = Math.Log(1.5 / 0.5) / Math.Log(4.5 / 0.5);
        Assert.Equal(1, scale.At(edge - 1e-9).Number);
        Assert.Equal(2, scale.At(edge + 1e-9).Number);
    }

    [Fact]
    public void Factor_GivesAGeometricGrid() => Assert.Equal(4, new LogIntScale(3, 81) { Factor = 3 }.Count);
}

public sealed class PowerOfTwoScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new PowerOfTwoScale(32, 512), new PowerOfTwoScale(1, 1L << 53)];

    [Fact]
    public void Ends_AreReached() => Ends.Reached(Scales, (32, 512));

    [Fact]
    public void Constructor_NamesTheNearestPowers() =>
        Assert.Contains("the nearest are 64 and 128",
            Assert.Throws<ArgumentOutOfRangeException>(() => new PowerOfTwoScale(100, 512)).Message, StringComparison.Ordinal);
}

public sealed class ChoiceScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales =>
        [new ChoiceScale("adam", "rmsprop", "momentum"), new ChoiceScale(true, false), new ChoiceScale(1.0, "auto")];

    [Fact]
    public void Constructor_RefusesAValueTwice() => Assert.Throws<ArgumentException>(() => new ChoiceScale("a", "b", "a"));

    [Fact]
    public void Constructor_RefusesNoValues() => Assert.Throws<ArgumentException>(() => new ChoiceScale());
}

public sealed class FixedScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new FixedScale("relu"), new FixedScale(3)];
}

internal static class Ends
{
    public static void Reached(IEnumerable<Scale> scales, (double Low, double High) one)
    {
        Assert.Contains(scales, scale => scale.At(0) == one.Low && scale.At(1) == one.High);
        Assert.All(scales, scale =>
            Assert.Equal((0.0, 1.0), scale.Count is null ? (scale.PositionOf(scale.At(0)), scale.PositionOf(scale.At(1))) : (0, 1)));
        foreach (var scale in scales.Where(scale => scale.Count is <= 10_000))
            Assert.Equal(scale.Count, Enumerable.Range(0, 200_001).Select(k => scale.At(k / 200_000.0)).Distinct().LongCount());
    }
}
