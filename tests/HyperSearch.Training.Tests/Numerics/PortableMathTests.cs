using HyperSearch.Numerics;

namespace HyperSearch.Training.Tests.Numerics;

public sealed class PortableMathTests
{
    private static IEnumerable<double> Positions()
    {
        var stream = RandomStream.For(1, 0, "math");
        for (var i = 0; i < 20_000; i++)
            yield return stream.NextDouble();
    }

    [Fact]
    public void Log_AgreesWithTheSystem() =>
        Assert.All(Positions().Select(u => Math.Exp(1400 * u - 700)).Append(double.Epsilon).Append(1), x =>
        Assert.InRange(PortableMath.Log(x), Math.Log(x) - 4e-16 * Math.Abs(Math.Log(x)), Math.Log(x) + 4e-16 * Math.Abs(Math.Log(x))));

    [Fact]
    public void Exp_AgreesWithTheSystem() => Assert.All(Positions().Select(u => 1400 * u - 700), x =>
        Assert.InRange(PortableMath.Exp(x) / Math.Exp(x), 1 - 5e-16, 1 + 5e-16));

    [Fact]
    public void Cos_AgreesWithTheSystem() => Assert.All(Positions().Select(u => Math.PI * u), x =>
        Assert.InRange(PortableMath.Cos(x), Math.Cos(x) - 3e-16, Math.Cos(x) + 3e-16));

    [Fact]
    public void Pow_AgreesWithTheSystem()
    {
        Assert.All(Positions(), u => Assert.InRange(PortableMath.Pow(u, 100 * u) / Math.Pow(u, 100 * u), 1 - 4e-14, 1 + 4e-14));
        Assert.Equal(1024, PortableMath.Pow(2, 10));
        Assert.Equal(0.25, PortableMath.Pow(2, -2));
        Assert.Equal(1, PortableMath.Pow(0, 0));
    }

    [Fact]
    public void Ends_AreWhatTheLimitsSay()
    {
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.True(double.IsNaN(PortableMath.Log(-1)));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(710));
        Assert.Equal(0, PortableMath.Exp(-800));
        Assert.Equal(1, PortableMath.Exp(0));
    }
}
