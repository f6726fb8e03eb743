using System.Runtime.Intrinsics.X86;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Augmenting;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

public sealed class AugmenterTests
{
    private static readonly ImageShape Shape = new(8, 8);

    [Fact]
    public void Flip_MirrorsEverySecondPicture()
    {
        var picture = Random(64);
        var mirrored = new float[64];
        for (var i = 0; i < 64; i++)
            mirrored[i] = picture[(i / 8 * 8) + 7 - (i % 8)];
        var results = Enumerable.Range(0, 2000).Select(n => Augment(new Augmentation { Flip = true }, picture, n)).ToArray();
        Assert.All(results, result => Assert.True(Near(result, picture) || Near(result, mirrored)));
        Assert.InRange(results.Count(result => Near(result, mirrored)), 900, 1100);
    }

    [Fact]
    public void Shift_MovesAndCropsAndRepeatsTheBorder()
    {
        var ramp = Enumerable.Range(0, 64).Select(static i => (float)(i % 8)).ToArray(); // the value is x, so a shift shows as a difference
        Assert.All(Enumerable.Range(0, 200), n =>
        {
            var moved = Augment(new Augmentation { ShiftPixels = 2 }, ramp, n);
            var shift = moved[4] - 4;
            Assert.InRange(shift, -2, 2);
            Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(Math.Clamp(ramp[i] + shift, 0, 7), moved[i], 1e-4));
        });
    }

    [Fact]
    public void Rotate_TurnsAboutTheCentre()
    {
        var ramp = Enumerable.Range(0, 64).Select(static i => (i % 8) - 3.5f).ToArray();
        Assert.All(Enumerable.Range(0, 200), n =>
        {
            var turned = Augment(new Augmentation { RotateDegrees = 20 }, ramp, n);
            var angle = Math.Atan2(turned[36] - turned[28], turned[28] - turned[27]); // slope along y and along x, at the centre
            Assert.InRange(Math.Abs(angle), 0, 20.001 * Math.PI / 180);
            Assert.All([18, 27, 28, 35, 36, 45], i =>
                Assert.Equal((((i % 8) - 3.5) * Math.Cos(angle)) + (((i / 8) - 3.5) * Math.Sin(angle)), turned[i], 1e-4));
        });
    }

    [Fact]
    public void Zoom_ScalesAboutTheCentre()
    {
        var ramp = Enumerable.Range(0, 64).Select(static i => (i % 8) - 3.5f).ToArray();
        var zooms = Enumerable.Range(0, 500).Select(n => 1 / (Augment(new Augmentation { Zoom = 0.2 }, ramp, n)[4] / 0.5)).ToArray();
        Assert.All(zooms, zoom => Assert.InRange(zoom, 0.7999, 1.2001));
        Assert.Equal(1, zooms.Average(), 0.03);
        Assert.Equal(0.2 / Math.Sqrt(3), Math.Sqrt(zooms.Average(static z => (z - 1) * (z - 1))), 0.02);
    }

    [Fact]
    public void Elastic_HasTheStrengthAskedForAndIsSmooth()
    {
        var image = new ImageShape(28, 28);
        var field = new ElasticField(image, 1.5);
        var random = RandomStream.For(1, 0, "test");
        double squares = 0, steps = 0;
        const int draws = 2000;
        float[] x = new float[28], y = new float[28];
        for (var n = 0; n < draws; n++)
        {
            field.Draw(random);
            for (var row = 0; row < 28; row++)
            {
                field.Row(row, x, y);
                for (var i = 0; i < 28; i++)
                    squares += ((x[i] * x[i]) + (y[i] * y[i])) / (2.0 * 784 * draws);
                for (var i = 1; i < 28; i++)
                    steps += Math.Pow(x[i] - x[i - 1], 2) / (27.0 * 28 * draws);
            }
        }
        Assert.Equal(1.5, Math.Sqrt(squares), 0.05);
        Assert.InRange(Math.Sqrt(steps), 0.01, 0.5);
    }

    [Fact]
    public void Augment_EqualsAugmentingRawPixelsAndNormalizingThen()
    {
        var options = new Augmentation { ShiftPixels = 1, RotateDegrees = 10, Zoom = 0.1, ElasticPixels = 0.5, Flip = true };
        float[] raw = Random(64), means = Random(64), scales = [.. Random(64).Select(static x => Math.Abs(x) + 0.5f)];
        var normalization = new Normalization(means, scales);
        var expected = Augment(options, raw, 3);
        normalization.Apply(expected);
        var batch = (float[])raw.Clone();
        normalization.Apply(batch);
        new ImageAugmenter(options, Shape, normalization).Augment(batch, 1, 64, RandomStream.For(1, 3, "augment"));
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(expected[i], batch[i], 1e-4));
    }

    [Fact]
    public void Augment_LeavesPaddingAndItsColoursApart()
    {
        var image = new ImageShape(4, 4, 3);
        var batch = new float[3 * 64];
        Array.Fill(batch, -9);
        for (var row = 0; row < 3; row++)
        {
            for (var i = 0; i < 48; i++)
                batch[(row * 64) + i] = i % 3;
        }
        new ImageAugmenter(new Augmentation { ShiftPixels = 2, ElasticPixels = 1 }, image, Statistics.None(48))
            .Augment(batch, 3, 64, RandomStream.For(1, 0, "augment"));
        for (var i = 0; i < batch.Length; i++)
            Assert.Equal(i % 64 < 48 ? i % 64 % 3 : -9, batch[i], 1e-6);
    }

    [Fact]
    public unsafe void Rows_HaveTheSameBitsByEightAsOneByOne()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no AVX2.");
        var random = RandomStream.For(1, 0, "lines");
        float Near(double reach) => (float)(((2 * random.NextDouble()) - 1) * reach);
        foreach (var image in (ImageShape[])[new(8, 8), new(5, 9), new(28, 28), new(1, 8)])
        {
            Assert.True(Bilinear.IsWide(image));
            var picture = Random((image.Width * image.Height) + Bilinear.Padding);
            for (var n = 0; n < 200; n++)
            {
                var line = new Bilinear.Line(Near(image.Width + 2), Near(image.Height + 2), Near(1.5), Near(1.5));
                float[] bendX = [.. Enumerable.Range(0, image.Width).Select(_ => Near(2))], bendY = [.. bendX.Select(_ => Near(2))];
                float[] eight = new float[image.Width], one = new float[image.Width];
                if (n % 4 > 0) // moved or mirrored only
                {
                    Array.Clear(bendX);
                    Array.Clear(bendY);
                    line = line with { StepX = n % 4 == 1 ? -1 : 1, StepY = 0 };
                }
                if (n % 4 == 3) // to where pixels are
                    line = line with { StartX = MathF.Truncate(line.StartX), StartY = MathF.Truncate(line.StartY) };
                fixed (float* raw = picture, x = bendX, y = bendY, wide = eight, narrow = one)
                {
                    Bilinear.WideRow(raw, image, line, x, y, wide);
                    Bilinear.Row(raw, image, line, x, y, narrow);
                }
                Assert.Equal(one.Select(BitConverter.SingleToUInt32Bits), eight.Select(BitConverter.SingleToUInt32Bits));
            }
        }
    }

    [Fact]
    public void Augment_IsAFunctionOfItsStream()
    {
        var all = new Augmentation { Flip = true, ShiftPixels = 2, RotateDegrees = 15, Zoom = 0.1, ElasticPixels = 1 };
        var picture = Random(64);
        Assert.Equal(Augment(all, picture, 1), Augment(all, picture, 1));
        Assert.NotEqual(Augment(all, picture, 1), Augment(all, picture, 2));
    }

    [Fact]
    public void Augment_AllocatesNothing()
    {
        var augmenter = new ImageAugmenter(new Augmentation
        {
            Flip = true,
            ShiftPixels = 2,
            RotateDegrees = 15,
            Zoom = 0.1,
            ElasticPixels = 1
        }, Shape, Statistics.None(64));
        var batch = new float[32 * 64];
        var random = RandomStream.For(1, 0, "augment");
        augmenter.Augment(batch, 32, 64, random);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 10; n++)
            augmenter.Augment(batch, 32, 64, random);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Create_NeedsPicturesAndSaneStrengths()
    {
        using var digits = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit", Image = "8x8" },
            1);
        using var plain = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "spiral.csv", Label = "class" }, 1);
        Assert.Null(Augmenter.Create(new Augmentation(), plain));
        Assert.NotNull(Augmenter.Create(new Augmentation { ShiftPixels = 1 }, digits));
        Assert.Contains("Augmentation needs pictures", Error(new Augmentation { Flip = true }, plain), StringComparison.Ordinal);
        Assert.Contains("A zoom lies between 0 and 0.9 for these data, not at 1.5", Error(new Augmentation { Zoom = 1.5 }, digits),
            StringComparison.Ordinal);
        Assert.Contains("not at NaN", Error(new Augmentation { RotateDegrees = double.NaN }, digits), StringComparison.Ordinal);
    }

    [Fact]
    public void Trainer_AugmentsWhatItsOptionsAskForAndResumesExactly()
    {
        using var files = new Files();
        using var digits = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit", Image = "8x8" },
            1);
        var plain = new TrainerOptions { HiddenUnits = 16 };
        var augmented = plain with { Augmentation = new Augmentation { ShiftPixels = 0.5, RotateDegrees = 10 } };
        double Straight(TrainerOptions options)
        {
            using var trainer = new Trainer(digits, options, 3);
            return trainer.Epochs(4).TrainCost;
        }
        var path = Path.Combine(files.Folder, "checkpoint");
        using (var first = new Trainer(digits, augmented, 3))
        {
            first.Epochs(2);
            first.Save(path);
        }
        using var second = new Trainer(digits, augmented, 3);
        second.Restore(path);
        Assert.Equal(Straight(augmented), second.Epochs(2).TrainCost);
        Assert.NotEqual(Straight(plain), Straight(augmented));
    }

    private static string Error(Augmentation options, Dataset data) =>
        Assert.Throws<DataException>(() => Augmenter.Create(options, data)).Message;

    private static float[] Augment(Augmentation options, float[] picture, int number)
    {
        var batch = (float[])picture.Clone();
        new ImageAugmenter(options, Shape, Statistics.None(64)).Augment(batch, 1, 64, RandomStream.For(1, (ulong)number, "augment"));
        return batch;
    }

    private static bool Near(float[] a, float[] b) => a.Zip(b).All(static pair => Math.Abs(pair.First - pair.Second) < 1e-5);

    private static float[] Random(int count)
    {
        var random = RandomStream.For(9, (ulong)count, "picture");
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }
}
