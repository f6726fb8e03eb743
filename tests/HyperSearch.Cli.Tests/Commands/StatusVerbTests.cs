using System.Collections.Immutable;
using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Schedules;

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
        Assert.Equal(
            [
                "campaign", "state", "paused", "trials", "best", "schedule_choice", "slots", "busy_share", "elapsed_seconds", "set",
                "interventions", "tags", "note", "sizes",
            ],
            status.EnumerateObject().Select(field => field.Name));
        Assert.Equal("running", status.GetProperty("state").GetString());
        Assert.Equal(
            [("planned", 10), ("completed", 2), ("stopped", 1), ("diverged", 1), ("failed", 2), ("running", 2)],
            status.GetProperty("trials").EnumerateObject().Select(field => (field.Name, field.Value.GetInt32())));
        Assert.Equal(["trial", "value", "params"], status.GetProperty("best").EnumerateObject().Select(field => field.Name));
        Assert.Equal(2, status.GetProperty("best").GetProperty("trial").GetInt32());
    }

    [Fact]
    public void Status_TellsHowBusyTheWorkersAre()
    {
        Assert.DoesNotContain(
            "busy", Printed.By(terminal => StatusVerb.Write(terminal, Campaign, asJson: false)), StringComparison.Ordinal);
        var busy = Campaign with { Busy = new BusyShare(16, 0.296) };
        Assert.Contains("workers   16, busy 30 % of the time; plot --kind workers shows when\n",
            Printed.By(terminal => StatusVerb.Write(terminal, busy, asJson: false)), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, busy, asJson: true)));
        Assert.Equal(0.296, document.RootElement.GetProperty("busy_share").GetDouble());
    }

    [Fact]
    public void Status_TellsHowBusyEachWorkerIs()
    {
        var two = Campaign with { Busy = new BusyShare(2, 0.43) { Each = [0.45, 0.41] } };
        Assert.Contains("workers   2, busy 43 % of the time (45 %, 41 %); plot --kind workers shows when\n",
            Printed.By(terminal => StatusVerb.Write(terminal, two, asJson: false)), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, two, asJson: true)));
        Assert.Equal([0.45, 0.41], document.RootElement.GetProperty("busy_shares").EnumerateArray().Select(share => share.GetDouble()));
        var many = Campaign with { Busy = new BusyShare(9, 0.3) { Each = [.. Enumerable.Range(20, 9).Select(share => share / 100.0)] } };
        Assert.Contains("busy 30 % of the time (each 20 % to 28 %);",
            Printed.By(terminal => StatusVerb.Write(terminal, many, asJson: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Status_TellsTheScheduleThatAutoChose()
    {
        Assert.DoesNotContain("schedule", Printed.By(terminal => StatusVerb.Write(terminal, Campaign, asJson: false)),
            StringComparison.Ordinal);
        var auto = Campaign with
        {
            Search = Campaign.Search with { Schedule = new AutoSchedule(), Objective = new DelegateDefinition { Epochs = 27 } },
        };
        const string choice = "auto chose freeze_thaw: one metric tells after 3 or 9 of 27 epochs which trials are worth going on with";
        Assert.Contains($"schedule  {choice}\n", Printed.By(terminal => StatusVerb.Write(terminal, auto, asJson: false)),
            StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, auto, asJson: true)));
        Assert.Equal(choice, document.RootElement.GetProperty("schedule_choice").GetString());
    }

    [Fact]
    public void Status_TellsThePaceWithoutTheTimeThatItWasHeld()
    {
        Assert.Contains("time      20 s so far\n", Told(Campaign with { ElapsedSeconds = 20 }), StringComparison.Ordinal);
        var known = Campaign with { ElapsedSeconds = 20, Pace = new Pace(30, TimeSpan.FromSeconds(8)) };
        Assert.Contains("time      20 s so far, 30 trials a minute, about 8 s left\n", Told(known), StringComparison.Ordinal);
        Assert.Contains("about 8 s left once it goes on\n", Told(known with { IsPaused = true }), StringComparison.Ordinal);
        Assert.Contains("time      20 s, 30 trials a minute\n", Told(known with { State = CampaignState.Finished }),
            StringComparison.Ordinal);

        static string Told(CampaignSnapshot campaign) => Printed.By(terminal => StatusVerb.Write(terminal, campaign, asJson: false));
    }

    /// <summary>What stands in the code of a program no command can go on with.</summary>
    [Fact]
    public void Status_SendsToTheProgramThatHasTheCode()
    {
        var interrupted = Campaign with
        {
            State = CampaignState.Interrupted,
            Search = Campaign.Search with { Objective = new DelegateDefinition() },
        };
        Assert.Contains("state     interrupted; the program that has its code goes on with it\n",
            Printed.By(terminal => StatusVerb.Write(terminal, interrupted, asJson: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_BestIsNullBeforeATrialHasAValue()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, Samples.Campaign(), asJson: true)));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("best").ValueKind);
    }

    [Fact]
    public void Status_TellsTheNotesOfPeopleAsText()
    {
        var folder = Directory.CreateTempSubdirectory("hypersearch-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "notes.json"),
                """{"tags": ["paper", "[red]x[/]"], "note": "wide\n\u001b[31mred"}""");
            var noted = Campaign with { Folder = folder.FullName };
            var text = Printed.By(terminal => StatusVerb.Write(terminal, noted, asJson: false));
            Assert.Contains("tags      paper, [red]x[/]\nnote      wide\n          \ufffd[31mred\n", text, StringComparison.Ordinal);
            using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, noted, asJson: true)));
            Assert.Equal("wide\n\e[31mred", document.RootElement.GetProperty("note").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Status_TellsTheJobsInHandAndWhoHasThem()
    {
        ImmutableArray<LiveJob> jobs =
        [
            new(9, 7, 3, 30, 4, 0.02134) { Place = "gpu/7" }, new(10, 8, 0, 30, 0) { Place = "host" }, new(11, 9, 0, 30, null),
        ];
        var busy = Campaign with { Participants = [new Participant("host", 4), new Participant("gpu/7", 2)] };
        var text = Printed.By(terminal => StatusVerb.Write(terminal, busy, asJson: false, jobs));
        Assert.Contains("workers   host with 4 workers; gpu/7 with 2 workers\n", text, StringComparison.Ordinal);
        Assert.EndsWith("running   host 0: trial 8, epoch 0/30\n          gpu/7 4: trial 7, epoch 3/30, 0.0213\n", text,
            StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Printed.By(terminal => StatusVerb.Write(terminal, busy, asJson: true, jobs)));
        var job = document.RootElement.GetProperty("jobs")[0];
        Assert.Equal(("gpu/7", 4, 3, 0.02134), (job.GetProperty("process").GetString(), job.GetProperty("worker").GetInt32(),
            job.GetProperty("epoch").GetInt32(), job.GetProperty("value").GetDouble()));
        Assert.Equal("host", document.RootElement.GetProperty("participants")[0].GetProperty("name").GetString());
        var own = Printed.By(terminal => StatusVerb.Write(terminal, Campaign, asJson: false, [new LiveJob(9, 7, 3, 30, 1, 0.5)]));
        Assert.EndsWith("running   1: trial 7, epoch 3/30, 0.5\n", own, StringComparison.Ordinal);
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
        var known = Campaign with { Pace = new Pace(144, TimeSpan.FromSeconds(1.67)) };
        var text = Printed.By(terminal => StatusVerb.Write(terminal, known, asJson: false));
        Assert.Contains("6 of 10: 2 completed, 1 stopped early, 1 diverged, 2 failed, 2 running", text, StringComparison.Ordinal);
        Assert.Contains("144 trials a minute, about 1.67 s left", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfAnInterruptedCampaignNamesResume()
    {
        var interrupted = Campaign with
        {
            State = CampaignState.Interrupted,
            Search = Campaign.Search with { Objective = new CommandDefinition(["true"], ".") },
        };
        Assert.Contains("resume sample", Printed.By(terminal => StatusVerb.Write(terminal, interrupted, asJson: false)),
            StringComparison.Ordinal);
    }
}
