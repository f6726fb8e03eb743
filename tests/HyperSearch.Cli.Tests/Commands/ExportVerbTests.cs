using System.Text.Json;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ExportVerbTests
{
    private static readonly CampaignSnapshot Campaign = Samples.Campaign(
        Samples.Trial(0, 0.1), Samples.Trial(1, null, OutcomeState.Failed) with { Reason = "two\nlines, \"quoted\"" }, Samples.Trial(2, 0.2, optimizer: "a, \"b\""));

    [Fact]
    public void Csv_KeepsEveryDigitAndQuotesWhatNeedsIt() => Assert.Equal(
        """"
        trial,state,value,epochs,seconds,origin,started,reason,params_learning_rate,params_hidden_units,params_optimizer,params_adam_epsilon,metrics_dev_error,metrics_train_error
        0,completed,0.1,3,0.125,hop,,,0.012345678901234567,64,adam,1e-7,0.1,0.05
        1,failed,,3,0.125,hop,,"two
        lines, ""quoted""",0.012345678901234567,64,adam,1e-7,,
        2,completed,0.2,3,0.125,hop,,,0.012345678901234567,64,"a, ""b""",,0.2,0.1

        """", Printed.By(terminal => ExportVerb.WriteTable(terminal.Out, Campaign)));

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
