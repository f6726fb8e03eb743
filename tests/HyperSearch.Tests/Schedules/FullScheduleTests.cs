using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class FullScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new FullSchedule();
}
