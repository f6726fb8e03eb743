using CsCheck;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Tests.Samplers;

public sealed class KumaraswamyWarpTests
{
    private static readonly Gen<(KumaraswamyWarp Warp, double X)> Places =
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-2, 2], Gen.Double[0.01, 0.99], (a, b, x) => (new KumaraswamyWarp(a, b), x));

    [Fact]
    public void At_IsMonotoneWithinTheInterval() => Places.Sample((warp, x) =>
        warp.At(x) is >= 0 and <= 1 && warp.At(x) <= warp.At(x + 0.01) && warp.At(0) <= warp.At(x) && warp.At(x) <= warp.At(1));

    [Fact]
    public void At_IsTheIdentityWithoutParameters() =>
        Gen.Double[0, 1].Sample(x => Math.Abs(new KumaraswamyWarp(0, 0).At(x) - x) < 2e-6);

    [Fact]
    public void WithSlopes_AgreesWithFiniteDifferences() => Places.Sample((warp, x) =>
    {
        const double By = 1e-6;
        var (value, byX, byLogA, byLogB) = warp.WithSlopes(x);
        AssertClose(warp.At(x), value);
        AssertClose((warp.At(x + By) - warp.At(x - By)) / (2 * By), byX);
        AssertClose((Moved(warp, By, 0).At(x) - Moved(warp, -By, 0).At(x)) / (2 * By), byLogA);
        AssertClose((Moved(warp, 0, By).At(x) - Moved(warp, 0, -By).At(x)) / (2 * By), byLogB);
    });

    private static KumaraswamyWarp Moved(KumaraswamyWarp warp, double byLogA, double byLogB) =>
        new(warp.LogA + byLogA, warp.LogB + byLogB);

    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * (1 + Math.Abs(expected)));
}
