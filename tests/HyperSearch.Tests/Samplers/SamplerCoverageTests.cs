using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Samplers;

namespace HyperSearch.Tests.Samplers;

public sealed class SamplerCoverageTests
{
    public static TheoryData<Type> Samplers =>
        [.. typeof(ISampler).Assembly.GetExportedTypes().Where(type => typeof(ISampler).IsAssignableFrom(type) && !type.IsInterface)];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void EverySampler_IsListedInMethodNames(Type sampler) =>
        Assert.Contains(MethodNames.Samplers, named => named.Type == sampler);

    [Theory]
    [MemberData(nameof(Samplers))]
    public void EverySampler_HasAContractTest(Type sampler) =>
        Assert.Contains(typeof(SamplerContract).Assembly.GetTypes(),
            type => type.IsSubclassOf(typeof(SamplerContract)) && type.Name == sampler.Name + "Tests");
}
