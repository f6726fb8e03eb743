using HyperSearch.Analysis;

namespace HyperSearch.Tests.Analysis;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(128, "128")]
    [InlineData(-3, "-3")]
    [InlineData(0.0138888, "0.0139")]
    [InlineData(1.23456, "1.23")]
    [InlineData(12345.678, "12346")]
    [InlineData(0.00001234, "1.23e-5")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(1.5e9, "1.5e9")]
    [InlineData(0.99871, "0.9987")]
    [InlineData(0.9, "0.9")]
    [InlineData(double.NaN, "nan")]
    public void Brief_KeepsTheDigitsThatAPersonUses(double value, string expected) => Assert.Equal(expected, Figures.Brief(value));

    [Fact]
    public void Column_GivesAllTheSameDecimals() => Assert.Equal(["0.0139", "0.2000", ""], Figures.Column([0.013888, 0.2, null]));

    [Theory]
    [InlineData(0.0123, "12.3 ms")]
    [InlineData(0.412, "0.41 s")]
    [InlineData(12.3, "12 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(5400, "1 h 30 min")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(100000, "1 d 3 h")]
    public void Duration_ChoosesItsUnits(double seconds, string expected) => Assert.Equal(expected, Figures.Duration(seconds));
}
