using CsCheck;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

public sealed class FeatureMatrixTests
{
    [Fact]
    public unsafe void Layout_SuitsTheKernels() =>
        Gen.Select(Gen.Int[0, 70], Gen.Int[1, 1100]).Sample(static (rows, columns) =>
        {
            using var matrix = new FeatureMatrix(rows, columns);
            var sum = 0f;
            for (nint i = 0; i < (nint)matrix.AllocatedRows * matrix.RowStride; i++)
                sum += Math.Abs(matrix.Start[i]);
            return (nint)matrix.Start % 64 == 0 && matrix.RowStride >= columns && matrix.RowStride % 16 == 0 && matrix.RowStride % 256 != 0
                && matrix.AllocatedRows >= rows && matrix.AllocatedRows % 16 == 0 && sum == 0;
        }, iter: 200);

    [Fact]
    public void Row_IsWhatWasWritten()
    {
        using var matrix = new FeatureMatrix(3, 5);
        matrix.Writable(1).Fill(7);
        Assert.Equal([0, 0, 0, 0, 0], matrix.Row(0));
        Assert.Equal([7, 7, 7, 7, 7], matrix.Row(1));
        Assert.Equal([0, 0, 0, 0, 0], matrix.Row(2));
    }

    [Fact]
    public void Row_OutsideOrDisposedThrows()
    {
        var matrix = new FeatureMatrix(3, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(-1).Length);
        matrix.Dispose();
        Assert.Throws<ObjectDisposedException>(() => matrix.Row(0).Length);
    }
}
