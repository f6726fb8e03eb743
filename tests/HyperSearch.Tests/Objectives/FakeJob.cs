using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

/// <summary>A job that remembers what was reported of it.</summary>
internal sealed class FakeJob(string folder, int trial = 7, int from = 0, int to = 3, params (string Name, ParameterValue Value)[] point)
    : IJobContext
{
    private readonly List<(int Epoch, IReadOnlyDictionary<string, double> Metrics)> _reports = [];

    public Job Job { get; } = new(trial, trial, new Point(point.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
        new Origin(OriginKind.Global), from, to, null, 0x123456789ABCDEF0);

    public int Worker { get; init; }

    public string Metric => "dev_error";

    public string CheckpointFolder { get; } = Directory.CreateDirectory(Path.Combine(folder, "checkpoints", $"{trial}")).FullName;

    public bool HasCheckpointFolder => true;

    public string LogPath
    {
        get
        {
            var logs = Path.Combine(folder, "logs");
            if (!File.Exists(logs))
                Directory.CreateDirectory(logs); // as a campaign does
            return Path.Combine(logs, $"{trial}-{from}.log");
        }
    }

    /// <summary>Whether to go on after an epoch. Default: always.</summary>
    public Func<int, bool> GoesOn { get; init; } = _ => true;

    public IReadOnlyList<(int Epoch, IReadOnlyDictionary<string, double> Metrics)> Reports => _reports;

    public IEnumerable<int> Epochs => _reports.Select(report => report.Epoch);

    /// <summary>The <c>dev_error</c> of the last report.</summary>
    public double Value => _reports[^1].Metrics["dev_error"];

    public string Log => File.ReadAllText(LogPath);

    /// <summary>What the objective said of a missing metric.</summary>
    public string? MissingMetric { get; private set; }

    public void ExplainMissingMetric(string reason) => MissingMetric = reason;

    /// <summary>What the objective warned of.</summary>
    public List<string> Warnings { get; } = [];

    public void Warn(string sentence) => Warnings.Add(sentence);

    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
    {
        _reports.Add((epoch, metrics));
        return GoesOn(epoch);
    }
}
