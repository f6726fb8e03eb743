using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ExportVerbTests
{
    private static readonly CampaignSnapshot Campaign = Samples.Campaign(
        Samples.Trial(0, 0.1), Samples.Trial(1, null, OutcomeState.Failed) with { Reason = "two\nlines, \"quoted\"" },
        Samples.Trial(2, 0.2, optimizer: "a, \"b\""));

    [Fact]
    public void Csv_KeepsEveryDigitAndQuotesWhatNeedsIt() => Assert.Equal(
        "trial,state,value,epochs,seconds,origin,started,reason,"
        + "params_learning_rate,params_hidden_units,params_optimizer,params_adam_epsilon,metrics_dev_error,metrics_train_error"
        + """"

        0,completed,0.1,3,0.125,hop,,,0.012345678901234567,64,adam,1e-7,0.1,0.05
        1,failed,,3,0.125,hop,,"two
        lines, ""quoted""",0.012345678901234567,64,adam,1e-7,,
        2,completed,0.2,3,0.125,hop,,,0.012345678901234567,64,"a, ""b""",,0.2,0.1

        """", Printed.By(terminal => ExportVerb.WriteTable(terminal.Out, Campaign, raw: false)));

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+1e-7", "+1e-7")]
    [InlineData("+", "+")]
    [InlineData("--", "--")]
    [InlineData("-low", "'-low")]
    [InlineData("a\u202eb\u001b[2J", "a\ufffdb\ufffd[2J")]
    public void Csv_GuardsCellsThatASpreadsheetWouldRun(string reason, string cell)
    {
        var campaign = Samples.Campaign(Samples.Trial(0, null, OutcomeState.Failed) with { Reason = reason });
        Assert.Contains($",hop,,{cell},", Printed.By(terminal => ExportVerb.WriteTable(terminal.Out, campaign, raw: false)),
            StringComparison.Ordinal);
        Assert.Contains($",hop,,{reason},", Printed.By(terminal => ExportVerb.WriteTable(terminal.Out, campaign, raw: true)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Jsonl_EscapesMarksThatTurnTheDirectionOfText()
    {
        var campaign = Samples.Campaign(Samples.Trial(0, null, OutcomeState.Failed) with { Reason = "a\u202eb\u009b2J" });
        var line = Printed.By(terminal => ExportVerb.WriteLines(terminal, campaign));
        Assert.Contains("a\\u202eb\\u009b2J", line, StringComparison.OrdinalIgnoreCase);
        using var document = JsonDocument.Parse(line);
        Assert.Equal("a\u202eb\u009b2J", document.RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public void Jsonl_IsOneObjectALine()
    {
        var lines = Printed.By(terminal => ExportVerb.WriteLines(terminal, Campaign)).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.All(lines, (line, i) =>
        {
            using var document = JsonDocument.Parse(line);
            Assert.Equal(i, document.RootElement.GetProperty("trial").GetInt32());
        });
    }
}
