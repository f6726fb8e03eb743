using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Data.Reading;
using Parquet;
using Parquet.Schema;

namespace HyperSearch.Training.Tests;

/// <summary>A Parquet file is read as the CSV file of the same table is.</summary>
public sealed class ParquetTests : IDisposable
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    private readonly string _folder = Directory.CreateTempSubdirectory("parquet").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ToCsv_WritesEveryKindOfColumn()
    {
        var path = await Write(
            new Column<int>("whole", [1, -2, 3]), new Column<long>("__index_level_0__", [0, 1, 2]),
            new Column<float>("single", [0.1f, float.NaN, 1e-7f]), new Column<double>("double", [0.1, 1e300, -0.5]),
            new Column<bool>("truth", [true, false, true]), new Column<decimal>("price", [1.50m, 2m, -3.25m]),
            new Column<DateTime>("day", [Day(1), Day(2), Day(3)]), new Column<DateTime>("moment", [Day(1), Day(2).AddHours(8), Day(3)]),
            new Nullable<int>("some", [7, null, 9]), new Nullable<double>("share", [null, 0.25, null]),
            new Words("word", ["a,b", "say \"hi\"", null]));
        Assert.Equal(
            """"
            whole,,single,double,truth,price,day,moment,some,share,word
            1,0,0.1,0.1,true,1.5,2026-01-01,2026-01-01 00:00:00,7,,"a,b"
            -2,1,NaN,1E+300,false,2,2026-01-02,2026-01-02 08:00:00,,0.25,"say ""hi"""
            3,2,1E-07,-0.5,true,-3.25,2026-01-03,2026-01-03 00:00:00,9,,

            """".ReplaceLineEndings("\n"), Text(path));
    }

    /// <summary>The same rows in both forms are the same data, and are fingerprinted alike but for the numbers of single
    /// precision.</summary>
    [Fact]
    public async Task Load_GivesWhatTheCsvFileOfTheSameTableGives()
    {
        var random = RandomStream.For(1, 0, "parquet");
        var rows = Enumerable.Range(0, 200).Select(i => (X: random.NextNormal(), Colour: Colours[i % 3],
            Some: i % 10 == 0 ? (double?)null : i * 0.5, Label: i % 2)).ToArray();
        var parquet = await Write(
            new Column<double>("x", [.. rows.Select(row => row.X)]), new Words("colour", [.. rows.Select(row => row.Colour)]),
            new Nullable<double>("some", [.. rows.Select(row => row.Some)]), new Column<int>("label", [.. rows.Select(row => row.Label)]));
        var csv = Path.Combine(_folder, "same.csv");
        await File.WriteAllLinesAsync(csv, ["x,colour,some,label", .. rows.Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{row.X:R},{row.Colour},{row.Some:R},{row.Label}"))], TestContext.Current.CancellationToken);
        using var first = DatasetLoader.Load(new DataSource { Path = parquet, Label = "label", Missing = "mean" }, 1);
        using var second = DatasetLoader.Load(new DataSource { Path = csv, Label = "label", Missing = "mean" }, 1);
        Assert.Equal(second.Inputs, first.Inputs);
        Assert.Equal(second.Fingerprint, first.Fingerprint);
    }

    [Fact]
    public async Task Load_OfADamagedFileSaysSoInASentence()
    {
        var path = await Write(new Column<double>("x", [.. Enumerable.Range(0, 300).Select(i => i * 0.1)]),
            new Column<int>("label", [.. Enumerable.Range(0, 300).Select(i => i % 2)]));
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var random = RandomStream.For(2, 0, "damage");
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var bytes = whole.ToArray();
            if (attempt % 2 == 0)
                bytes = bytes[..(4 + random.NextInt(bytes.Length - 4))];
            else
                bytes[4 + random.NextInt(bytes.Length - 4)] ^= (byte)(1 << random.NextInt(8));
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            try
            {
                DatasetLoader.Load(new DataSource { Path = path, Label = "label" }, 1).Dispose();
                Assert.NotEqual(0, attempt % 2); // a flipped bit may be a value; a cut file is never whole
            }
            catch (DataException refusal)
            {
                Assert.Contains("data.parquet", refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Load_RefusesListsAndRawBytesByName()
    {
        var path = Path.Combine(_folder, "lists.parquet");
        var schema = new ParquetSchema(new DataField<int>("label"), new ListField("history", new DataField<int>("item")));
        await using (var stream = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.NotNull(writer);
        }

        var refusal = Assert.Throws<DataException>(() => DatasetLoader.Load(new DataSource { Path = path, Label = "label" }, 1));
        Assert.Contains("column \"history\" holds lists or structures", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Files of hyparquet-writer with 24 truth values, the second with a null: the library read them as damaged, and as all
    /// false.</summary>
    [Theory]
    [InlineData("UEFSMRUGFRYVGlwVMBUAFTAVBhUEFQAAADABCSAFAAAAGgEFJAEVBBksSARyb290FQIAFQAlAhgBYgAWMBkcGRwmCBwVABkVBhkYAWIVAhYwFk"
        + "AWRCYIPDYAKAEBGAEAABkcFQYVBhUCAAAAFkAWMDZEACgJaHlwYXJxdWV0GRwcAAAAXgAAAFBBUjE=")]
    [InlineData("UEFSMRUGFRoVHlwVMBUCFTAVBhUIFQAAAAP7IAEJIAUAAAAYAQUkARUEGSxIBHJvb3QVAgAVACUCGAFiABYwGRwZHCYIHBUAGRUGGRgBYhUCFj"
        + "AWRBZIJgg8NgIoAQEYAQAAGRwVBhUGFQIAAAAWRBYwNkgAKAloeXBhcnF1ZXQZHBwAAABeAAAAUEFSMQ==")]
    public void ToCsv_RefusesTruthValuesThatTheLibraryMisreads(string file)
    {
        using var stream = new MemoryStream(Convert.FromBase64String(file));
        var refusal = Assert.Throws<DataException>(() => ParquetTable.ToCsv(stream, "data.parquet"));
        Assert.StartsWith("data.parquet: column \"b\" holds truth values in the encoding RLE", refusal.Message, StringComparison.Ordinal);
    }

    private static DateTime Day(int day) => new(2026, 1, day, 0, 0, 0, DateTimeKind.Utc);

    private static string Text(string path)
    {
        using var stream = File.OpenRead(path);
        return System.Text.Encoding.UTF8.GetString(ParquetTable.ToCsv(stream, "data.parquet"));
    }

    private async Task<string> Write(params IColumn[] columns)
    {
        var path = Path.Combine(_folder, "data.parquet");
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream);
        using var rows = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.WriteAsync(rows);
        return path;
    }

    private interface IColumn
    {
        DataField Field { get; }

        Task WriteAsync(ParquetRowGroupWriter rows);
    }

    private sealed record Column<T>(string Name, T[] Values) : IColumn
        where T : struct
    {
        public DataField Field { get; } = new DataField<T>(Name);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync<T>(Field, Values.AsMemory());
    }

    private sealed record Nullable<T>(string Name, T?[] Values) : IColumn
        where T : struct
    {
        public DataField Field { get; } = new DataField<T?>(Name);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync<T>(Field, Values.AsMemory());
    }

    private sealed record Words(string Name, string?[] Values) : IColumn
    {
        public DataField Field { get; } = new DataField<string>(Name);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync(Field, Values!);
    }
}
