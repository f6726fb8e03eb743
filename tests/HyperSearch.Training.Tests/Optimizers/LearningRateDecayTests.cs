namespace HyperSearch.Training.Tests.Optimizers;

public sealed class LearningRateDecayTests
{
    [Theory]
    [InlineData("decay=none", 7, 0.2)]
    [InlineData("decay=inverse_time decay_rate=1", 1, 0.1)]
    [InlineData("decay=inverse_time decay_rate=1", 2, 0.0666666666666667)] // the course's 0.2, 0.1, 0.067, 0.05
    [InlineData("decay=inverse_time decay_rate=1", 3, 0.05)]
    [InlineData("decay=exponential decay_rate=0.95", 10, 0.119747387847676)] // 0.2·0.95¹⁰
    [InlineData("decay=exponential decay_rate=0.95 decay_epochs=4", 6, 0.185189092551370)] // 0.2·0.95^1.5
    [InlineData("decay=inverse_sqrt decay_rate=3", 1, 0.1)]
    [InlineData("decay=staircase decay_rate=0.5 decay_epochs=5", 14, 0.05)]
    [InlineData("decay=staircase decay_rate=0.5 decay_epochs=5", 15, 0.025)]
    [InlineData("decay=table", 4, 0.2)]
    [InlineData("decay=table", 5, 0.02)]
    [InlineData("decay=table", 99, 0.004)]
    [InlineData("decay=cosine epochs=10", 0, 0.2)]
    [InlineData("decay=cosine epochs=10", 5, 0.1)]
    [InlineData("decay=cosine epochs=10", 13, 0)] // beyond the plan it stays at the end and does not rise again
    [InlineData("decay=cosine epochs=12 warmup_epochs=2", 7, 0.1)]
    [InlineData("warmup_epochs=3", 0, 0.05)]
    [InlineData("warmup_epochs=3", 2, 0.15)]
    [InlineData("warmup_epochs=3 decay=inverse_time decay_rate=1", 4, 0.1)]
    public void At_FollowsItsEquation(string search, int epoch, double expected)
    {
        var options = Synthetic.Options(search) with { LearningRate = 0.2, DecayTable = [(5, 0.02), (50, 0.004)] };
        Assert.Equal(expected, options.LearningRates.At(epoch), 12);
    }
}
