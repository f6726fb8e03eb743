
namespace HyperSearch.Schedules;

/// <summary>
/// Decides how many epochs a trial gets and when it stops. An implementation is a sealed record whose properties are its options.
/// </summary>
public interface ISchedule
{
    /// <summary>
    /// Whether it leaves decisions to a model of all results (<see cref="ScheduleDecision.Choose"/>). Default: no.
    /// </summary>
    bool ComparesByModel => false;

    /// <summary>The state before any job.</summary>
    /// <param name="epochs">The full budget of a trial, in epochs; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options cannot work with that budget.</exception>
    IScheduleState Initial(int epochs);

    /// <summary>The state before any job of a search whose number of trials is known. Default: the same for any number.</summary>
    /// <param name="epochs">The full budget of a trial, in epochs; at least 1.</param>
    /// <param name="trials">How many trials are planned; an extended campaign may have more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options cannot work with that budget.</exception>
    IScheduleState Initial(int epochs, int trials) => Initial(epochs);
}
