using System.Globalization;
using System.Text;
using CsCheck;
using HyperSearch.Objectives.Commands;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

public class ParameterTextTests
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
    public void Of_IsWhatPeopleWrite(double number, string text) => Assert.Equal(text, ParameterText.Of(number));

    [Fact]
    public void Of_ReadsBackExactly() =>
        Gen.Double.Where(double.IsFinite).Sample(number => double.Parse(ParameterText.Of(number), CultureInfo.InvariantCulture) == number);

    [Fact]
    public void Of_IgnoresTheLocale()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" } };
        try
        {
            Assert.Equal("-0.25", ParameterText.Of(-0.25));
            Assert.Equal("-1e-7", ParameterText.Of(-1e-7));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Json_KeepsTypes() => Assert.Equal(
        """{"lr":1e-7,"units":64,"bn":true,"optimizer":"a\"d\nam — ä"}""",
        ParameterText.Json(new Point([new("lr", 1e-7), new("units", 64), new("bn", true), new("optimizer", "a\"d\nam — ä")])));

    [Fact]
    public void Request_IsOneLine() => Assert.Equal(
        "{\"trial\":7,\"params\":{\"word\":\"a\\nb\"},\"epochs\":9,\"checkpoint_dir\":\"/c\",\"seed\":123}\n",
        Encoding.UTF8.GetString(ParameterText.Request(7, new Point([new("word", "a\nb")]), 9, "/c", 123)));
}
