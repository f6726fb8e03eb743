using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Cli.Tests.Output;

/// <summary>What a host says of the processes that work for it.</summary>
public sealed class CompanyTextTests
{
    private const string Cost = "Each decision then sees fewer outcomes.";
    private const string Rest = " from them; more trials take more.";

    [Fact]
    public void Work_NamesTheBusiestFirst() => Assert.Equal("61 jobs by gpu/7, 1 by host", CompanyText.Work(
        [new Participant("host", 2) { Jobs = 1 }, new Participant("gpu/7", 8) { Jobs = 61 }, new Participant("gpu/8", 8)]));

    [Fact]
    public void Present_TellsWhoLeftAndWhyInASentence() => Assert.Equal(
        "host with 1 worker; gpu/7 with 8 workers, which left: The command is not there",
        CompanyText.Present([new Participant("gpu/7", 8) { Left = "The command is not there. Send it." }, new Participant("host", 1)]));

    [Fact]
    public void Present_OfManyNamesEight() => Assert.EndsWith("; m/7 with 1 worker; and 12 more",
        CompanyText.Present([.. Enumerable.Range(0, 20).Select(number => new Participant($"m/{number}", 1))]), StringComparison.Ordinal);

    [Fact]
    public void Watch_TellsOfWorkersOnceTheirShareFalls()
    {
        var search = Samples.Campaign().Search with { Slots = 8, Trials = 100 };
        var expected = $"""
            digits: 100 trials, for the workers that join.
            Its 8 slots keep 2 workers busy and give work to 8 at most; in a new campaign, slots: auto takes more as workers join.
            gpu/1 joined with 2 workers; 2 now.
            gpu/2 joined with 4 workers; 6 now.
            8 slots keep 2 of 6 workers busy; in a new campaign, slots: 24 would feed all, or slots: auto. {Cost}
            gpu/3 joined with 2 workers; 8 now.
            gpu/4 joined with 4 workers; 12 now.
            8 slots give work to at most 8 of 12 workers; in a new campaign, slots: 48 would feed all, or slots: auto. {Cost}
            gpu/3 left: it was silent for 15 s; 10 workers now.
            gpu/5 joined with 2 workers; 12 now.

            """;
        Assert.Equal(expected, Told(search, own: 0, watch =>
        {
            Join(watch, search, 1, 2);
            Join(watch, search, 2, 4);
            Join(watch, search, 3, 2);
            Join(watch, search, 4, 4);
            watch.OnEvent(new WorkerLeft(DateTimeOffset.UnixEpoch, "3", 6, "it was silent for 15 s"), Progress(search));
            Join(watch, search, 5, 2);
        }));
    }

    [Fact]
    public void Watch_TellsOfSlotsThatFollowTheWorkers()
    {
        var search = Samples.Campaign().Search with { AutoSlots = true, Trials = 40 };
        var expected = $"""
            digits: 40 trials on 2 workers here, and on those that join.
            gpu/1 joined with 30 workers; 30 now.
            20 slots from job 8 on, for 30 workers.
            20 slots give work to at most 20 of 30 workers: half of the 40 trials, so that the other half learns{Rest}

            """;
        Assert.Equal(expected, Told(search, own: 2, watch =>
        {
            Join(watch, search, 1, 30);
            watch.OnEvent(new SlotsChanged(DateTimeOffset.UnixEpoch, 8, 20), Progress(search) with { Slots = 20 });
        }));
    }

    [Fact]
    public void Watch_TellsBeforehandThatThreadsLackSlots()
    {
        var search = Samples.Campaign().Search with { Slots = 8, Trials = 100 };
        Assert.Contains("8 slots give work to at most 8 of 16 workers; in a new campaign, slots: 64 would feed all",
            Told(search, own: null, _ => { }, wanted: 16), StringComparison.Ordinal);
        Assert.DoesNotContain("slots", Told(search, own: null, _ => { }, wanted: 4), StringComparison.Ordinal);
        Assert.Contains("1 slot gives work to at most 1 of 4 workers", Told(search with { Slots = 1 }, own: null, _ => { }, wanted: 4),
            StringComparison.Ordinal);
    }

    /// <summary>With a forecast the sentence says what more slots are worth, and nothing where they are worth nothing.</summary>
    [Fact]
    public void Advice_TellsTheShareOfTheTime()
    {
        var search = Samples.Campaign().Search with { Slots = 8, Trials = 300 };
        var told = Regex.Match(new SlotAdvice(search, _ => 1).Of(8, 16)!,
            "^8 slots give work to at most 8 of 16 workers, all of them about (\\d\\d) % of the time; in a new campaign, "
                + "slots: 64 would feed all, (\\d\\d) % of the time, or slots: auto. ");
        Assert.InRange(int.Parse(told.Groups[1].Value, CultureInfo.InvariantCulture), 15, 50);
        Assert.InRange(int.Parse(told.Groups[2].Value, CultureInfo.InvariantCulture), 70, 99);
        Assert.Null(new SlotAdvice(search with { Trials = 3 }, _ => 1).Of(8, 16));
    }

    private static string Told(Search search, int? own, Action<ProgressWatch> happens, int wanted = 0)
    {
        using var notes = new StringWriter { NewLine = "\n" };
        var watch = new ProgressWatch(Terminal.Piped(TextWriter.Null, notes, width: 1000), "digits", search, new FakeTimeProvider())
        {
            OwnWorkers = own,
        };
        watch.OnStarted(Progress(search) with { WantedWorkers = wanted });
        happens(watch);
        return notes.ToString();
    }

    private static void Join(ProgressWatch watch, Search search, int process, int slots)
    {
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        watch.OnEvent(new WorkerJoined(DateTimeOffset.UnixEpoch, $"{process}", 0, slots, "gpu", process, 8, labels), Progress(search));
    }

    private static CampaignProgress Progress(Search search) =>
        new() { Campaign = "digits", Planned = search.Trials, Workers = 2, Slots = search.Slots };
}
