using HyperSearch.Training.Kernels;
using HyperSearch.Training.Losses;

namespace HyperSearch.Training.Tests.Losses;

public sealed unsafe class LossTests
{
    [Fact]
    public void Softmax_GivesTheCoursesFigures()
    {
        var (predictions, loss, wrong) = Run<Softmax<Lane8, float>>([5, 2, -1, 3], target: 0);
        Assert.Equal([0.842, 0.042, 0.002, 0.114], predictions.Select(p => Math.Round(p, 3)));
        Assert.Equal(-Math.Log(0.84203357), loss, 5);
        Assert.Equal(0, wrong);
        Assert.Equal(1, Run<Softmax<Lane8, float>>([5, 2, -1, 3], target: 3).Wrong);
    }

    [Fact]
    public void Softmax_SurvivesHugeOutputsAndShowsNaN()
    {
        Assert.Equal(2000, Run<Softmax<Lane8, float>>([1000, -1000], target: 1).Loss);
        Assert.True(float.IsNaN(Run<Softmax<Lane8, float>>([float.NaN, 1], target: 1).Loss));
    }

    [Fact]
    public void Softmax_CountsEqualOutputsAsTheFirstClass()
    {
        Assert.Equal(0, Run<Softmax<Lane8, float>>([0, 0, 0], target: 0).Wrong);
        Assert.Equal(1, Run<Softmax<Lane8, float>>([0, 0, 0], target: 2).Wrong);
    }

    [Theory]
    [InlineData(0.7, 1)]
    [InlineData(-3, 1)]
    [InlineData(2, 0)]
    [InlineData(-60, 1)]
    public void Logistic_IsTheCrossEntropy(double z, int y)
    {
        var (predictions, loss, wrong) = Run<Logistic<Lane8, float>>([(float)z], y);
        var p = 1 / (1 + Math.Exp(-z));
        Assert.Equal(p, predictions[0], 6);
        Assert.Equal(-y * Math.Log(p) - (1 - y) * Math.Log(1 - p), loss, 4);
        Assert.Equal(z > 0 == (y == 1) ? 0 : 1, wrong);
    }

    [Fact]
    public void SquaredError_IsHalfTheSquare() => Assert.Equal(4.5f, Run<SquaredError<Lane8, float>>([5], target: 2).Loss);

    private static (float[] Predictions, float Loss, float Wrong) Run<TLoss>(float[] z, float target)
        where TLoss : struct, ILoss<Lane8, float>
    {
        var pieces = stackalloc float[8 * 8];
        for (var c = 0; c < z.Length; c++)
            Lane8.Store(Lane8.Create(z[c]), pieces + 8 * c);
        var loss = stackalloc float[8];
        Lane8.Store(TLoss.Predict(pieces, z.Length, Lane8.Create(target), out var wrong), loss);
        var mistaken = stackalloc float[8];
        Lane8.Store(wrong, mistaken);
        return ([.. Enumerable.Range(0, z.Length).Select(c => new ReadOnlySpan<float>(pieces, 64)[8 * c])], loss[0], mistaken[0]);
    }
}
