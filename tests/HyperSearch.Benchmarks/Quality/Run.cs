using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>One method on one problem with one seed, on a simulated clock.</summary>
internal sealed class Run(Method method, Problem problem, ulong seed, int trials, double untilTime)
{
    private readonly PriorityQueue<(int Trial, int From, Request Request, StopRule? Stop), (double End, int Job)> _running = new();
    private readonly Dictionary<int, (Point Point, Proposal Proposal)> _trials = [];
    private readonly List<Request> _wanted = [];

    public Method Method => method;

    public Problem Problem => problem;

    public ulong Seed => seed;

    /// <summary>After each job: the time, and the true value of the trial that looks best so far.</summary>
    public List<(double Time, double Best)> Trace { get; } = [];

    /// <summary>Evaluations that the run waits for.</summary>
    public IReadOnlyList<Request> Wanted => _wanted;

    /// <summary>Time spent deciding.</summary>
    public TimeSpan Deciding { get; private set; }

    /// <summary>Plays on; each step ends where values are needed.</summary>
    public IEnumerable<bool> Play(TimeProvider time)
    {
        var schedule = method.Schedule.Initial(problem.Epochs);
        var sampler = MultiFidelity.Initial(method.Sampler, new SamplingProblem(problem.Space, seed, trials), schedule.Rungs);
        var (now, job, free, bestObserved, bestTrue) = (0.0, 0, method.Slots, double.PositiveInfinity, double.PositiveInfinity);
        while (true)
        {
            var started = time.GetTimestamp();
            while (free > 0)
            {
                var (decision, next) = schedule.Next(_trials.Count, _trials.Count < trials);
                if (decision is ScheduleDecision.Wait)
                    break;
                schedule = next;
                var (trial, from, to) = (_trials.Count, 0, 0);
                StopRule? stop;
                if (decision is ScheduleDecision.Start start)
                {
                    (to, stop) = (start.ToEpochs, start.Stop);
                    var (proposal, state) = sampler.Propose(trial, RandomStream.For(seed, (ulong)trial, "propose"));
                    sampler = state;
                    if (proposal is null)
                    {
                        trials = _trials.Count;
                        continue;
                    }

                    _trials[trial] = (problem.Space.At(proposal.Position.AsSpan()), proposal);
                }
                else
                {
                    var more = (ScheduleDecision.Continue)decision;
                    (trial, from, to, stop) = (more.Trial, more.FromEpochs, more.ToEpochs, more.Stop);
                }

                var request = new Request(problem, _trials[trial].Point, to, seed * 1_000_003 + (ulong)trial);
                _wanted.Add(request);
                _running.Enqueue((trial, from, request, stop), (now + (to - from), job++));
                free--;
            }

            Deciding += time.GetElapsedTime(started);
            if (_running.Count == 0)
                yield break;
            if (_wanted.Count > 0)
            {
                yield return true;
                _wanted.Clear();
            }

            _running.TryPeek(out _, out var first);
            now = first.End;
            if (now > untilTime)
                yield break;
            started = time.GetTimestamp();
            while (_running.TryPeek(out _, out var priority) && priority.End <= now)
            {
                var (trial, _, request, _) = _running.Dequeue();
                free++;
                if (request.Observed < bestObserved)
                    (bestObserved, bestTrue) = (request.Observed, request.True);
                Trace.Add((now, bestTrue));
                schedule = schedule.Observe(new JobResult(trial, request.Epochs, request.Observed, [], false));
                sampler = sampler.Observe(new Observation(trial, _trials[trial].Proposal.Position, _trials[trial].Proposal.Origin, request.Observed, request.Epochs));
            }

            Deciding += time.GetElapsedTime(started);
        }
    }
}
