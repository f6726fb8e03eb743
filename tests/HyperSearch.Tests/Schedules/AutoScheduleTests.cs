using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Schedules;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Samplers;

namespace HyperSearch.Tests.Schedules;

public sealed class AutoScheduleTests : ScheduleContract
{
    private const string Command = "objective: {command: [x], epochs: 52}\nminimize: y\nspace: {a: {uniform: [0, 1]}}";
    private const string Trained = "objective: {train: {data: d.csv, label: y, epochs: 30}}\nminimize: dev_error\n"
        + "space: {learning_rate: {log: [1e-4, 1]}}";

    protected override ISchedule Schedule => new AutoSchedule();

    /// <summary>
    /// Every search file goes on by the schedule that stands here: a kept campaign decides again what it decided. A line never changes; a
    /// rule that is meant to change gets a new <see cref="LawEdition"/>, see <see cref="GoldenDecisionTests"/>.
    /// </summary>
    [Theory]
    [InlineData(Command, "freeze_thaw: one metric tells after 6 or 17 of 52 epochs which trials are worth going on with")]
    [InlineData(Trained, "freeze_thaw: one metric tells after 3 or 10 of 30 epochs which trials are worth going on with")]
    [InlineData(Command, "freeze_thaw: one metric tells after 1 or 3 of 9 epochs which trials are worth going on with", ", epochs: 52",
        ", epochs: 9")]
    [InlineData(Command, "none: a trial has 8 epochs, and three rungs take 9 or more", ", epochs: 52", ", epochs: 8")]
    [InlineData(Command, "none: a trial has 1 epoch, and three rungs take 9 or more", ", epochs: 52", "")]
    [InlineData(Command, "none: 2 metrics are traded off, and a schedule compares trials by one", "minimize: y", "minimize: [y, z]")]
    [InlineData(Trained, "none: the networks of several trials may answer together, so many must be trained in full", "label: y",
        "label: y, folds: 5")]
    [InlineData(Command, "freeze_thaw", "}}", "}, b: {uniform: [0, 1], when: {c: p}}, c: {choice: [p, q]}}")]
    [InlineData(Command, "freeze_thaw", "minimize", "method: {sampler: grid, trials: 3, slots: 1}\nminimize")]
    public void ASearchFile_GoesOnByTheSameScheduleForever(string file, string chosen, string? part = null, string? instead = null)
    {
        var search = SearchFile.Parse((part is null ? file : file.Replace(part, instead, StringComparison.Ordinal)) + "\nschedule: auto\n",
            "s.yaml", "/");
        Assert.StartsWith($"auto chose {chosen}", search.ScheduleChoice, StringComparison.Ordinal);
        ISchedule schedule = chosen.StartsWith("none", StringComparison.Ordinal) ? new FullSchedule() : new FreezeThawSchedule();
        foreach (var edition in Enumerable.Range(LawEdition.First, LawEdition.Newest))
            Assert.Equal(schedule, (search with { Edition = edition }).Schedule);
    }

    /// <summary>An extension, other workers or other limits would otherwise leave the journal with decisions of another schedule.</summary>
    [Fact]
    public void TheChoice_AsksNothingThatMayChangeWhileACampaignGoesOn()
    {
        var search = SearchFile.Parse(Command + "\nschedule: auto\n", "s.yaml", "/");
        var changed = search with
        {
            Name = "other",
            Trials = 1,
            Workers = 1,
            BaseError = 0.1,
            Confirm = new Confirm(),
            Limits = new Limits { Patience = 1, Epochs = 1 },
            Needs = search.Needs.Add("gpu", 1),
        };
        Assert.Equal((search.Schedule, search.ScheduleChoice), (changed.Schedule, changed.ScheduleChoice));
        Assert.All(SearchDiff.Between(search, changed), difference => Assert.True(difference.MayChange));
    }

    [Theory]
    [MemberData(nameof(Played))]
    public void ACampaign_IsThatOfTheScheduleThatWasChosenAndItsFirstTrialSaysSo(ISampler sampler, int epochs)
    {
        var search = PlannerRun.Search(sampler, 40, slots: 4) with
        {
            Objective = new TestObjective { Epochs = epochs },
            Schedule = new AutoSchedule(),
        };
        var (auto, named) = (PlannerRun.Outcomes(search), PlannerRun.Outcomes(search with { Schedule = search.Schedule }));
        Assert.StartsWith(search.ScheduleChoice!, auto[0].Origin.Note, StringComparison.Ordinal);
        Assert.Equal(named.Select(WithoutNote), auto.Select(WithoutNote));
        Assert.Equal(named.Where(outcome => outcome.Trial > 0), auto.Where(outcome => outcome.Trial > 0)); // once is enough
    }

    public static TheoryData<ISampler, int> Played => new()
    {
        { new AutoSampler(), 27 },
        { new AutoSampler(), 5 },
        { new RandomSampler(), 27 },
        { new MultiFidelityGpSampler { Candidates = 32 }, 27 },
    };

    [Fact]
    public void Note_JoinsTheChoicesOfBoth()
    {
        var search = PlannerRun.Search(new AutoSampler(), 40, slots: 4) with { Schedule = new AutoSchedule() };
        var note = PlannerRun.Outcomes(search)[0].Origin.Note;
        Assert.StartsWith("auto chose none: a trial has 1 epoch, and three rungs take 9 or more; auto chose gp: ", note,
            StringComparison.Ordinal);
    }

    /// <summary>The settings of a program know neither epochs nor objective; only the search that is made of them does.</summary>
    [Fact]
    public void SearchOptions_HaveTheirScheduleChosenOnceTheSearchIsDefined()
    {
        var options = new SearchOptions { Epochs = 12, Schedule = new AutoSchedule() };
        Assert.Equal(new AutoSchedule(), options.Schedule);
        var search = options.Define(Grounds.Cube(2), maximize: false, "mine");
        Assert.Equal(new FreezeThawSchedule(), search.Schedule);
        Assert.Equal(new AutoSchedule(), search.GivenSchedule);
        Assert.Equal(new FullSchedule(), (search with { Further = [new Goal("cost")] }).Schedule);
        Assert.Null((search with { Schedule = new FreezeThawSchedule() }).ScheduleChoice);
    }

    [Fact]
    public void TheFile_StillSaysAuto()
    {
        var search = PlannerRun.Search(new RandomSampler(), 4, slots: 1) with
        {
            Objective = new DelegateDefinition { Epochs = 20 },
            Schedule = new AutoSchedule(),
        };
        var text = SearchText.Of(search, "tests");
        Assert.Contains("\nschedule: auto\n", text, StringComparison.Ordinal);
        Assert.IsType<AutoSchedule>(SearchFile.Parse(text, "s.yaml", "/").GivenSchedule);
        var difference = Assert.Single(SearchDiff.Between(search, search with { Schedule = search.Schedule }));
        Assert.Equal("schedule: auto -> freeze_thaw", difference.ToString());
        Assert.Equal("auto", SearchDescription.Of(search).Schedule);
    }

    private static Outcome WithoutNote(Outcome outcome) => outcome with { Origin = outcome.Origin with { Note = null } };
}
