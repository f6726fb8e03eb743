using System.IO.Compression;
using System.IO.Pipes;
using System.Text;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

/// <summary>Every kind of malformed CSV gets its message: what is wrong, where, and what would be right.</summary>
public sealed class CsvErrorTests : IDisposable
{
    private const string Good = "a,b,y\n1,2,0\n2,3,1\n3,4,0\n4,5,1\n5,6,0\n6,7,1\n";
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("\n\n", "the file is empty")]
    [InlineData("a,b,y\n", "a header but no row")]
    [InlineData("a,b,y\n1,2,0\n3,4\n", "data.csv:3: row 2 has 2 cells; the header has 3")]
    [InlineData("a,b,y\n1,2,0\n\n3,4,5,6\n", "data.csv:4: row 2 has 4 cells")]
    [InlineData("a,b,y\n1,2\n3,4\n", "data.csv:2: row 1 has 2 cells; the header has 3")]
    [InlineData("a,a,y\n1,2,0\n", "2 columns are called \"a\"")]
    [InlineData("a,,y\n1,2,0\n", "column 2 of the header has no name")]
    [InlineData("1,2,3\n1,2,0\n", "the first line holds numbers")]
    [InlineData("a,b,y\n1,2,0\n1,x7,1\n2,2,0\n", "data.csv:3: row 2, column \"b\" holds the text \"x7\" in a column of numbers")]
    [InlineData("a,b,y\n1,p,0\n1,q,1\n2,7,0\n", "data.csv:4: row 3, column \"b\" holds the number \"7\" in a column of texts")]
    [InlineData("a,b,y\n1,2,0\n1,,1\n", "data.csv:3: row 2, column \"b\" is missing")]
    [InlineData("a,b,y\n1,2,0\n1,NaN,1\n", "row 2, column \"b\" is missing (\"NaN\"). Fill it in, or set `missing: mean`")]
    [InlineData("a,b,y\n1,2,0\n1,Infinity,1\n", "row 2, column \"b\" holds \"Infinity\", which is not a finite number")]
    [InlineData("a,b,y\n1,2,0\n1,-1e39,1\n", "row 2, column \"b\" holds \"-1e39\"")]
    [InlineData("a,b,y\n1,-3e38,0\n1,3e38,1\n2,-3e38,0\n1,3e38,1\n2,-3e38,0\n1,3e38,1\n",
        "data.csv: the values of column \"b\" reach from -3E+38 to 3E+38, further than single precision holds")]
    [InlineData("a,b,y\n1,2,\n", "row 1, column \"y\": the label is missing")]
    [InlineData("a,b,y\n1,2,Infinity\n", "the label \"Infinity\" is not a finite number")]
    [InlineData("a,b,y\n1,2,0\n2,3,0\n3,4,0\n", "is \"0\" in every row")]
    [InlineData("a,b,y\n1,2,p\n2,3,q\n3,4,r\n", "is different in each of the 3 rows")]
    [InlineData("a,b,y\n1,2,1.5\n2,3,o.7\n3,4,2.5\n", "holds the text \"o.7\". For a number to predict, correct it")]
    [InlineData("a,b,y\n1,2,p\n2,3,p\n3,4,p\n1,2,q\n2,3,q\n3,4,q\n1,1,lone\n",
        "the class \"lone\" has a single row; training, development and test need at least one each")]
    [InlineData("a,b,y\n1,2,p\n2,3,p\n3,4,p\n1,2,q\n2,3,q\n", "the class \"q\" has 2 rows")]
    [InlineData("a,b,y\n1,\"2,0\n2,3,1\n", "the quotes of this line do not match")]
    [InlineData("a,b,y\n1,2\"2\",0\n2,3,1\n", "the quotes of this line do not match")]
    [InlineData("a,b,y\n1,2,1e-200\n2,3,3e-200\n3,4,2e-200\n4,5,1e-200\n5,6,3e-200\n6,7,2e-200\n7,1,2.5e-200\n",
        "lies between 1E-200 and 3E-200, too close together for its variance to be a number. Rescale it.")]
    [InlineData("y\n1\n2\n", "the only column")]
    [InlineData("b,y\n?,0\nNA,1\n,0\n", "\"b\" is left out because it has no value in any row")]
    public void Load_RefusesAMalformedFile(string csv, string message) =>
        Assert.Contains(message, _files.CsvError(csv), StringComparison.Ordinal);

    [Theory(Timeout = 60_000)]
    [InlineData("pipe.csv")]
    [InlineData("pipe.npy")]
    [InlineData("link.csv")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    public async Task Load_RefusesAPipeAndADevice(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs pipes that are files.");
        var pipe = Path.Combine(_files.Folder, name == "link.csv" ? "pipe" : name);
        if (!name.StartsWith("/dev", StringComparison.Ordinal))
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", [pipe]);
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        if (name == "link.csv")
            File.CreateSymbolicLink(Path.Combine(_files.Folder, name), pipe);
        var refusal = await Task.Run(() => _files.Error(new DataSource { Path = name, Label = "y" }),
            TestContext.Current.CancellationToken);
        Assert.Contains("the file is empty, or it is a pipe or a device", refusal, StringComparison.Ordinal);
    }

    /// <summary>As /dev/stdin behind a pipe, and what a shell makes of &lt;(command).</summary>
    [Fact]
    public void Load_RefusesAPipeThatIsOpen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs pipes that are files.");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        pipe.Write(Encoding.UTF8.GetBytes(Good));
        var name = $"/dev/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}";
        Assert.Contains("the file is empty, or it is a pipe or a device", _files.Error(new DataSource { Path = name, Label = "y" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamesTheNearestLabelColumn() =>
        Assert.Contains("there is no column \"digits\" for the label. Did you mean \"digit\"?", Assert.Throws<DataException>(() =>
            DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digits" }, 1)).Message,
                StringComparison.Ordinal);

    [Fact]
    public void Load_NamesTheNearestFile()
    {
        _files.Write("digits.csv", Good);
        Assert.Contains("does not exist. Did you mean \"digits.csv\"?", _files.Error(new DataSource { Path = "digit.csv", Label = "y" }),
            StringComparison.Ordinal);
        Assert.Contains("is a folder", _files.Error(new DataSource { Path = ".", Label = "y" }), StringComparison.Ordinal);
        Assert.Contains("does not exist", _files.Error(new DataSource { Path = "no/such/folder.csv", Label = "y" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RefusesBinaryAndDamagedFiles()
    {
        Assert.Contains("not a text file",
            _files.Error(new DataSource { Path = _files.Write("x.csv", [0x89, 0x50, 0, 1, 0xff, 0xfe, 44, 10, 7]), Label = "y" }),
            StringComparison.Ordinal);
        Assert.Contains("gzip",
            _files.Error(new DataSource
            {
                Path = _files.Write("x.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
                Label = "y"
            }), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RefusesUtf16OfWhichAByteIsLost()
    {
        var text = Good.Replace("2", "\U0001F351", StringComparison.Ordinal);
        byte[] whole = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
        foreach (var damaged in (byte[][])[whole[..^1], [.. whole[..15], .. whole[16..]]])
        {
            Assert.Contains("x.csv: the file begins as UTF-16 or UTF-32 does, but not all of its bytes are characters",
                _files.Error(new DataSource { Path = _files.Write("x.csv", damaged), Label = "y" }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_NeverTakesPartOfATruncatedGzipForTheWhole()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes("a,b,y\n"
                + string.Concat(Enumerable.Range(0, 5000).Select(static i => $"{i},{i * 7919 % 1000},{i % 2}\n"))));
        var whole = buffer.ToArray();
        for (var length = 18; length < whole.Length; length += 97)
            Assert.NotEmpty(_files.Error(new DataSource { Path = _files.Write("x.gz", whole[..length]), Label = "y" }));
    }

    [Fact]
    public void Load_NeverCrashesOnADamagedFile()
    {
        var refused = 0;
        var whole = Encoding.UTF8.GetBytes("colour,\"size, cm\",y\n"
            + string.Concat(Enumerable.Range(0, 9).Select(static i => $"{(i % 2 == 0 ? "red" : "blue")},\"{i}.5\",{i % 3}\n")));
        foreach (var mask in new byte[] { 0x01, 0x41, 0x80, 0xff })
        {
            for (var i = 0; i < whole.Length; i++)
            {
                var damaged = (byte[])whole.Clone();
                damaged[i] ^= mask;
                try
                {
                    _files.Load(new DataSource { Path = _files.Write("data.csv", damaged), Label = "y" }).Dispose();
                }
                catch (DataException e)
                {
                    refused++;
                    Assert.Contains("data.csv", e.Message, StringComparison.Ordinal);
                }
            }
        }

        Assert.True(refused > 0, "No damage was noticed.");
    }

    [Fact]
    public void Load_RefusesATextLabelForARegression() =>
        Assert.Contains("data.csv:3: row 2, column \"y\" holds the text \"high\"; the label of a regression is a number",
            _files.CsvError("a,y\n1,5\n2,high\n", new DataSource { Label = "y", Task = "regression" }), StringComparison.Ordinal);

    [Fact]
    public void Load_RefusesATextColumnOfIdentifiers() =>
        Assert.Contains("25 different texts in 25 rows",
            _files.CsvError("id,x,y\n" + string.Concat(Enumerable.Range(0, 25).Select(static i => $"n{i},{i},{i % 2}\n"))),
            StringComparison.Ordinal);

    [Fact]
    public void Load_RefusesAClassThatTrainingLacks()
    {
        _files.Write("train.csv", "x,y\n1,a\n2,a\n3,b\n4,b\n5,b\n6,a\n");
        _files.Write("test.csv", "x,y\n1,a\n2,c\n");
        Assert.Contains("no training row has the class \"c\"",
            _files.Error(new DataSource { Train = "train.csv", Test = "test.csv", Label = "y" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RefusesContradictorySources()
    {
        _files.Write("d.csv", Good);
        var source = new DataSource { Path = "d.csv", Label = "y" };
        Assert.Contains("no label is named", _files.Error(source with { Label = null }), StringComparison.Ordinal);
        Assert.Contains("No data are named", _files.Error(source with { Path = null }), StringComparison.Ordinal);
        Assert.Contains("a file and train", _files.Error(source with { Train = "d.csv" }), StringComparison.Ordinal);
        Assert.Contains("`dev` and `test` go with `train`", _files.Error(source with { Test = "d.csv" }), StringComparison.Ordinal);
        Assert.Contains("`images` is given without `labels`", _files.Error(new DataSource { Images = "i" }), StringComparison.Ordinal);
        Assert.Contains("Did you mean \"mean\"?", _files.Error(source with { Missing = "maen" }), StringComparison.Ordinal);
        Assert.Contains("Did you mean \"regression\"?", _files.Error(source with { Task = "regresion" }), StringComparison.Ordinal);
        Assert.Contains("Did you mean \"feature\"?", _files.Error(source with { Normalize = "featur" }), StringComparison.Ordinal);
        Assert.Contains("not three shares above 0", _files.Error(source with { Split = [0.6, 0.6, 0.2] }), StringComparison.Ordinal);
        Assert.Contains("no column \"c\" to ignore", _files.Error(source with { Ignore = ["c"] }), StringComparison.Ordinal);
        Assert.Contains("also listed under ignore", _files.Error(source with { Ignore = ["y"] }), StringComparison.Ordinal);
        Assert.Contains("a picture of 2x2 has 4 values, but a row has 2 inputs", _files.Error(source with { Image = "2x2" }),
            StringComparison.Ordinal);
        Assert.Contains("not of the form 8x8", _files.Error(source with { Image = "2*2" }), StringComparison.Ordinal);
        Assert.Contains("needs pictures", _files.Error(source with { Normalize = "image" }), StringComparison.Ordinal);
    }
}
