using System.Reflection;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

public sealed class ScaleCoverageTests
{
    public static TheoryData<Type> Scales =>
        [.. typeof(Scale).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Scale)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Scales))]
    public void EveryScale_HasAContractTest(Type scale) =>
        Assert.Contains(typeof(ScaleContract).Assembly.GetTypes(), type => type.IsSubclassOf(typeof(ScaleContract))
            && type.Name == scale.Name + "Tests");

    [Theory]
    [MemberData(nameof(Scales))]
    public void EveryScale_IsListedInScaleNotations(Type scale) =>
        Assert.Contains((ScaleNotation)scale.GetField("Notation", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!,
            ScaleNotations.All);
}
