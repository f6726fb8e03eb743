using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>Chooses a schedule by the metrics, the epochs and the objective of a search, and says which and why (<c>auto</c>).</summary>
/// <remarks>
/// <para><c>none</c>, every trial in full, where several metrics are traded off, since rungs compare trials by one; where the networks of
/// several trials may be handed over together (folds), since many must be trained in full then; and where a trial has fewer than 9 epochs,
/// too few for three rungs a factor 3 apart. Otherwise <c>freeze_thaw</c>.</para>
/// <para>Whatever may change while a campaign goes on is not asked, such as the number of trials, the workers and the limits, so it always
/// goes on by the same schedule. Under <c>freeze_thaw</c> most trials get few epochs: as many trials cost a fraction of what they cost in
/// full, and more of them are worth asking for.</para>
/// <para>A <see cref="Planning.Search"/> that is given this one has the chosen one for its schedule, and the reason beside it.</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new AutoSchedule() };
/// </code>
/// </example>
public sealed record AutoSchedule : ISchedule
{
    /// <summary>Three rungs a factor 3 apart, the lowest of one epoch.</summary>
    private const int FewestEpochs = 9;

    /// <inheritdoc/>
    /// <remarks>The state of the schedule that is chosen for one metric.</remarks>
    public IScheduleState Initial(int epochs) => Choose(epochs, metrics: 1, mayJoinTrials: false).Schedule.Initial(epochs);

    /// <summary>The schedule that it chooses, and the reason in words for people.</summary>
    /// <param name="epochs">The full budget of a trial, in epochs.</param>
    /// <param name="metrics">How many metrics decide.</param>
    /// <param name="mayJoinTrials">Whether the networks of several trials may be handed over together.</param>
    internal static (ISchedule Schedule, string Why) Choose(int epochs, int metrics, bool mayJoinTrials)
    {
        if (metrics > 1)
            return None($"{metrics} metrics are traded off, and a schedule compares trials by one");
        if (mayJoinTrials)
            return None("the networks of several trials may answer together, so many must be trained in full");
        if (epochs < FewestEpochs)
            return None($"a trial has {Counted.Of(epochs, "epoch")}, and three rungs take {FewestEpochs} or more");
        var thaw = new FreezeThawSchedule();
        var rungs = string.Join(" or ", thaw.Initial(epochs).Rungs.SkipLast(1));
        return (thaw, $"auto chose freeze_thaw: one metric tells after {rungs} of {epochs} epochs which trials are worth going on with");

        static (ISchedule Schedule, string Why) None(string why) => (new FullSchedule(), $"auto chose none: {why}");
    }
}
