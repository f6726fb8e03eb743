using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Tests.Simulation;

/// <summary>What a job gives and how long it takes, and the journal of a single process that runs it all.</summary>
internal sealed class SimulatedCampaign(Scenario scenario)
{
    /// <summary>The search.</summary>
    public Search Search => scenario.Search;

    /// <summary>The trials of each session, of the first one before the campaign was extended.</summary>
    public ImmutableArray<TrialLimit> Limits { get; private set; } =
        scenario.TrialsAtFirst > 0 ? [new TrialLimit(0, scenario.TrialsAtFirst)] : [new TrialLimit(0, scenario.Search.Trials)];

    /// <summary>Whether there is an extension to come.</summary>
    public bool MayExtend => Limits[^1].Trials < Search.Trials;

    /// <summary>Asks for all trials from a job on.</summary>
    public void Extend(int fromJob) => Limits = Limits.Add(new TrialLimit(fromJob, Search.Trials));

    /// <summary>The planner of the present session.</summary>
    public Planner Plan() => new(Search, _ => 1, Limits[0].Trials) { TrialLimits = Limits };

    /// <summary>Whether a job kills the worker that runs it.</summary>
    public bool IsPoison(Job job) => Draw(job, "poison") < scenario.Poison;

    /// <summary>Whether a job runs until it is told to stop.</summary>
    public bool IsEndless(Job job) => Draw(job, "endless") < scenario.Endless;

    private static double Draw(Job job, string purpose) => RandomStream.For(job.Seed, (ulong)job.ToEpochs, purpose).NextDouble();

    /// <summary>The outcome of a job that has cost too many workers.</summary>
    public static Outcome Lost(Job job, int workers) => Outcome.Of(job, OutcomeState.Failed, $"{workers} workers were lost");

    /// <summary>The outcome of a job: a function of the job.</summary>
    public Outcome OutcomeOf(Job job)
    {
        if (IsPoison(job))
            return Lost(job, scenario.Rules.MostLosses);
        var loss = Math.Abs(job.Point["x"].Number - 0.3) + (Math.Abs(Math.Log10(job.Point["y"].Number) + 2) / 4)
            + (job.Seed % 1000 * 1e-4) + (1.0 / job.ToEpochs)
            + job.Past.Sum(stretch => 1e-3 * stretch.ToEpochs * stretch.Point["x"].Number); // a copy's network remembers its ancestors
        return Outcome.Of(job, OutcomeState.Completed) with
        {
            Epochs = job.ToEpochs,
            Value = loss,
            Curve = LearningCurve.Of([(job.ToEpochs, new Dictionary<string, double> { ["loss"] = loss })]),
        };
    }

    /// <summary>How many seconds a job takes: by its epochs, times something that varies by a third.</summary>
    public double SecondsOf(Job job) => scenario.Seconds * (job.ToEpochs - job.FromEpochs) / Search.Objective.Epochs
        * Math.Exp((0.3 * RandomStream.For(job.Seed, (ulong)job.ToEpochs, "seconds").NextNormal()) - 0.045);

    /// <summary>The outcomes of a single process, by job, and the seconds of work that they took.</summary>
    public static (SortedDictionary<int, Outcome> Outcomes, double Seconds) Alone(Scenario scenario)
    {
        var campaign = new SimulatedCampaign(scenario);
        var (outcomes, seconds) = (new SortedDictionary<int, Outcome>(), 0.0);
        while (true)
        {
            var (planner, arrivals) = (campaign.Plan(), new Arrivals(outcomes.Values, campaign.Search.Relaxed));
            var state = planner.Initial();
            while (!state.IsFinished)
            {
                (var job, state) = planner.Next(state);
                if (job is null)
                {
                    if (!state.IsFinished)
                        state = planner.Observe(state, arrivals.Take(state.Awaited!.Value)!);
                    continue;
                }

                if (arrivals.Knows(job))
                    continue;
                var outcome = campaign.OutcomeOf(job);
                seconds += campaign.SecondsOf(job);
                outcomes.Add(job.Number, outcome);
                arrivals.Add(outcome);
            }

            if (!campaign.MayExtend)
                return (outcomes, seconds);
            campaign.Extend(outcomes.Keys.Max() + 1);
        }
    }
}
