using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Objectives;

/// <summary>A trial as a function in code sees it while it evaluates it.</summary>
/// <remarks>
/// One call of the function is one job: under a schedule that cuts the budget, a promoted trial is called again, to go on from
/// <see cref="FromEpochs"/>.
/// </remarks>
public sealed class RunningTrial
{
    private readonly IJobContext _job;

    internal RunningTrial(IJobContext job) => _job = job;

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

    /// <summary>A folder of its own, kept from call to call for the files that it needs to go on; asking for it makes it.</summary>
    public string CheckpointFolder => _job.CheckpointFolder;

    /// <summary>Whether it was told to stop early: <see cref="Report(int, double)"/> has returned false.</summary>
    public bool IsStopped { get; private set; }

    internal int LastEpoch { get; private set; }

    internal IReadOnlyDictionary<string, double> LastMetrics { get; private set; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    public ParameterValue this[string parameter]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(parameter);
            return Point[parameter];
        }
    }

    /// <summary>The value of a parameter that is a number.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    /// <exception cref="InvalidOperationException">The value is a word or a Boolean.</exception>
    public double GetDouble(string parameter) => this[parameter] is { IsNumber: true } value ? value.Number
        : throw new InvalidOperationException($"\"{parameter}\" is {this[parameter]}, which is not a number. Read it by GetString.");

    /// <summary>The value of a parameter that is an integer.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    /// <exception cref="OverflowException">The value is beyond 32 bits.</exception>
    /// <exception cref="InvalidOperationException">The value is not a whole number.</exception>
    public int GetInt(string parameter)
    {
        var number = GetDouble(parameter);
        return double.IsInteger(number)
            ? checked((int)number)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"\"{parameter}\" is {number}, which is not a whole number. Read it as a double, or give the " +
                $"parameter a scale of whole numbers."));
    }

    /// <summary>The value of a parameter as text; a number or a Boolean reads as a search file writes it.</summary>
    /// <exception cref="KeyNotFoundException">The parameter is unknown, or inactive in this configuration.</exception>
    public string GetString(string parameter) => this[parameter].ToString();

    /// <summary>Reports the value after an epoch.</summary>
    /// <param name="epoch">Epochs trained in all, from 1 to <see cref="ToEpochs"/>, never fewer than before. Epochs up to
    /// <see cref="FromEpochs"/> are known from an earlier job and not counted again.</param>
    /// <param name="value">The value to minimize or maximize; NaN and infinities mean divergence.</param>
    /// <returns>Whether to go on; when false, return soon.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch goes backwards, or beyond the trial's budget.</exception>
    public bool Report(int epoch, double value) => Report(epoch, new Dictionary<string, double> { [_job.Metric] = value });

    /// <summary>Reports several metrics after an epoch, the one that decides among them.</summary>
    /// <param name="epoch">Epochs trained in all, from 1 to <see cref="ToEpochs"/>, never fewer than before. Epochs up to
    /// <see cref="FromEpochs"/> are known from an earlier job and not counted again.</param>
    /// <param name="metrics">Each metric by its name.</param>
    /// <returns>Whether to go on; when false, return soon.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch goes backwards, or beyond the trial's budget.</exception>
    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        var least = Math.Max(1, LastEpoch);
        if (epoch < least || epoch > ToEpochs)
        {
            throw new ArgumentOutOfRangeException(nameof(epoch), epoch, FormattableString.Invariant(
                $"The epochs of this trial go from 1 to {ToEpochs} (ToEpochs) and never backwards; {LastEpoch} was reported last.")
                + (ToEpochs > 1 ? "" : " A schedule may want no more of this call; without one, CampaignOptions.Epochs is 1 by default."));
        }

        var kept = SortedMetrics.Of(metrics); // the function may fill its dictionary anew for the next epoch
        (LastEpoch, LastMetrics) = (epoch, kept);
        if (epoch <= FromEpochs)
            return !IsStopped;
        var goesOn = _job.Report(epoch, kept);
        IsStopped |= !goesOn;
        return goesOn;
    }
}
