using System.Globalization;
using CsCheck;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(1e-7, "1e-7")]
    [InlineData(0.1, "0.1")]
    [InlineData(64, "64")]
    [InlineData(-3, "-3")]
    [InlineData(-0.0, "0")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(9007199254740992, "9007199254740992")]
    [InlineData(1e300, "1e300")]
    [InlineData(1.5e-10, "1.5e-10")]
    public void Of_IsWhatPeopleWrite(double number, string text) => Assert.Equal(text, NumberText.Of(number));

    [Fact]
    public void Of_ReadsBackExactly() =>
        Gen.Double.Where(double.IsFinite).Sample(number => double.Parse(NumberText.Of(number), CultureInfo.InvariantCulture) == number);

    [Fact]
    public void Of_IgnoresTheLocale()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("")
        {
            NumberFormat = new NumberFormatInfo
            {
                NumberDecimalSeparator = ",",
                NegativeSign = "~"
            }
        };
        try
        {
            Assert.Equal("-0.25", NumberText.Of(-0.25));
            Assert.Equal("-1e-7", NumberText.Of(-1e-7));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
