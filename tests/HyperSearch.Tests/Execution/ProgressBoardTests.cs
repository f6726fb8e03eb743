using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace HyperSearch.Tests.Execution;

public sealed class ProgressBoardTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProgressBoard _board;

    public ProgressBoardTests()
    {
        var search = new Search { Name = "test", Objective = new DelegateDefinition(), Space = new Space([]), Trials = 9 };
        _board = new ProgressBoard(
            new CampaignRequest(search, new FunctionObjective(_ => 1), new CampaignFolder("nowhere")), workers: null, _time);
    }

    /// <summary>Three trials of an earlier session; two in 20 s of this one, in which a person held it for an hour.</summary>
    [Fact]
    public void Pace_IsOfThisSessionsTrialsAndOfTheTimeInWhichItWorked()
    {
        for (var trial = 0; trial < 3; trial++)
            _board.Resume(Outcome(trial));
        Assert.Null(_board.Now.Pace);
        _time.Advance(TimeSpan.FromSeconds(5));
        _board.Observe(new CampaignPaused(_time.GetUtcNow(), true));
        Assert.True(_board.Now.IsPaused);
        _time.Advance(TimeSpan.FromSeconds(5));
        _board.Acknowledge(Outcome(3)); // its job was in hand
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new Pace(6, TimeSpan.FromSeconds(50)), _board.Now.Pace);
        _board.Observe(new CampaignPaused(_time.GetUtcNow(), false));
        Assert.False(_board.Now.IsPaused);
        _time.Advance(TimeSpan.FromSeconds(10));
        _board.Acknowledge(Outcome(4));
        Assert.Equal(new Pace(6, TimeSpan.FromSeconds(40)), _board.Now.Pace);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromSeconds(3620)), (_board.Now.Held, _board.Now.Elapsed));
    }

    [Fact]
    public void Planned_IsWhatAPersonAskedForLast()
    {
        _board.Observe(new TrialsChanged(_time.GetUtcNow(), 3, 3, 12));
        Assert.Equal(12, _board.Now.Planned);
    }

    private static Outcome Outcome(int trial) => new()
    {
        Job = trial,
        Trial = trial,
        Point = new([]),
        Origin = new(OriginKind.Global),
        FromEpochs = 0,
        ToEpochs = 1,
        State = OutcomeState.Completed,
        Value = 1,
    };
}
