using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class StatusVerbTests
{
    private static readonly CampaignSnapshot Campaign = Samples.Campaign(
        Samples.Trial(0, 0.5), Samples.Trial(1, null, OutcomeState.Diverged), Samples.Trial(2, 0.25),
        Samples.Trial(3, 0.4, OutcomeState.Stopped),
        Samples.Trial(4, null, OutcomeState.TimedOut), Samples.Trial(5, null, OutcomeState.Failed)) with
    { State = CampaignState.Running, Running = 2 };

    [Fact]
    public void Json_HasTheFieldsOfTheContract()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, Campaign, asJson: true)));
        var status = document.RootElement;
        Assert.Equal(["campaign", "state", "trials", "best", "slots", "elapsed_seconds", "set", "interventions", "sizes"],
            status.EnumerateObject().Select(field => field.Name));
        Assert.Equal("running", status.GetProperty("state").GetString());
        Assert.Equal(
            [("planned", 10), ("completed", 2), ("stopped", 1), ("diverged", 1), ("failed", 2), ("running", 2)],
            status.GetProperty("trials").EnumerateObject().Select(field => (field.Name, field.Value.GetInt32())));
        Assert.Equal(["trial", "value", "params"], status.GetProperty("best").EnumerateObject().Select(field => field.Name));
        Assert.Equal(2, status.GetProperty("best").GetProperty("trial").GetInt32());
    }

    [Fact]
    public void Json_BestIsNullBeforeATrialHasAValue()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, Samples.Campaign(), asJson: true)));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("best").ValueKind);
    }

    [Fact]
    public void Text_SaysSlotsThatFollowedTheWorkers()
    {
        var grown = Campaign with
        {
            Search = Campaign.Search with { AutoSlots = true, Slots = 8 },
            SlotChanges = [new SlotChange(8, 12), new SlotChange(17, 24)],
        };
        var text = Printed.By(terminal => StatusVerb.Write(terminal, grown, asJson: false));
        Assert.Contains("slots     8, 12 from job 8 on, 24 from job 17 on\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("slots", Printed.By(terminal => StatusVerb.Write(terminal, Campaign, asJson: false)),
            StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, grown, asJson: true)));
        Assert.Equal(24, document.RootElement.GetProperty("slots").GetInt32());
    }

    [Fact]
    public void Text_SaysRateAndTimeLeft()
    {
        var text = Printed.By(terminal => StatusVerb.Write(terminal, Campaign, asJson: false));
        Assert.Contains("6 of 10: 2 completed, 1 stopped early, 1 diverged, 2 failed, 2 running", text, StringComparison.Ordinal);
        Assert.Contains("144 trials a minute, about 1.67 s left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfAnInterruptedCampaignNamesResume() => Assert.Contains(
        "resume sample", Printed.By(terminal =>
            StatusVerb.Write(terminal, Campaign with { State = CampaignState.Interrupted }, asJson: false)), StringComparison.Ordinal);
}
