using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Training.Tests.Data;

/// <summary>Folders of pictures, one folder for each class.</summary>
public sealed class PictureFolderTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Load_TakesFoldersForClasses()
    {
        Fill("p", 10, (y, x, i) => (byte)((y * 10) + x + i));
        _files.Write("p/readme.txt", "no picture");
        using var data = _files.Load(new DataSource { Path = "p", Normalize = "none" });
        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Equal(new ImageShape(2, 3), data.Image);
        Assert.Equal((12, 4, 4), (data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.All(Enumerable.Range(0, data.Train.Rows), row =>
        {
            var pixels = data.Train.Features.Row(row);
            var first = (int)pixels[0];
            Assert.Equal(first % 2, data.Train.Labels[row]);
            Assert.Equal([first, first + 1, first + 2, first + 10, first + 11, first + 12], pixels);
        });
        Assert.Collection(data.Reading.Notes,
            static pictures => Assert.Contains("20 pictures of 2x3, grey; the folders are the classes", pictures, StringComparison.Ordinal),
            static others => Assert.Contains("1 file that is not called .png, .jpg or .jpeg is passed over", others,
                StringComparison.Ordinal));
    }

    [Fact]
    public void Load_FollowsALinkButNoneThatLeadsBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few make links.");
        Fill("p", 10, (y, x, i) => (byte)((y * 10) + x + i));
        Fill("elsewhere", 10, (y, x, i) => (byte)(100 + (y * 10) + x + i));
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "p", "fox"), Path.Combine(_files.Folder, "elsewhere", "cat"));
        using (var data = _files.Load(new DataSource { Path = "p" }))
        {
            Assert.Equal(["cat", "dog", "fox"], data.Classes);
            Assert.Equal(30, data.Train.Rows + data.Dev.Rows + data.Test.Rows);
        }

        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "p", "cat", "self"), ".");
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "p", "dog", "all"), Path.Combine(_files.Folder, "p"));
        Assert.Equal(
            "p/cat/self is a link to a folder that it lies in, so its pictures would be met again and again. Remove the link.\n"
            + "p/dog/all is a link to a folder that it lies in, so its pictures would be met again and again. Remove the link.",
            _files.Error(new DataSource { Path = "p" }).Replace(_files.Folder + "/", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ReadsColourFromJpegAndPngAndDropsTransparency()
    {
        for (var i = 0; i < 5; i++)
        {
            Write($"p/a/{i}.JPG", Pictures.Jpeg);
            Write($"p/b/{i}.png", Pictures.Png(8, 8, 4, static (_, _, c) => (byte)(c * 50)));
            Write($"p/c/{i}.png", Pictures.Png(8, 8, 1, static (_, _, _) => 7));
        }
        using var data = _files.Load(new DataSource { Path = "p", Normalize = "none" });
        Assert.Equal(new ImageShape(8, 8, 3), data.Image);
        Assert.All(Enumerable.Range(0, data.Train.Rows), row =>
        {
            float[][] expected = [[32, 64, 128], [0, 50, 100], [7, 7, 7]];
            var pixels = data.Train.Features.Row(row);
            for (var i = 0; i < pixels.Length; i++)
                Assert.Equal(expected[data.Train.Labels[row]][i % 3], pixels[i], 2.0);
        });
    }

    [Theory]
    [InlineData("2x2", 4, 4, new[] { 2.5f, 4.5f, 10.5f, 12.5f })]
    [InlineData("1x1", 3, 3, new[] { 4f })]
    [InlineData("4x2", 2, 2, new[] { 0f, 1f, 0f, 1f, 2f, 3f, 2f, 3f })]
    [InlineData("2x2", 3, 3, new[] { 4 / 3f, 8 / 3f, 16 / 3f, 20 / 3f })]
    public void Load_ScalesByTheMeanOfTheAreaUnderEachPixel(string shape, int height, int width, float[] expected)
    {
        Fill("p", 5, (y, x, _) => (byte)((y * width) + x), height, width);
        using var data = _files.Load(new DataSource { Path = "p", Image = shape, Normalize = "none" });
        Assert.Equal(expected, data.Train.Features.Row(0).ToArray().Select(static x => x), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Load_RefusesWhatItCannotLearnFrom()
    {
        Fill("p", 5, static (y, x, i) => (byte)i);
        Write("p/cat/odd.png", Pictures.Png(4, 4, 1, static (_, _, _) => 0));
        Assert.Contains("has 4x4 pixels", _files.Error(new DataSource { Path = "p" }), StringComparison.Ordinal);
        Assert.Contains("such as `image: 32x32x3`", _files.Error(new DataSource { Path = "p" }), StringComparison.Ordinal);
        Write("p/cat/odd.png", [1, 2, 3, 4]);
        Write("p/dog/odd.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2]);
        Write("p/lost.png", Pictures.Png(2, 3, 1, static (_, _, _) => 0));
        Assert.Contains("lost.png: the picture lies in no folder of a class", _files.Error(new DataSource { Path = "p" }),
            StringComparison.Ordinal);
        File.Delete(Path.Combine(_files.Folder, "p", "lost.png"));
        var error = _files.Error(new DataSource { Path = "p" });
        Assert.Contains("p/cat/odd.png: ", error, StringComparison.Ordinal);
        Assert.Contains("p/dog/odd.png: ", error, StringComparison.Ordinal);
        Assert.Contains("1 channel (grey) or 3, not 4", _files.Error(new DataSource { Path = "p", Image = "2x2x4" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TakesNoPartsOfTheDataForClasses()
    {
        Fill("p/train", 5, static (y, x, i) => (byte)i);
        Fill("p/Test", 5, static (y, x, i) => (byte)i);
        var error = _files.Error(new DataSource { Path = "p" });
        Assert.Contains("parts of the data and no classes. Name each: `data: {test: ", error, StringComparison.Ordinal);
        Assert.EndsWith("p/train}`.", error, StringComparison.Ordinal);
        using var data = _files.Load(new DataSource { Train = "p/train", Test = "p/Test" });
        Assert.Equal(["cat", "dog"], data.Classes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_NeverCrashesOnADamagedPicture(bool isJpeg)
    {
        var refused = 0;
        var whole = isJpeg ? Pictures.Jpeg : Pictures.Png(6, 5, 3, static (y, x, c) => (byte)((y * 40) + (x * 9) + c));
        Fill("p", 5, static (_, _, i) => (byte)i, 8, 8);
        var name = isJpeg ? "p/cat/z.jpg" : "p/cat/z.png";
        for (var i = 0; i < whole.Length; i++)
        {
            foreach (var mask in new byte[] { 0x01, 0x80, 0xff })
            {
                var damaged = (byte[])whole.Clone();
                damaged[i] ^= mask;
                Write(name, damaged);
                try
                {
                    _files.Load(new DataSource { Path = "p", Image = "4x4" }).Dispose();
                }
                catch (DataException e)
                {
                    refused++;
                    Assert.Contains(name, e.Message, StringComparison.Ordinal);
                }
            }
            Write(name, whole[..i]);
            Assert.Contains(name, _files.Error(new DataSource { Path = "p", Image = "4x4" }), StringComparison.Ordinal);
        }

        Assert.True(refused > 0, "No damage was noticed.");
    }

    [Fact]
    public void Label_ReadsFoldersOfPictures()
    {
        Fill("p", 10, static (y, x, i) => (byte)((i * 90) + y + x));
        using var data = _files.Load(new DataSource { Path = "p" });
        using var trainer = new Trainer(data, TrainerOptions.From(new Dictionary<string, object>()), 1);
        var model = trainer.ToModel();
        var known = Predictor.Label(model, Path.Combine(_files.Folder, "p"));
        Assert.Equal((20, data.Train.Rows), (known.Confusion!.Rows, known.LearnedRows));
        Write("new/one.png", Pictures.Png(4, 6, 3, static (_, _, _) => 50));
        var report = Predictor.Label(model, Path.Combine(_files.Folder, "new"));
        Assert.Equal("one.png", Assert.Single(report.Predictions).File);
        Assert.Null(report.Confusion);
    }

    /// <summary>Pictures of two classes: those of cats have even numbers, those of dogs odd ones.</summary>
    private void Fill(string folder, int count, Func<int, int, int, byte> value, int height = 2, int width = 3)
    {
        for (var i = 0; i < count; i++)
        {
            Write($"{folder}/cat/{i}.png", Pictures.Png(height, width, 1, (y, x, _) => value(y, x, 2 * i)));
            Write($"{folder}/dog/{i}.png", Pictures.Png(height, width, 1, (y, x, _) => value(y, x, (2 * i) + 1)));
        }
    }

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_files.Folder, name))!);
        _files.Write(name, content);
    }
}
