using System.Collections.Immutable;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Execution;

/// <summary>One trial outside any campaign, to see how long it takes; ended once it has run long enough to tell.</summary>
internal sealed class TimedTrial : IJobContext, IDisposable
{
    /// <summary>For so long at most the user's own command is tried.</summary>
    public static readonly TimeSpan LongestCommand = TimeSpan.FromSeconds(10);

    private const int FewestEpochs = 5;
    private static readonly TimeSpan LongestTraining = TimeSpan.FromSeconds(2);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "hypersearch-" + Path.GetRandomFileName());
    private readonly TimeProvider _time;
    private readonly TimeSpan _longest;
    private readonly long _start;
    private readonly HashSet<string>? _warnings;
    private TimeSpan _last;
    private TimeSpan? _fastest;
    private int _epoch;
    private string? _missing;
    private IReadOnlyDictionary<string, double> _measured = ImmutableDictionary<string, double>.Empty;
    private IReadOnlyDictionary<string, double>? _without;

    private TimedTrial(Search search, Point point, TimeProvider time, TimeSpan longest, HashSet<string>? warnings = null)
    {
        _warnings = warnings;
        Job = new Job(
            0, 0, point, new Origin(OriginKind.Global), 0, search.Objective.Epochs, (StopRule?)null,
            RandomStream.For(search.Seed, 0, "trial").NextULong());
        Metric = search.Metric;
        (_time, _start, _longest) = (time, time.GetTimestamp(), longest);
    }

    /// <inheritdoc/>
    public Job Job { get; }

    /// <inheritdoc/>
    public string Metric { get; }

    /// <inheritdoc/>
    public string CheckpointFolder => Directory.CreateDirectory(_folder).FullName;

    /// <inheritdoc/>
    public bool HasCheckpointFolder => Directory.Exists(_folder);

    /// <inheritdoc/>
    public string LogPath => Path.Combine(CheckpointFolder, "job.log");

    /// <summary>Times the built-in trainer by the fastest epoch: the first ones compile the code, and others share the machine with
    /// strangers.</summary>
    /// <returns>Seconds of a trial's full training; <c>null</c> when the trial diverged before it could be timed.</returns>
    public static double? Train(Search search, IObjective objective, Point point, TimeProvider time, CancellationToken stop)
    {
        using var trial = new TimedTrial(search, point, time, LongestTraining);
        try
        {
            objective.Run(trial, stop);
        }
        catch (DivergenceException)
        {
            // Some of a space's points diverge; the epochs until then were timed.
        }

        return trial._fastest?.TotalSeconds * search.Objective.Epochs;
    }

    /// <summary>Times the user's command as it will run: the start of each process is part of its trial.</summary>
    /// <param name="search">The search.</param>
    /// <param name="objective">The command.</param>
    /// <param name="point">The configuration that is tried.</param>
    /// <param name="time">The clock.</param>
    /// <param name="warnings">Takes what the trial warns of.</param>
    /// <param name="stop">Cancelled when the user interrupts.</param>
    /// <returns>Seconds of a trial's full training; <c>null</c> when it was still silent after <see cref="LongestCommand"/>.</returns>
    /// <exception cref="CommandFailedException">The command fails whenever it runs; other exceptions of <see cref="IObjective.Run"/> say
    /// that it failed this time.</exception>
    public static double? RunCommand(Search search, IObjective objective, Point point, TimeProvider time, HashSet<string> warnings,
        CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestCommand, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        double? seconds = null;
        // a worker is started once for many trials
        for (var run = search.Objective is CommandDefinition { KeepAlive: true } ? 0 : 1; run < 2; run++)
        {
            using var trial = new TimedTrial(search, point, time, TimeSpan.MaxValue, warnings);
            try
            {
                objective.Run(trial, either.Token);
                if ((trial._missing ?? GoalMetrics.WhatIsMissing(search, trial._measured)) is { } missing)
                    throw new CommandFailedException(missing);
                seconds = time.GetElapsedTime(trial._start).TotalSeconds;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                if (trial._without is { } measured)
                {
                    throw new CommandFailedException(
                        $"It reported no {trial.Metric} within {LongestCommand.TotalSeconds:f0} s, only " +
                        $"{string.Join(", ", measured.Keys)}.");
                }

                return seconds ?? (trial._epoch == 0 ? null : trial._last.TotalSeconds / trial._epoch * search.Objective.Epochs);
            }
        }

        return seconds;
    }

    /// <inheritdoc/>
    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
    {
        var now = _time.GetElapsedTime(_start);
        if (_fastest is not { } fastest || now - _last < fastest)
            _fastest = now - _last;
        (_last, _epoch) = (now, epoch);
        _measured = metrics;
        _without = metrics.ContainsKey(Metric) ? null : metrics;
        return now < _longest || epoch < FewestEpochs;
    }

    /// <inheritdoc/>
    public void ExplainMissingMetric(string reason) => _missing = reason;

    /// <inheritdoc/>
    public void Warn(string sentence) => _warnings?.Add(sentence);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
