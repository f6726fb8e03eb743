using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives;

/// <summary>A trial as a function in code sees it while it evaluates it.</summary>
/// <remarks>
/// One call of the function is one job: under a schedule that cuts the budget, a promoted trial is called again, to go on from <see
/// cref="FromEpochs"/>.
/// </remarks>
public sealed class RunningTrial
{
    private readonly IJobContext _job;
    private readonly string _metric;

    internal RunningTrial(IJobContext job, string metric) => (_job, _metric) = (job, metric);

    /// <summary>Its number, from 0.</summary>
    public int Number => _job.Job.Trial;

    /// <summary>Its configuration.</summary>
    public Point Point => _job.Job.Point;

    /// <summary>Epochs that it was trained before; 0 for a new trial.</summary>
    public int FromEpochs => _job.Job.FromEpochs;

    /// <summary>Epochs that it is to reach in all.</summary>
    public int ToEpochs => _job.Job.ToEpochs;

    /// <summary>A seed of its own, the same whenever and wherever it runs.</summary>
    public ulong Seed => _job.Job.Seed;

    /// <summary>A folder of its own, kept from call to call for what it needs to go on; asking for it makes it.</summary>
    public string CheckpointFolder => _job.CheckpointFolder;

    /// <summary>Whether it was told to stop early: <see cref="Report(int, double)"/> has returned false.</summary>
    public bool IsStopped { get; private set; }

    internal int LastEpoch { get; private set; }

    internal double LastValue { get; private set; } = double.NaN;

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    public ParameterValue this[string parameter] => Point[parameter];

    /// <summary>The value of a parameter that is a number.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    /// <exception cref="InvalidOperationException">The value is a word or a Boolean.</exception>
    public double GetDouble(string parameter) => Point[parameter].Number;

    /// <summary>The value of a parameter that is an integer.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    /// <exception cref="InvalidOperationException">The value is a word or a Boolean.</exception>
    /// <exception cref="OverflowException">The value is beyond 32 bits.</exception>
    public int GetInt(string parameter) => checked((int)Point[parameter].Number);

    /// <summary>The value of a parameter as text; a number or a Boolean reads as a search file writes it.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    public string GetString(string parameter) => Point[parameter].ToString();

    /// <summary>Tells the value after an epoch.</summary>
    /// <param name="epoch">Epochs trained in all, from 1.</param>
    /// <param name="value">What is minimized or maximized; NaN and infinities mean divergence.</param>
    /// <returns>Whether to go on; when false, return soon.</returns>
    public bool Report(int epoch, double value) => Report(epoch, new Dictionary<string, double> { [_metric] = value });

    /// <summary>Tells several metrics after an epoch, the one that decides among them.</summary>
    /// <param name="epoch">Epochs trained in all, from 1.</param>
    /// <param name="metrics">Each metric by its name.</param>
    /// <returns>Whether to go on; when false, return soon.</returns>
    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        LastEpoch = epoch;
        if (metrics.TryGetValue(_metric, out var value))
            LastValue = value;
        var goesOn = _job.Report(epoch, metrics);
        IsStopped |= !goesOn;
        return goesOn;
    }
}
