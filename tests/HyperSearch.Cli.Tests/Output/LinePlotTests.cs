using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests.Output;

public sealed class LinePlotTests
{
    [Fact]
    public void Draw_FallsFromTheTopLeftToTheBottomRight()
    {
        var lines = LinePlot.Draw([1, 2, 3], [1, 0.5, 0], 10, 4);
        Assert.Equal(6, lines.Count);
        Assert.StartsWith("1 │", lines[0], StringComparison.Ordinal);
        Assert.NotEqual('\u2800', lines[0][3]);
        Assert.StartsWith("0 │\u2800", lines[3], StringComparison.Ordinal);
        Assert.Equal(13, lines[3].Length);
        Assert.EndsWith("3", lines[5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.5 })]
    [InlineData(new[] { 0.5, 0.5, 0.5 })]
    [InlineData(new[] { double.NaN, 0.5, double.PositiveInfinity })]
    public void Draw_CopesWithOneValueConstantsAndGaps(double[] values) =>
        Assert.NotEmpty(LinePlot.Draw([.. Enumerable.Range(1, values.Length)], values, 20, 3));

    [Fact]
    public void Draw_OfNothingIsNothing() => Assert.Empty(LinePlot.Draw([1], [double.NaN], 20, 3));
}
