using System.Text;
using CsCheck;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Tests.Objectives;

public class AnswerReaderTests
{
    private static Answer? Read(string line) => AnswerReader.Read(Encoding.UTF8.GetBytes(line));

    [Fact]
    public void Read_TakesNumbersAndLeavesTheRest()
    {
        var answer = Read(
            """  {"epoch": 3, "dev_error": 0.12, "note": "fine", "list": [1, {"a": 2}], "flag": true, "lr": 1e-4, "trial": 7}""");
        Assert.Equal(3, answer!.Epoch);
        Assert.Equal(7, answer.Trial);
        Assert.Equal(["dev_error", "lr"], answer.Metrics.Keys.Order());
        Assert.Equal(1e-4, answer.Metrics["lr"]);
    }

    [Theory]
    [InlineData("NaN", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("null", double.NaN)]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("\"NaN\"", double.NaN)]
    public void Read_KnowsWhatIsNoNumber(string token, double expected)
    {
        var answer = Read($$"""{"note": "NaN \" Infinity", "a": {{token}}, "b": 1}""");
        Assert.Equal(expected, answer!.Metrics["a"]);
        Assert.Equal(1, answer.Metrics["b"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("epoch 3")]
    [InlineData("[1, 2]")]
    [InlineData("{'epoch': 1}")]
    [InlineData("{\"a\": 1} and more")]
    [InlineData("{\"a\": 1} {}")]
    [InlineData("{\"a\": }")]
    [InlineData("{\"a\": NaNa}")]
    [InlineData("{\"a\": 1")]
    public void Read_TakesOnlyOneJsonObject(string line) => Assert.Null(Read(line));

    [Fact]
    public void Read_SurvivesAnyBytes() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        byte[] line = [(byte)'{', .. bytes, (byte)'}'];
        _ = AnswerReader.Read(line);
        byte[] text = [.. "{\"a"u8, .. bytes, .. "\": NaN}"u8];
        _ = AnswerReader.Read(text);
        return true;
    });

    [Theory]
    [InlineData("""{"done": true}""", true, null, false)]
    [InlineData("""{"error": "no GPU", "retry": true}""", false, "no GPU", true)]
    [InlineData("""{"error": true}""", false, "an error, without a word about it", false)]
    [InlineData("""{"trial": 3, "error": null}""", false, "an error, without a word about it", false)]
    [InlineData("""{"error": {"kind": "oom"}}""", false, "{\"kind\": \"oom\"}", false)]
    public void Read_KnowsAWorkersEnd(string line, bool done, string? error, bool retry)
    {
        var answer = Read(line)!;
        Assert.Equal((done, error, retry), (answer.Done, answer.Error, answer.Retry));
        Assert.False(answer.IsMeasurement);
    }

    [Fact]
    public void Read_TakesAMeasurementWhoseErrorIsNull() => Assert.Null(Read("""{"loss": 0.5, "error": null}""")!.Error);

    [Theory]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("0.5")]
    [InlineData("\"3\"")]
    public void Read_RefusesAnEpochThatIsNoWholeNumber(string epoch) =>
        Assert.False(Read($$"""{"epoch": {{epoch}}, "loss": 0.5}""")!.IsMeasurement);

    [Fact]
    public void Read_TakesAMetricThatIsCalledError() => Assert.Equal(0.5, Read("""{"error": 0.5}""")!.Metrics["error"]);
}
