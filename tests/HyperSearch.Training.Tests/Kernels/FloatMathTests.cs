using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Tests.Kernels;

public sealed unsafe class FloatMathTests
{
    private static IEnumerable<float> Spread(double low, double high) =>
        Enumerable.Range(0, 20_001).Select(i => (float)(low + (high - low) * i / 20_000));

    [Fact]
    public void Exp_IsWithinTwoUnitsInTheLastPlace() => Assert.All(Spread(-87, 88), x => Near(Math.Exp(x), Run(x, Lane4.Exp), 2));

    [Fact]
    public void Log_IsWithinTwoUnitsInTheLastPlace() =>
        Assert.All(Spread(-80, 80).Select(MathF.Exp).Concat(Spread(0.5, 2)), x => Near(Math.Log(x), Run(x, Lane4.Log), 2));

    [Fact]
    public void Tanh_IsWithinThreeUnitsInTheLastPlace() =>
        Assert.All(Spread(-10, 10).Concat(Spread(-0.01, 0.01)), x => Near(Math.Tanh(x), Run(x, Lane4.Tanh), 3));

    [Fact]
    public void Functions_KeepNaN()
    {
        Assert.True(float.IsNaN(Run(float.NaN, Lane4.Exp)));
        Assert.True(float.IsNaN(Run(float.NaN, Lane4.Log)));
        Assert.True(float.IsNaN(Run(float.NaN, Lane4.Tanh)));
    }

    [Fact]
    public void EveryLane_GivesTheSameBits() => Assert.All(Spread(-90, 90), x =>
    {
        Assert.Equal(Run(x, Lane4.Exp), Wide<Lane16>(x));
        Assert.Equal(Run(x, Lane4.Exp), Wide<Lane8>(x));
    });

    private static void Near(double expected, float actual, int units) =>
        Assert.InRange(actual - expected, -units * Unit(expected), units * Unit(expected));

    private static double Unit(double x) => Math.Max(MathF.BitIncrement(MathF.Abs((float)x)) - (double)MathF.Abs((float)x), 1e-12);

    private static float Run(float x, Func<Lane4, Lane4> function)
    {
        var pieces = stackalloc float[4];
        Lane4.Store(function(Lane4.Create(x)), pieces);
        return pieces[3];
    }

    private static float Wide<L>(float x)
        where L : struct, ILane<L, float>
    {
        var pieces = stackalloc float[16];
        L.Store(L.Exp(L.Create(x)), pieces);
        return pieces[L.Width - 1];
    }
}
