using HyperSearch.Numerics;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Tests.Kernels;

public sealed unsafe class ProductTests
{
    public static TheoryData<int, int, int> Shapes() =>
        new()
        {
            { 1, 1, 1 }, { 8, 16, 3 }, { 7, 10, 64 }, { 30, 45, 23 }, { 64, 33, 17 }, { 16, 48, 1 }, { 22, 96, 5 },
            { 3, 40, 9 }, { 20, 64, 7 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_IsTheSumInOrderAtEveryLane(int m, int n, int k)
    {
        Check<Lane16>(m, n, k);
        Check<Lane8>(m, n, k);
        Check<Lane4>(m, n, k);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transpose_MovesEveryElement(int rows, int columns, int unused)
    {
        Assert.True(unused > 0);
        Turn<Lane16>(rows, columns);
        Turn<Lane8>(rows, columns);
        Turn<Lane4>(rows, columns);
    }

    private static void Check<L>(int m, int n, int k)
        where L : struct, ILane<L, float>
    {
        using var arena = new Arena();
        var random = RandomStream.For(1, (ulong)(m * n), "product");
        int lda = Padding.Stride(k), ldc = Padding.Stride(n);
        var strips = new Strips(k, n);
        float* a = arena.Take<float>(Padding.To16(m) * lda), b = arena.Take<float>(strips.Length);
        var c = arena.Take<float>(Padding.To16(m) * ldc);
        for (var i = 0; i < m * k; i++)
            a[i / k * lda + i % k] = (float)random.NextNormal();
        for (var i = 0; i < k * n; i++)
            b[strips.At(i / n, i % n)] = (float)random.NextNormal();
        var add = new AddEpilogue<L, float>(c, ldc);
        Product.Run<L, float, AddEpilogue<L, float>>(a, lda, 1, Operand<float>.Packed(b, strips), m, n, k, ref add);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                float sum = 0;
                for (var t = 0; t < k; t++)
                    sum = MathF.FusedMultiplyAdd(a[i * lda + t], b[strips.At(t, j)], sum);
                Assert.Equal(sum, c[i * ldc + j]);
            }
        }
    }

    private static void Turn<L>(int rows, int columns)
        where L : struct, ILane<L, float>
    {
        using var arena = new Arena();
        Strips from = new(rows, columns), to = new(columns, rows);
        float* source = arena.Take<float>(from.Length), target = arena.Take<float>(to.Length);
        for (var i = 0; i < rows * columns; i++)
            source[from.At(i / columns, i % columns)] = i + 1;
        StripTranspose.Run<L, float>(source, from, target, to);
        for (var i = 0; i < rows * columns; i++)
            Assert.Equal(i + 1, target[to.At(i % columns, i / columns)]);
    }
}
