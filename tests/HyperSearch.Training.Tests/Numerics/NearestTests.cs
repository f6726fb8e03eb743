using HyperSearch.Numerics;

namespace HyperSearch.Training.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("sobel", "sobol")]
    [InlineData("leraning_rate", "learning_rate")]
    [InlineData("Learning-Rate", "learning_rate")]
    [InlineData("batch", "batch_size")]
    [InlineData("epoch", "epochs")]
    [InlineData("rate", "learning_rate")]
    public void Of_FindsTheWordThatWasMeant(string written, string meant) =>
        Assert.Equal(meant, Nearest.Of(written, ["random", "sobol", "learning_rate", "batch_size", "epochs", "l2"]));

    [Theory]
    [InlineData("zebra")]
    [InlineData("x")]
    [InlineData("")]
    public void Of_IsSilentWhenNothingIsClose(string written) => Assert.Null(Nearest.Of(written, ["random", "sobol", "learning_rate"]));

    [Fact]
    public void Distance_CountsASwapOnce() => Assert.Equal([0, 1, 1, 1, 3],
        new[] { ("ab", "ab"), ("ab", "ba"), ("ab", "abc"), ("ab", "xb"), ("", "abc") }.Select(
            pair => Nearest.Distance(pair.Item1, pair.Item2)));

    [Fact]
    public void List_CutsLongListsShort() =>
        Assert.EndsWith(", 11, … (40 in all)", Nearest.List([.. Enumerable.Range(0, 40).Select(i => $"{i}")]), StringComparison.Ordinal);
}
