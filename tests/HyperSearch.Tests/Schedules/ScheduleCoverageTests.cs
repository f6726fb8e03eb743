using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class ScheduleCoverageTests
{
    public static TheoryData<Type> Schedules =>
        [.. typeof(ISchedule).Assembly.GetExportedTypes().Where(type => typeof(ISchedule).IsAssignableFrom(type) && !type.IsInterface)];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void EverySchedule_IsListedInMethodNames(Type schedule) =>
        Assert.Contains(MethodNames.Schedules, named => named.Type == schedule);

    [Theory]
    [MemberData(nameof(Schedules))]
    public void EverySchedule_HasAContractTest(Type schedule) =>
        Assert.Contains(typeof(ScheduleContract).Assembly.GetTypes(),
            type => type.IsSubclassOf(typeof(ScheduleContract)) && type.Name == schedule.Name + "Tests");
}
