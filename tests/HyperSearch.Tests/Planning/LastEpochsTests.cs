using HyperSearch.Planning;

namespace HyperSearch.Tests.Planning;

public sealed class LastEpochsTests
{
    [Fact]
    public void Median_IsOfTheLastQuarterAndAtMostOfFive()
    {
        Assert.Equal(3, LastEpochs.Median([9, 1, 2, 3], 4, 3));
        Assert.Equal(2.5, LastEpochs.Median([9, 1, 2, 3], 8, 3));
        Assert.Equal(4, LastEpochs.Median([9, 2, 3, 4, 5, 6], 1000, 6));
    }

    [Theory]
    [InlineData(1e308, 1e308, 1e308)]
    [InlineData(-1e308, -1e308, -1e308)]
    [InlineData(1e308, 1.6e308, 1.6e308)]
    [InlineData(-1e308, 1e308, 0)]
    public void Median_IsFiniteWhereTheSumIsNot(double before, double last, double median) =>
        Assert.Equal(median, LastEpochs.Median([before, last], 8, last));
}
