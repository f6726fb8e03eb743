using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests.Output;

public sealed class TextTableTests
{
    [Fact]
    public void Render_AlignsNumbersRightAndWordsLeft()
    {
        var table = new TextTable().Column("trial").Column("name", right: false).Row(["7", "ab"]).Row(["123456", "c"]);
        Assert.Equal([" trial  name", "     7  ab", "123456  c"], Lines(table, 80));
    }

    [Fact]
    public void Render_BreaksLongHeadersBeforeItLeavesColumnsOut()
    {
        var table = new TextTable().Column("learning_rate", keep: 1).Column("n").Row(["0.1", "5"]);
        Assert.Equal(["learning_", "     rate  n", "      0.1  5"], Lines(table, 12));
        Assert.Empty(table.LeftOut(12));
    }

    [Fact]
    public void Render_BreaksHeadersAtBlanksToo()
    {
        var table = new TextTable().Column("layer").Column("gradient, epoch 12").Row(["1", "0.0125"]);
        Assert.Equal(["layer  gradient, epoch 12", "    1              0.0125"], Lines(table, 80));
        Assert.Equal(["       gradient,", "layer   epoch 12", "    1     0.0125"], Lines(table, 20));
    }

    [Fact]
    public void Render_LeavesOutWhatIsLeastWantedAndSaysSo()
    {
        var table = new TextTable().Column("rank").Column("seconds", keep: 2).Column("origin", keep: 1).Row(["1", "0.5", "global"]);
        Assert.Equal(["rank  origin", "   1  global"], Lines(table, 14));
        Assert.Equal(["seconds"], table.LeftOut(14));
    }

    [Fact]
    public void Render_NeverPrintsControlCharacters() =>
        Assert.DoesNotContain(Lines(new TextTable().Column("a\u001b[31m").Row(["b\u0007\n"]), 80), line => line.Any(char.IsControl));

    [Fact(Timeout = 60_000)]
    public async Task Render_OfTwentyThousandColumnsIsNotQuadratic()
    {
        var table = new TextTable().Column("epoch");
        for (var i = 0; i < 20_000; i++)
            table.Column($"m{i}", keep: 1);
        table.Row(Enumerable.Repeat("1", 20_001));
        var (lines, hidden) = await Task.Run(() => (Lines(table, 20), table.LeftOut(20)), TestContext.Current.CancellationToken);
        Assert.Equal(["epoch  m0  m1  m2", "    1   1   1   1"], lines);
        Assert.Equal(19_997, hidden.Count);
    }

    private static List<string> Lines(TextTable table, int width) => [.. table.Render(width).Select(line => line.Text)];
}
