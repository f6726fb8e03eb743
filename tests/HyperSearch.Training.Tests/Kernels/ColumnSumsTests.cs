using HyperSearch.Numerics;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Tests.Kernels;

public sealed unsafe class ColumnSumsTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 64)]
    [InlineData(7, 70)]
    [InlineData(8, 144)]
    public void Run_AddsEvenRowsThenOddRowsAtEveryLane(int rows, int columns)
    {
        Check<Lane16>(rows, columns);
        Check<Lane8>(rows, columns);
        Check<Lane4>(rows, columns);
    }

    private static void Check<L>(int rows, int columns)
        where L : struct, ILane<L, float>
    {
        using var arena = new Arena();
        var random = RandomStream.For(1, (ulong)columns, "columns");
        var stride = Padding.Stride(columns);
        float* values = arena.Take<float>(rows * stride), sums = arena.Take<float>(stride);
        for (var i = 0; i < rows * columns; i++)
            values[i / columns * stride + i % columns] = (float)random.NextNormal();
        var store = new StoreEpilogue<L, float>(sums, stride);
        ColumnSums.Run<L, float, StoreEpilogue<L, float>>(values, stride, rows, columns, ref store);
        for (var j = 0; j < columns; j++)
        {
            var sum = new float[2];
            for (var i = 0; i < rows - rows % 2; i++)
                sum[i % 2] += values[i * stride + j];
            var even = rows % 2 == 0 ? sum[0] : sum[0] + values[(rows - 1) * stride + j];
            Assert.Equal(even + sum[1], sums[j]);
        }
    }
}
