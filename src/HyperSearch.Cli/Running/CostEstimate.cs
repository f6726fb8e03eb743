using System.Globalization;
using HyperSearch.Campaigns;
using HyperSearch.Objectives;
using HyperSearch.Objectives.Training;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Cli;

/// <summary>What a campaign will cost, from the planned work of sample points and the time of a few epochs of one.</summary>
/// <param name="Epochs">Epochs at most, over all trials.</param>
/// <param name="Seconds">Wall time at most; <c>null</c> where timing a trial would have side effects, as a user's command may.</param>
/// <param name="Workers">On so many worker threads.</param>
internal sealed record CostEstimate(long Epochs, double? Seconds, int Workers)
{
    private const int FewestEpochs = 5;
    private static readonly TimeSpan LongestTiming = TimeSpan.FromSeconds(2);

    /// <summary>The estimate for people.</summary>
    public string Sentence
    {
        get
        {
            var epochs = string.Create(CultureInfo.InvariantCulture, $"{Epochs:N0} epochs at most");
            return Seconds is { } seconds ? $"{epochs}, about {Numbers.Time(seconds)} on {Numbers.Count(Workers, "worker")} (from timing one trial)" : epochs;
        }
    }

    /// <summary>Estimates; trains one sample point for two seconds, or a few epochs.</summary>
    public static CostEstimate Of(Search search, IObjective objective, IReadOnlyList<Point> samples, TimeProvider time)
    {
        var workers = search.Workers ?? Environment.ProcessorCount;
        var epochs = ((long)search.Trials + (search.Confirm?.Runs ?? 0)) * search.Objective.Epochs;
        if (objective is not TrainingObjective)
            return new CostEstimate(epochs, null, workers);
        using var timing = new TimedJob(search, samples[0], time);
        objective.Run(timing, CancellationToken.None);
        if (timing.SecondsPerEpoch is not { } seconds || objective.WorkPerEpoch(samples[0]) is not (> 0 and var unit))
            return new CostEstimate(epochs, null, workers);
        var work = samples.Average(objective.WorkPerEpoch);
        return new CostEstimate(epochs, epochs * seconds * work / unit / Math.Min(workers, search.Slots), workers);
    }

    /// <summary>A job outside any campaign, ended when it has run long enough to tell.</summary>
    private sealed class TimedJob(Search search, Point point, TimeProvider time) : IJobContext, IDisposable
    {
        private readonly string _folder = Path.Combine(Path.GetTempPath(), "hypersearch-" + Path.GetRandomFileName());
        private readonly long _start = time.GetTimestamp();
        private TimeSpan _last;
        private TimeSpan? _fastest;
        private int _epochs;

        public Job Job { get; } = new(
            0, 0, point, new Origin(OriginKind.Global), 0, search.Objective.Epochs, (StopRule?)null, RandomStream.For(search.Seed, 0, "trial").NextULong());

        public string CheckpointFolder => Directory.CreateDirectory(_folder).FullName;

        public bool HasCheckpointFolder => Directory.Exists(_folder);

        public string LogPath => Path.Combine(CheckpointFolder, "job.log");

        /// <summary>Of the fastest epoch: the first ones compile the code, and others share the machine with strangers.</summary>
        public double? SecondsPerEpoch => _fastest?.TotalSeconds;

        public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
        {
            var now = time.GetElapsedTime(_start);
            if (_fastest is not { } fastest || now - _last < fastest)
                _fastest = now - _last;
            _last = now;
            _epochs++;
            return now < LongestTiming || _epochs < FewestEpochs;
        }

        public void Dispose()
        {
            if (Directory.Exists(_folder))
                Directory.Delete(_folder, recursive: true);
        }
    }
}
