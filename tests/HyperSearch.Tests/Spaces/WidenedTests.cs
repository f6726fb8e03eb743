using CsCheck;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

public sealed class WidenedTests
{
    /// <summary>Ends that are awkward to write or to widen: far from 1, next to 1, next to each other, at the limits of whole
    /// numbers.</summary>
    private static readonly Gen<Scale> Awkward = Gen.OneOf(
        Gen.Select(Gen.Double[-300, 300], Gen.Double[1e-9, 300])
            .Select((exponent, decades) => Range(Math.Pow(10, exponent), Math.Pow(10, exponent + decades), (a, b) => new LogScale(a, b))),
        Gen.Select(Gen.Int[-12, 12], Gen.Int[2, 10], Gen.Int[1, 20]).Select((exponent, factor, steps) =>
            Range(Math.Pow(10, exponent), Math.Pow(10, exponent) * Math.Pow(factor, steps), (a, b) =>
                new LogScale(a, b) { Factor = factor })),
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 50])
            .Select((step, steps) => Range(step, step * (1.0 + steps), (a, b) => new LogScale(a, b) { Step = step })),
        Gen.Select(Gen.Double[0, 15.9], Gen.Double[1e-6, 5]).Select((digits, decades) =>
            Range(1 - Math.Pow(10, -digits), 1 - Math.Pow(10, -digits - decades), (a, b) => new OneMinusLogScale(a, b))),
        Gen.Select(Gen.Double[-1e300, 1e300], Gen.Double[1e-9, 1e300])
            .Select((low, width) => Range(low, low + width, (a, b) => new UniformScale(a, b))),
        Gen.Select(Gen.Double[0, 1], Gen.Double[1e-9, 1])
            .Select((low, width) => Range(low, Math.Min(1, low + width), (a, b) => new UniformScale(a, b))),
        Gen.Select(Gen.Int[-20, 20], Gen.Int[1, 40])
            .Select((first, steps) => Range(first / 10.0, (first + steps) / 10.0, (a, b) => new UniformScale(a, b) { Step = 0.1 })),
        Gen.Select(Gen.Long[-(1L << 53), 1L << 53], Gen.Long[1, 1L << 44])
            .Select((low, width) => Range(low, low + width, (a, b) => new IntScale((long)a, (long)b))),
        Gen.Select(Gen.Int[-5, 5], Gen.Int[1, 9], Gen.Int[1, 30])
            .Select((low, step, steps) => Range(low, low + step * steps, (a, b) => new IntScale((long)a, (long)b) { Step = step })),
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Long[1, 1_000_000_000_000])
            .Select((a, b) => Range(Math.Min(a, b), Math.Max(a, b), (low, high) => new LogIntScale((long)low, (long)high))),
        Gen.Select(Gen.Int[1, 60], Gen.Int[2, 9], Gen.Int[1, 9]).Select((low, factor, steps) =>
            Range(low, low * Math.Pow(factor, steps), (a, b) => new LogIntScale((long)a, (long)b) { Factor = factor })),
        Gen.Select(Gen.Int[1, 60], Gen.Int[2, 9], Gen.Int[1, 90]).Select((low, step, steps) =>
            Range(low + step, low + step + step * steps, (a, b) => new LogIntScale((long)a, (long)b) { Step = step })),
        Gen.Select(Gen.Int[0, 52], Gen.Int[1, 53]).Select((first, more) =>
            Range(1L << first, 1L << Math.Min(53, first + more), (a, b) => new PowerOfTwoScale((long)a, (long)b))));

    [Fact]
    public void Widened_AgainAndAgainStaysAScaleThatTheFileReads() => Gen.Select(Awkward, Gen.Bool).Sample((scale, high) =>
    {
        for (var times = 0; times < 6 && scale.Widened(high) is { } wider; times++)
        {
            Assert.True(high ? wider.At(1).Number > scale.At(1).Number
                : wider.At(0).Number < scale.At(0).Number, $"{wider.Describe()} is not wider than {scale.Describe()}");
            Assert.Equal(wider, AdvisedLines.Read(SpaceText.Line(new Parameter("x", wider))!).Single().Scale);
            scale = wider;
        }
    }, iter: 3_000);

    [Fact]
    public void Widened_KeepsTheLawOfItsScale()
    {
        Assert.Equal("power_of_two [32, 2048]", new PowerOfTwoScale(32, 512).Widened(true)!.Describe());
        Assert.Equal("power_of_two [1, 4]", new PowerOfTwoScale(2, 4).Widened(false)!.Describe());
        Assert.Equal("one_minus_log [0.9, 0.999999]", new OneMinusLogScale(0.9, 0.99999).Widened(true)!.Describe());
        Assert.Equal("one_minus_log [0.5, 0.99]", new OneMinusLogScale(0.9, 0.99).Widened(false)!.Describe());
        Assert.Equal("log_int [3, 729] factor 3", new LogIntScale(3, 81) { Factor = 3 }.Widened(true)!.Describe());
        Assert.Equal("log [1e-5, 1] factor 10", new LogScale(1e-3, 1) { Factor = 10 }.Widened(false)!.Describe());
        Assert.Equal("int [1, 13] step 2", new IntScale(1, 9) { Step = 2 }.Widened(true)!.Describe());
        Assert.Equal("uniform [0, 0.6] step 0.1", new UniformScale(0, 0.4) { Step = 0.1 }.Widened(true)!.Describe());
    }

    [Fact]
    public void Widened_IsNothingWhereNothingLiesBeyond()
    {
        Assert.Null(new UniformScale(0.5, 1).Widened(true)); // a share
        Assert.Null(new UniformScale(0, 10).Widened(false)); // no negative numbers where there were none
        Assert.Null(new IntScale(1, 3).Widened(false));
        Assert.Null(new PowerOfTwoScale(1, 8).Widened(false));
        Assert.Null(new OneMinusLogScale(0, 0.9).Widened(false));
        Assert.Null(new OneMinusLogScale(0.9, Math.BitDecrement(1)).Widened(true));
        Assert.Null(new LogIntScale(1, 1_000_000_000_000).Widened(true));
        Assert.Null(new LogScale(1, double.MaxValue).Widened(true));
        Assert.Null(new ChoiceScale("a", "b").Widened(true));
        Assert.Null(new FixedScale(3).Widened(true));
    }

    /// <summary>A scale of two ends that a generator made; where its law refuses them, one that is well known.</summary>
    private static Scale Range(double low, double high, Func<double, double, Scale> make)
    {
        try
        {
            return make(low, high);
        }
        catch (ArgumentException)
        {
            return new LogScale(1e-4, 1);
        }
    }
}
