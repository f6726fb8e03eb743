using System.Collections.Immutable;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;
using HyperSearch.Plots;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Campaigns;

public sealed class AttendanceTests
{
    private readonly Attendance _attendance = new();

    [Fact]
    public void Participants_AreNamedWithTheirJobs()
    {
        Host();
        Join("a", 2, 2, "gpu", 7);
        Join("b", 4, 1, "gpu", 8);
        Ran(0, worker: 1);
        Ran(1, worker: 3);
        Ran(2, worker: 2);
        _attendance.Observe(new WorkerLeft(DateTimeOffset.UnixEpoch, "a", 2, "it was told to leave"));
        Ran(3, worker: 3); // its last outcome is written after its leaving
        Join("c", 2, 1, "tpu", 9);
        Ran(4, worker: 2);
        Assert.Equal(
            [("host", 2, 1, null), ("gpu/7", 2, 3, "it was told to leave"), ("gpu/8", 1, 0, null), ("tpu/9", 1, 1, null)],
            _attendance.Participants.Select(process => (process.Name, process.Slots, process.Jobs, process.Left)));
        Assert.Equal((1, 1), PlaceOf(1));
        Assert.Equal((1, 0), PlaceOf(2));
        Assert.Equal((3, 0), PlaceOf(4));
    }

    [Fact]
    public void Process_ThatComesAgainToAResumedHost_IsTheSame()
    {
        Host();
        Join("a", 2, 2, "gpu", 7);
        Ran(0, worker: 2);
        Host(process: 2);
        Join("a", 2, 2, "gpu", 7);
        Ran(1, worker: 0);
        Ran(2, worker: 3);
        Assert.Equal([("host", 1), ("gpu/7", 2)], _attendance.Participants.Select(process => (process.Name, process.Jobs)));
    }

    [Fact]
    public void Campaign_OfOneProcess_HasNoParticipants()
    {
        _attendance.Observe(new SessionStarted(DateTimeOffset.UnixEpoch, 1, "home", 60, 2));
        Ran(0, worker: 1);
        Assert.Empty(_attendance.Participants);
        Assert.Empty(_attendance.Places);
    }

    [Fact]
    public void WorkersPicture_HasARowForEachWorkerOfEachProcess()
    {
        Host();
        Join("a", 2, 1, "gpu", 7);
        Ran(0, worker: 0);
        Ran(1, worker: 2);
        Join("b", 2, 1, "gpu", 8); // it has the number of the first, which is gone
        Ran(2, worker: 2);
        Outcome[] jobs = [OutcomeOf(0, worker: 0), OutcomeOf(1, worker: 2), OutcomeOf(2, worker: 2)];
        var search = PlannerRun.Search(trials: 3);
        var snapshot = new CampaignSnapshot
        {
            Name = "three",
            Folder = "three",
            Search = search,
            State = CampaignState.Finished,
            Trials = Trial.Fold(jobs, search.Objective.Epochs),
            Participants = _attendance.Participants,
            Places = _attendance.Places,
        };
        Assert.StartsWith("3 workers in 3 processes busy 100 % of", new WorkersPlot().Draw(snapshot).Title, StringComparison.Ordinal);
    }

    private (int, int) PlaceOf(int job) =>
        _attendance.Places[JobKey.Of(job, job, 0)] is var place ? (place.Participant, place.Slot) : default;

    private void Host(int process = 1)
    {
        _attendance.Observe(new SessionStarted(DateTimeOffset.UnixEpoch, process, "home", 60, 2));
        Join($"own{process}", 0, 2, "home", process);
    }

    private void Join(string name, int first, int slots, string machine, int process) => _attendance.Observe(new WorkerJoined(
        DateTimeOffset.UnixEpoch, name, first, slots, machine, process, 4, ImmutableSortedDictionary<string, string>.Empty));

    private void Ran(int job, int worker) => _attendance.Observe(OutcomeOf(job, worker));

    private static Outcome OutcomeOf(int job, int worker) => new()
    {
        Job = job,
        Trial = job,
        Point = new Point([]),
        Origin = new Origin(OriginKind.Global),
        FromEpochs = 0,
        ToEpochs = 1,
        Epochs = 1,
        State = OutcomeState.Completed,
        Value = 1,
        Worker = worker,
        Started = DateTimeOffset.UnixEpoch.AddSeconds(1),
        Seconds = 10,
    };
}
