using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

/// <summary>What every scale promises. A new scale derives from this and names some examples.</summary>
public abstract class ScaleContract
{
    /// <summary>Positions, the ends and the cells' neighbourhoods included.</summary>
    private static readonly Gen<double> Position = Gen.OneOf(Gen.Double[0, 1], Gen.Const(0.0), Gen.Const(1.0), Gen.Int[0, 64]
        .Select(k => k / 64.0), Gen.Double[0, 1e-12]);

    protected abstract IEnumerable<Scale> Scales { get; }

    [Fact]
    public void At_NeverLeavesTheScale() =>
        Gen.Select(Example, Position).Sample((scale, u) => scale.Contains(scale.At(u)));

    [Fact]
    public void PositionOf_IsTheExactInverseOfAt() =>
        Gen.Select(Example, Position).Sample((scale, u) => scale.At(scale.PositionOf(scale.At(u))) == scale.At(u)
            && scale.PositionOf(scale.At(u)) is >= 0 and <= 1, iter: 5_000);

    [Fact]
    public void Settle_IsThePositionOfTheValue() =>
        Gen.Select(Example, Position).Sample((scale, u) => scale.Settle(u) == scale.PositionOf(scale.At(u)), iter: 5_000);

    [Fact]
    public void At_IsMonotone() =>
        Gen.Select(Example, Position, Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 1e-9])).Sample((scale, u, by) =>
            scale.IsCategorical || !scale.At(u).IsNumber || scale.At(u).Number <= scale.At(Math.Min(1, u + by)).Number);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void At_RefusesAPositionOutsideTheUnitInterval(double u) =>
        Assert.All(Scales, scale => Assert.StartsWith("A position lies in [0, 1].",
            Assert.Throws<ArgumentOutOfRangeException>(() => scale.At(u)).Message, StringComparison.Ordinal));

    [Fact]
    public void PositionOf_RefusesAStranger() =>
        Assert.All(Scales, scale => Assert.Contains("does not contain",
            Assert.Throws<ArgumentOutOfRangeException>(() => scale.PositionOf("stranger")).Message, StringComparison.Ordinal));

    /// <summary>Twenty bins of positions, or one bin a value, of 10,000 uniform draws; 99.9 % of honest scales pass.</summary>
    [Fact]
    public void At_OfUniformPositionsIsUniformInTheUnitInterval()
    {
        foreach (var scale in Scales)
        {
            var stream = RandomStream.For(7, 0, scale.Describe());
            if (scale.Count is { } count and <= 32 && EqualCells)
            {
                var values = Enumerable.Range(0, (int)count).Select(k => scale.At((k + 0.5) / count)).ToList();
                Assert.True(Uniformity.Passes(count == 1 ? 2 : (int)count, 10_000, () => count == 1 ? stream.NextInt(2)
                    : values.IndexOf(scale.At(stream.NextDouble()))), scale.Describe());
            }
            else
            {
                // A cell is spread out again before it is counted: its centre alone would leave bins empty.
                Assert.True(Uniformity.Passes(20, 10_000, () =>
                    Math.Min(19, (int)(20 * Spread(scale, scale.At(stream.NextDouble()), stream)))), scale.Describe());
            }
        }
    }

    [Fact]
    public void Scales_WithTheSameLawAreEqual() => Assert.Equal(Scales, Scales);

    [Fact]
    public void Widened_KeepsEveryValueAndReachesBeyondTheEnd() => Assert.All(Scales, scale =>
    {
        Assert.All(Wider(scale, high: false), wider =>
            Assert.True(wider.At(0).Number < scale.At(0).Number && wider.At(1) == scale.At(1), wider.Describe()));
        Assert.All(Wider(scale, high: true), wider =>
            Assert.True(wider.At(1).Number > scale.At(1).Number && wider.At(0) == scale.At(0), wider.Describe()));
        Assert.All([.. Wider(scale, high: false), .. Wider(scale, high: true)], wider =>
            Assert.All(Enumerable.Range(0, 41), k => Assert.True(wider.Contains(scale.At(k / 40.0)),
                $"{wider.Describe()} does not contain {scale.At(k / 40.0)} of {scale.Describe()}")));
    });

    [Fact]
    public void Written_IsReadBackByTheReaderOfSearchFiles() => Assert.All(
        Scales.SelectMany(scale => new[] { scale }.Concat(Wider(scale, high: false)).Concat(Wider(scale, high: true)))
            .Where(scale => scale.Written is not null),
        scale => Assert.Equal(scale, AdvisedLines.Read(SpaceText.Line(new Parameter("x", scale))!).Single().Scale));

    [Fact]
    public void Ticks_AscendAndLieOnTheScale() => Assert.All(Scales.Where(scale => scale.IsOrdered && scale.Count != 1), scale =>
    {
        foreach (var ticks in Enumerable.Range(3, 12).Select(scale.Ticks))
        {
            var (low, high) = (scale.At(0).Number, scale.At(1).Number);
            var slack = 1e-6 * (high - low);
            Assert.All(ticks.Major.Select(tick => tick.Value)
                .Concat(ticks.Minor), value => Assert.InRange(value, low - slack, high + slack));
            Assert.NotEmpty(ticks.Major);
            Assert.DoesNotContain(ticks.Major, tick => tick.Text.Length == 0);
        }
    });

    /// <summary>Whether a discrete scale gives each value the same share.</summary>
    protected virtual bool EqualCells => true;

    private static IEnumerable<Scale> Wider(Scale scale, bool high) => scale.Widened(high) is { } wider ? [wider] : [];

    private Gen<Scale> Example => Gen.Int[0, Scales.Count() - 1].Select(i => Scales.ElementAt(i));

    private static double Spread(Scale scale, ParameterValue value, RandomStream stream)
    {
        var centre = scale.PositionOf(value);
        if (scale.Count is null)
            return centre;
        double low = Edge(0), high = Edge(1);
        return low + (high - low) * stream.NextDouble();

        double Edge(double towards)
        {
            var (inside, outside) = (centre, towards);
            if (scale.At(outside) == value)
                return outside;
            for (var i = 0; i < 40; i++)
            {
                var middle = (inside + outside) / 2;
                if (scale.At(middle) == value)
                    inside = middle;
                else
                    outside = middle;
            }

            return inside;
        }
    }
}
