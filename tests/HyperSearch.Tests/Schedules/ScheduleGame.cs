using HyperSearch.Numerics;
using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

/// <summary>Plays a schedule with slots and jobs of random length, and keeps what it did.</summary>
internal sealed class ScheduleGame(ISchedule schedule, int epochs, int trials, int slots, Func<int, int, double?> value, ulong seed = 1)
{
    private readonly RandomStream _random = RandomStream.For(seed, 0, "schedule game");
    private readonly List<(double End, int Trial, int From, int To)> _running = [];
    private double _now;

    public IScheduleState State { get; private set; } = schedule.Initial(epochs, trials);

    /// <summary>Decisions to start or continue, each with how many results had been observed before it.</summary>
    public List<(ScheduleDecision Decision, int Trial, int From, int To, int Seen, bool WasChosen)> Jobs { get; } = [];

    /// <summary>Results in the order observed.</summary>
    public List<JobResult> Results { get; } = [];

    /// <summary>After each result, the trials that might be sent on.</summary>
    public List<HashSet<int>> Candidates { get; } = [];

    public int Started { get; private set; }

    public ScheduleGame Play()
    {
        while (true)
        {
            while (_running.Count < slots)
            {
                var (decision, next) = State.Next(Started, Started < trials);
                State = next;
                var choice = decision as ScheduleDecision.Choose;
                if (choice is not null)
                {
                    decision = Chosen(choice);
                    State = State.Take(decision);
                }

                if (decision is ScheduleDecision.Wait)
                    break;
                var (trial, from, to) = decision switch
                {
                    ScheduleDecision.Continue more => (more.Trial, more.FromEpochs, more.ToEpochs),
                    ScheduleDecision.Copy copy => (Started++, copy.FromEpochs, copy.ToEpochs),
                    _ => (Started++, 0, ((ScheduleDecision.Start)decision).ToEpochs),
                };
                Jobs.Add((decision, trial, from, to, Results.Count, choice is not null));
                _running.Add((_now + (to - from) * (0.5 + _random.NextDouble()), trial, from, to));
            }

            if (_running.Count == 0)
                return this;
            var first = _running.MinBy(job => job.End);
            _running.Remove(first);
            _now = first.End;
            var curve = Enumerable.Range(first.From + 1, first.To - first.From).Select(epoch => value(first.Trial, epoch) ?? double.NaN);
            Results.Add(new JobResult(first.Trial, first.To, value(first.Trial, first.To), [.. curve],
                value(first.Trial, first.To) is null));
            State = State.Observe(Results[^1]);
            Candidates.Add([.. State.Candidates(trials - Started)]);
        }
    }

    /// <summary>Plays the model that a schedule leaves a choice to: any of the ways.</summary>
    private ScheduleDecision Chosen(ScheduleDecision.Choose choice)
    {
        var way = _random.NextInt(choice.Paused.Length + (choice.ToEpochs is null ? 0 : 1));
        return way < choice.Paused.Length ? choice.Paused[way] : new ScheduleDecision.Start(choice.ToEpochs!.Value);
    }

    /// <summary>A curve for each trial that falls with the epochs, some crossing others; one trial in twenty diverges.</summary>
    public static double? Curve(int trial, int epoch)
    {
        var random = RandomStream.For(3, (ulong)trial, "curve");
        double end = random.NextDouble(), rate = 0.5 + random.NextDouble();
        return random.NextInt(20) == 0 && epoch > 2 ? null : end + Math.Pow(epoch, -rate);
    }
}
