using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

public sealed class ArrayFileTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_ReadsIdxPictures(bool zipped)
    {
        var pixels = Enumerable.Range(0, 30 * 6).Select(static i => (byte)(i % 251)).ToArray();
        _files.Write("images", Zip(Idx(8, [30, 2, 3], pixels), zipped));
        _files.Write("labels", Zip(Idx(8, [30], [.. Enumerable.Range(0, 30).Select(static i => (byte)(i % 3))]), zipped));
        using var data = _files.Load(new DataSource { Images = "images", Labels = "labels", Normalize = "none" });
        Assert.Equal(new ImageShape(2, 3), data.Image);
        Assert.Equal(["p0_0", "p0_1", "p0_2", "p1_0", "p1_1", "p1_2"], data.FeatureNames);
        Assert.Equal((LearningTask.MultiClass, 18, 6, 6), (data.Task, data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.All(Enumerable.Range(0, 18), i =>
        {
            var first = (int)data.Train.Features.Row(i)[0];
            Assert.Equal([first, first + 1, first + 2, first + 3, first + 4, first + 5], data.Train.Features.Row(i));
            Assert.Equal(first / 6 % 3, data.Train.Labels[i]);
        });
    }

    [Fact]
    public void Load_NormalizesPicturesByOneMeanAndDeviation()
    {
        _files.Write("images", Idx(8, [30, 2, 2], [.. Enumerable.Range(0, 120).Select(static i => (byte)(i * 37 % 256))]));
        _files.Write("labels", Idx(8, [30], [.. Enumerable.Range(0, 30).Select(static i => (byte)(i % 2))]));
        using var data = _files.Load(new DataSource { Images = "images", Labels = "labels" });
        float[] all = [.. Enumerable.Range(0, data.Train.Rows).SelectMany(i => data.Train.Features.Row(i).ToArray())];
        Assert.Equal(0, all.Average(), 1e-5);
        Assert.Equal(1, all.Average(static x => x * x), 1e-5);
        Assert.Single(data.Normalization.Means.Distinct());
    }

    [Fact]
    public void Load_KeepsExplicitTestPictures()
    {
        _files.Write("i", Idx(8, [30, 2, 2], new byte[120]));
        _files.Write("l", Idx(8, [30], [.. Enumerable.Range(0, 30).Select(static i => (byte)(i % 2))]));
        _files.Write("ti", Idx(8, [4, 2, 2], [.. Enumerable.Repeat((byte)9, 16)]));
        _files.Write("tl", Idx(8, [4], [1, 0, 1, 1]));
        using var data = _files.Load(new DataSource
        {
            Images = "i",
            Labels = "l",
            TestImages = "ti",
            TestLabels = "tl",
            Normalize = "none"
        });
        Assert.Equal((24, 6, 4), (data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.Equal([1, 0, 1, 1], data.Test.Labels);
        Assert.Equal([9, 9, 9, 9], data.Test.Features.Row(3));
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData(">f4")]
    [InlineData("<f8")]
    [InlineData("<i2")]
    [InlineData("|u1")]
    public void Load_ReadsNumpy(string type)
    {
        var values = Enumerable.Range(0, 40).Select(static i => i * 3 % 100).ToArray();
        _files.Write("x.npy", Npy(type, "20, 2", values));
        _files.Write("y.npy", Npy("<i4", "20,", [.. Enumerable.Range(0, 20).Select(static i => i % 2)]));
        using var data = _files.Load(new DataSource { Images = "x.npy", Labels = "y.npy", Normalize = "none" });
        Assert.Null(data.Image);
        Assert.Equal(["x0", "x1"], data.FeatureNames);
        var rows = Enumerable.Range(0, 20).Select(i => (float)values[2 * i]).ToHashSet();
        Assert.All(Enumerable.Range(0, 12), i => Assert.Contains(data.Train.Features.Row(i)[0], rows));
    }

    [Theory]
    [InlineData("20, 2")]
    [InlineData("20, 3, 2")]
    [InlineData("20, 3, 2, 2")]
    public void Load_ReadsNumpyStoredByColumn(string shape)
    {
        int[] sizes = [.. shape.Split(", ").Select(static size => int.Parse(size, CultureInfo.InvariantCulture))];
        var values = Enumerable.Range(0, sizes.Aggregate(static (a, b) => a * b)).ToArray();
        var byColumn = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (rest, stride, target) = (i, values.Length, 0);
            foreach (var size in sizes.Reverse())
            {
                stride /= size;
                (rest, var index) = Math.DivRem(rest, size);
                target += index * stride;
            }
            byColumn[target] = values[i];
        }
        _files.Write("x.npy", Npy("<f8", shape, values));
        _files.Write("f.npy", Npy("<f8", shape, byColumn, "True"));
        _files.Write("y.npy", Npy("<i4", "20,", [.. Enumerable.Range(0, 20).Select(static i => i % 2)]));
        using var rows = _files.Load(new DataSource { Images = "x.npy", Labels = "y.npy" });
        using var columns = _files.Load(new DataSource { Images = "f.npy", Labels = "y.npy" });
        Assert.Equal(rows.Fingerprint, columns.Fingerprint);
    }

    [Fact]
    public void Load_KeepsTheDigitsOfLargeNumpyNumbers()
    {
        int[] near = [.. Enumerable.Range(0, 60).SelectMany(static i => new[] { i * 17 % 50, i % 2 })];
        int[] far = [.. near.Select(static (value, i) => i % 2 == 0 ? 1_700_000_000 + value : value)];
        using var small = _files.Load(new DataSource { Path = _files.Write("near.npy", Npy("<i4", "60, 2", near)) });
        using var large = _files.Load(new DataSource { Path = _files.Write("far.npy", Npy("<f8", "60, 2", far)) });
        Assert.Equal(1_700_000_000, large.Schema.Columns[0].Origin);
        for (var row = 0; row < small.Train.Rows; row++)
            Assert.Equal(small.Train.Features.Row(row)[0], large.Train.Features.Row(row)[0]);
    }

    [Fact]
    public void Load_TakesTheLastColumnOfANumpyMatrixForTheLabel()
    {
        int[] Rows(int from, int count) => [.. Enumerable.Range(from, count).SelectMany(static i => new[] { i, 2 * i, i % 3 })];
        _files.Write("train.npy", Npy("<f8", "30, 3", Rows(0, 30)));
        _files.Write("test.npy", Npy("<f4", "6, 3", Rows(60, 6)));
        using var data = _files.Load(new DataSource { Train = "train.npy", Test = "test.npy", Normalize = "none" });
        Assert.Equal((24, 6, 6), (data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.Equal([60, 120], data.Test.Features.Row(0));
        Assert.All(Enumerable.Range(0, 24), i => Assert.Equal((int)data.Train.Features.Row(i)[0] % 3, data.Train.Labels[i]));
        _files.Write("test.npy", Npy("<f4", "6, 2", Rows(60, 4)));
        var shape = _files.Error(new DataSource { Train = "train.npy", Test = "test.npy" });
        Assert.Contains("an example has the shape 2; the examples of", shape, StringComparison.Ordinal);
        _files.Write("one.npy", Npy("<f4", "6, 1", Rows(60, 2)));
        Assert.Contains("in the last column, labels", _files.Error(new DataSource { Path = "one.npy" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RefusesMalformedArrays()
    {
        var labels = Idx(8, [6], [0, 1, 0, 1, 0, 1]);
        var images = Idx(8, [6, 2, 2], new byte[24]);
        Refuses(images[..^1], labels, "is truncated");
        Refuses(images[..7], labels, "truncated");
        Refuses(images[..3], labels, "truncated");
        Refuses([.. images, 0], labels, "more bytes than the 6 examples");
        Refuses(images, Idx(8, [5], [0, 1, 0, 1, 0]), "labels has 5 labels; ");
        Refuses(images, labels[..^2], "truncated");
        Refuses([1, 2, 3, 4, 5], labels, "neither an IDX nor an NPY file; its first bytes are 01020304");
        Refuses([0, 0, 7, 1, 0, 0, 0, 1, 5], labels, "type 0x07 is unknown");
        Refuses([0, 0, 8, 9, 0, 0, 0, 1, 5], labels, "says 9 dimensions");
        Refuses(Idx(8, [int.MaxValue, 28, 28], []), labels, "more than the file can hold");
        Refuses(Idx(8, [-1, 28], []), labels, "every dimension must be positive");
        Refuses(labels, labels, "one number for each example");
        Refuses(images, images, "labels are one");
        Refuses(Zip(images, true)[..^12], labels, "gzip");
        var numpy = Npy("<f4", "6, 2", new int[12]);
        Refuses(numpy[..^1], labels, "truncated");
        Refuses(numpy[..20], labels, "truncated");
        Refuses(Npy("|O8", "6, 2", new int[12]), labels, "cannot be read");
        Refuses(Npy("|V8", "6, 2, 1, 1, 1", new int[12]), labels, "numbers of the NPY type V8 cannot be read");
        Refuses(Npy("<f4", "99999999999, 2", new int[12]), labels, "says 99999999999 for a dimension");
        Refuses([.. numpy[..6], 9, 0, .. numpy[8..]], labels, "version is unknown");
        BinaryPrimitives.WriteSingleLittleEndian(numpy.AsSpan(numpy.Length - 4), float.NaN);
        Refuses(numpy, labels, "row 6, feature 2 is NaN");
        BinaryPrimitives.WriteSingleLittleEndian(numpy.AsSpan(numpy.Length - 4), float.NegativeInfinity);
        Refuses(numpy, labels, "row 6, feature 2 is -Infinity");
    }

    [Fact]
    public void Load_NeverCrashesOnADamagedFile()
    {
        var refused = 0;
        _files.Write("labels", Idx(8, [6], [0, 1, 0, 1, 0, 1]));
        foreach (var whole in new[] { Idx(8, [6, 2, 2], new byte[24]), Npy("<f4", "6, 2", new int[12]) })
        {
            for (var i = 0; i < whole.Length; i++)
            {
                var damaged = (byte[])whole.Clone();
                damaged[i] ^= 0x41;
                try
                {
                    _files.Write("images", damaged);
                    _files.Load(new DataSource { Images = "images", Labels = "labels" }).Dispose();
                }
                catch (DataException e)
                {
                    refused++;
                    Assert.NotEmpty(e.Message);
                }
            }
        }

        Assert.True(refused > 0, "No damage was noticed.");
    }

    private void Refuses(byte[] images, byte[] labels, string message)
    {
        _files.Write("images", images);
        _files.Write("labels", labels);
        Assert.Contains(message, _files.Error(new DataSource { Images = "images", Labels = "labels" }), StringComparison.Ordinal);
    }

    private static byte[] Idx(byte type, int[] shape, byte[] values)
    {
        var header = new byte[4 + (4 * shape.Length)];
        (header[2], header[3]) = (type, (byte)shape.Length);
        for (var i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), shape[i]);
        return [.. header, .. values];
    }

    private static byte[] Npy(string type, string shape, int[] values, string fortran = "False")
    {
        var text = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': ({shape}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.Latin1.GetBytes(text),
            .. values.SelectMany(value => Number(type, value))];
    }

    private static byte[] Number(string type, int value)
    {
        byte[] little = type[1..] switch
        {
            "f4" => BitConverter.GetBytes((float)value),
            "f8" => BitConverter.GetBytes((double)value),
            "i2" => BitConverter.GetBytes((short)value),
            "u1" => [(byte)value],
            _ => BitConverter.GetBytes(value),
        };
        return type[0] == '>' ? [.. little.Reverse()] : little;
    }

    private static byte[] Zip(byte[] content, bool zipped)
    {
        if (!zipped)
            return content;
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return buffer.ToArray();
    }
}
