using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Execution;

/// <summary>The cost of a campaign, estimated from the planned work of sample points and the time that one of them takes.</summary>
/// <param name="Epochs">Epochs at most, over all trials.</param>
/// <param name="Seconds">Wall time at most; <c>null</c> where no trial was timed.</param>
/// <param name="Workers">On so many worker threads.</param>
internal sealed record CostEstimate(long Epochs, double? Seconds, int Workers)
{
    /// <summary>Why no time is told; <c>null</c> where nothing went wrong.</summary>
    public string? Problem { get; private init; }

    /// <summary>What the trial warned of.</summary>
    public IReadOnlyCollection<string> Warnings { get; private init; } = [];

    /// <summary>The share of the workers' time that goes into trials, by a forecast; <c>null</c> where no planned cost is known.</summary>
    public double? Busy { get; private init; }

    /// <summary>The estimate for people.</summary>
    public string Sentence
    {
        get
        {
            var epochs = string.Create(CultureInfo.InvariantCulture, $"{Epochs:N0} epochs at most");
            var workers = Figures.Count(Workers, "worker");
            var busy = Busy is { } share ? string.Create(CultureInfo.InvariantCulture, $"{workers} about {share:0 %} busy") : workers;
            return Seconds is { } seconds
                ? $"{epochs}, about {Figures.Duration(seconds)} (from timing one trial), {busy}"
                : $"{epochs}, {busy}";
        }
    }

    /// <summary>Estimates without running anything.</summary>
    public static CostEstimate Of(Search search, IObjective objective, IReadOnlyList<Point> samples)
    {
        var workers = Math.Min(search.Workers ?? Environment.ProcessorCount, search.Slots); // no more ever have a trial
        return new(((long)search.Trials + (search.Confirm?.Runs ?? 0)) * search.Objective.Epochs, null, workers)
        {
            Busy = samples.Count > 0 && samples.All(point => objective.WorkPerEpoch(point) > 0)
                ? BusyForecast.Share(search, objective.WorkPerEpoch, workers) : null,
        };
    }

    /// <summary>Estimates from one sample point, trained for two seconds or a few epochs, or run by the user's command for
    /// <see cref="TimedTrial.LongestCommand"/> at most.</summary>
    public static CostEstimate Of(Search search, IObjective objective, IReadOnlyList<Point> samples, TimeProvider time,
        CancellationToken stop)
    {
        var warnings = new HashSet<string>();
        var untimed = Of(search, objective, samples) with { Warnings = warnings };
        try
        {
            var (timed, silent) = search.Objective.IsBuiltInTrainer
                ? (TimedTrial.Train(search, objective, samples[0], time, stop), "diverged in its first epoch")
                : (TimedTrial.RunCommand(search, objective, samples[0], time, warnings, stop),
                    $"had not printed a measurement after {TimedTrial.LongestCommand.TotalSeconds:f0} s");
            if (timed is not { } seconds)
                return untimed with { Problem = $"one trial was tried; it {silent}, so the campaign's time is not known." };
            if (objective.WorkPerEpoch(samples[0]) is not (> 0 and var unit))
                return untimed;
            var trials = (double)untimed.Epochs / search.Objective.Epochs;
            var work = trials * seconds * samples.Average(objective.WorkPerEpoch) / unit;
            return untimed with { Seconds = work / (untimed.Workers * (untimed.Busy ?? 1)) };
        }
        catch (Exception failure) when (failure is CommandFailedException or TransientFailureException or DivergenceException)
        {
            return untimed with { Problem = $"one trial was tried and failed: {failure.Message}" };
        }
    }
}
