using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Tests.Execution;
using HyperSearch.Tests.Journals;

namespace HyperSearch.Tests.Conventions;

public sealed class ContractTests
{
    public static TheoryData<Type, Type> Implementations =>
    [
        .. Of(typeof(IJournal)).Select(static type => (type, typeof(JournalContract))),
        .. Of(typeof(IWorkers)).Select(static type => (type, typeof(WorkersContract))),
    ];

    [Theory]
    [MemberData(nameof(Implementations))]
    public void EveryJournalAndAllWorkers_HaveAContractTest(Type implementation, Type contract) => Assert.Contains(
        contract.Assembly.GetTypes(), type => type.IsSubclassOf(contract) && type.Name == implementation.Name + "Tests");

    private static IEnumerable<Type> Of(Type role) =>
        typeof(KeptCampaign).Assembly.GetTypes().Where(type => role.IsAssignableFrom(type) && type != role);
}
