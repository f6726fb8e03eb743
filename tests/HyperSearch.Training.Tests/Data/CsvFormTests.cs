using System.Globalization;
using System.Text;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Tests.Data;

/// <summary>CSV as programs write it: other separators, encodings, headers, names of rows and trailing separators.</summary>
public sealed class CsvFormTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a b y", "{0} {1} {2}")]
    [InlineData("  a   b  y ", "   {0}\t {1}   {2} ")]
    [InlineData("a  b\ty", "  {0}   {1}\t{2}")]
    [InlineData("a\tb\ty", "{0}\t{1}\t{2}")]
    [InlineData("a;b;y", "{0};{1};{2}")]
    [InlineData("a|b|y", "{0}|{1}|{2}")]
    [InlineData("\"a\" \"b\" \"y\"", "\"{3}\" {0} {1} \"{2}\"")] // R: write.table
    [InlineData("\"\",\"a\",\"b\",\"y\"", "\"{3}\",{0},{1},\"{2}\"")] // R: write.csv
    [InlineData(",a,b,y", "{3},{0},{1},{2}")] // pandas: to_csv
    [InlineData("a,b,y,", "{0},{1},{2},")]
    [InlineData("a,b,y", "{0},{1},{2},,")]
    [InlineData("a,b,y,,", "{0},{1},{2}")]
    public void Load_ReadsTheSameTable(string header, string row)
    {
        using var plain = _files.LoadCsv(Table("a,b,y", "{0},{1},{2}"));
        using var other = _files.LoadCsv(Table(header, row));
        Assert.Equal(["a", "b"], other.FeatureNames);
        Assert.Equal(plain.Fingerprint, other.Fingerprint);
    }

    [Theory]
    [InlineData("a b y", "{0} {1} {2}")]
    [InlineData("a;b;y", "{0};{1};{2}")]
    public void Load_ReadsTheSameTableInUtf16(string header, string row)
    {
        using var plain = _files.LoadCsv(Table("a,b,y", "{0},{1},{2}"));
        byte[] bytes = [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Table(header, row))];
        using var other = _files.Load(new DataSource { Path = _files.Write("wide.csv", bytes), Label = "y" });
        Assert.Equal(plain.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Load_SaysWhichNamelessColumnsItLeavesOut()
    {
        using var data = _files.LoadCsv(Table(",a,b,y,", "{3},{0},{1},{2},"));
        Assert.Collection(data.Reading.LeftOut,
            static first => Assert.Equal(("column 1", "it has no name and counts the rows from 0"), (first.Name, first.Reason)),
            static last => Assert.Equal(("column 5", "it has neither a name nor a value"), (last.Name, last.Reason)));
    }

    [Fact]
    public void Draft_SaysWhyNoColumnIsAnInput()
    {
        _files.Write("d.csv",
            "id,when,y\n" + string.Concat(Enumerable.Range(1, 40)
                .Select(static i => Line($"{i},{i % 28 + 1:00}.{i % 12 + 1:00}.2{i:000},{i % 2}"))));
        var error = Assert.Throws<DataException>(() =>
            DatasetLoader.Draft(new DataSource { Folder = _files.Folder, Path = "d.csv", Label = "y" })).Message;
        Assert.Contains("no column is an input: \"id\" is left out because it counts the rows from 1; \"when\" is left out because it " +
            "holds dates", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LeavesOutANamelessColumnOfDifferentValuesAndRefusesAnother()
    {
        using var shuffled =
            _files.LoadCsv(",a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(static i => Line($"{i * 7 % 31},{i},{i % 2}"))));
        Assert.Single(shuffled.Reading.LeftOut);
        Assert.Contains("column 1 of the header has no name",
            _files.CsvError(",a,y\n" + string.Concat(Enumerable.Range(0, 30).Select(static i => Line($"{i % 4},{i},{i % 2}")))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unnamed: 1", "", "it has no value in any row")]
    [InlineData("Unnamed: 0", "{3}", "its name stands for none, and it counts the rows from 0")]
    [InlineData("...2", "{3}", "its name stands for none, and it counts the rows from 0")]
    [InlineData("notes", "NA", "it has no value in any row")]
    public void Load_LeavesOutAColumnWithoutAValueOrANameOfItsOwn(string name, string cell, string reason)
    {
        using var data = _files.LoadCsv(Table($"a,{name},b,y", $"{{0}},{cell},{{1}},{{2}}"));
        Assert.Equal((name, reason), (Assert.Single(data.Reading.LeftOut).Name, data.Reading.LeftOut[0].Reason));
        Assert.Equal(["a", "b"], data.FeatureNames);
    }

    [Fact]
    public void Load_RefusesMeasurementsWithoutAName() => Assert.Contains("column 2 of the header has no name",
        _files.CsvError("a,,y\n" + string.Concat(Enumerable.Range(0, 30).Select(static i => Line($"{i},{i * 7 % 31}.25,{i % 2}")))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{0}  {1}\t{2}", ' ')]
    [InlineData("   {0}\t{1}   {2}  ", ' ')]
    [InlineData("0,{3}   -1,{3}  {2}", ' ')]
    [InlineData("{0}\ta b\t{2}", '\t')]
    [InlineData("{0}, {1}, {2}", ',')]
    [InlineData("{0},1 1,{2}", ',')]
    public void Of_TellsBlanksFromTabsAndCommasBetweenNumbers(string row, char separator)
    {
        var table = string.Concat(Enumerable.Range(1, 40).Select(i =>
            string.Format(CultureInfo.InvariantCulture, row, $"{i % 7}.5", $"-{i % 5}.25", i % 2, i) + "\n"));
        var file = new DataFile(_files.Folder, _files.Write("rows.txt", Encoding.UTF8.GetBytes(table)));
        Assert.Equal(separator, TextForm.Of(file, null, false).Separator);
    }

    [Theory]
    [InlineData("# made by x\n# on y\n", ",", "Line 3 names it")]
    [InlineData("My table\n\n", ";", "Line 3 names it")]
    [InlineData("", ":", "Cells are told apart by commas, semicolons, tabs, bars or blanks")]
    public void Load_SaysWhyTheHeaderDoesNotNameTheLabel(string above, string separator, string why) =>
        Assert.Contains(why, _files.CsvError(above + Table($"a{separator}b{separator}y", $"{{0}}{separator}{{1}}{separator}{{2}}")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("2")]
    [InlineData("x2")]
    public void Load_ReadsAFileWithoutAHeader(string label)
    {
        var rows = Table("", "{0},{1},{2}")[1..];
        using var data = _files.LoadCsv(rows, new DataSource { Label = label, Header = false });
        Assert.Equal(["x0", "x1"], data.FeatureNames);
        Assert.Equal(60, data.Train.Rows + data.Dev.Rows + data.Test.Rows);
        Assert.Contains("write `header: false`", _files.CsvError(rows, new DataSource { Label = label }), StringComparison.Ordinal);
        Assert.Contains("no column \"x9\" for the label. Without a header the columns are x0 to x2",
            _files.CsvError(rows, new DataSource { Label = "x9", Header = false }), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TakesNumbersForNamesWhereTheUserSaysSo()
    {
        using var data = _files.LoadCsv(Table("2019,2020,2021", "{0},{1},{2}"), new DataSource { Label = "2021", Header = true });
        Assert.Equal(["2019", "2020"], data.FeatureNames);
    }

    [Fact]
    public void Load_ObeysTheSeparatorThatTheUserNames()
    {
        using var data = _files.LoadCsv(Table("a;b|c;y", "{0};{1};{2}"), new DataSource { Label = "y", Separator = "semicolon" });
        Assert.Equal(["a", "b|c"], data.FeatureNames);
    }

    [Theory]
    [InlineData("pêche", "pâche")]
    [InlineData("Straße", "Strasse")]
    [InlineData("“a”", "‘a’")]
    public void Load_ReadsWindows1252AndSaysSo(string one, string two)
    {
        var csv = "a,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => Line($"{i},{(i % 2 == 0 ? one : two)}")));
        var western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        using var data = _files.Load(new DataSource { Path = _files.Write("w.csv", western.GetBytes(csv)), Label = "y" });
        using var same = _files.LoadCsv(csv);
        Assert.Equal(same.Classes, data.Classes);
        Assert.Equal(same.Fingerprint, data.Fingerprint);
        Assert.Contains(data.Reading.Notes,
            static note => note.Contains("is not UTF-8; it is read as Windows-1252. Where letters look wrong", StringComparison.Ordinal));
        Assert.Empty(same.Reading.Notes);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(131_068)]
    [InlineData(131_069)]
    [InlineData(131_070)]
    [InlineData(131_071)]
    public void Load_ReadsCharactersThatLieAcrossChunks(int padding)
    {
        var csv = "a,y\n" + string.Concat(Enumerable.Range(0, 20).Select(static i => Line($"{i},{(i % 2 == 0 ? "x" : "🍑")}")));
        using var data = _files.LoadCsv(csv[..^1] + new string('\n', padding - Encoding.UTF8.GetByteCount(csv)) + "99,🍑\n");
        Assert.Equal(["x", "🍑"], data.Classes);
    }

    [Fact]
    public void Load_RefusesBytesOfNoEncodingWithLineAndByte()
    {
        byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
        string Error(string text) => _files.Error(new DataSource { Path = _files.Write("b.csv", Bytes(text)), Label = "y" });
        Assert.Contains("b.csv:3: byte 4 of the line, 0x81, is neither UTF-8 nor Windows-1252", Error("a,y\n1,p\n2,q\u0081\n"),
            StringComparison.Ordinal);
        Assert.Contains("b.csv:3: byte 3 of the line, 0xE9, is not UTF-8, as the rest of the file is",
            Error("a,y\n1,\u00c3\u00a9\n2,\u00e9\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamesUtf16WithoutAMark() => Assert.Contains("seems to be UTF-16 without a byte order mark",
        _files.Error(new DataSource { Path = _files.Write("u.csv", Encoding.Unicode.GetBytes("a,y\n1,0\n2,1\n")), Label = "y" }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("PK\u0003\u0004", "an Excel workbook")]
    [InlineData("PAR1", "this Parquet file is damaged")]
    [InlineData("\u0093NUMPY", "an NPY file")]
    public void Load_NamesWhatAFileThatIsNoTextIs(string start, string kind) =>
        Assert.Contains(kind,
            _files.Error(new DataSource { Path = _files.Write("b.csv", Encoding.Latin1.GetBytes(start + "\0\0\0")), Label = "y" }),
            StringComparison.Ordinal);

    [Fact]
    public void Load_TellsAllMistakesOfAFileAtOnce()
    {
        var source = new DataSource { Path = "d.csv", Label = "clas", Ignore = ["idd"], Categorical = ["zipp"] };
        _files.Write("d.csv", "id,zip,a,b,class\n1,2,3,4,x\n");
        Assert.Equal(3, Assert.Throws<DataException>(() => _files.Load(source)).Problems.Count);
        _files.Write("d.csv", "a,b,c,d,y\n1,,x,3,0\n2,,5,1e39,1\n3,7,6,4,\n1\n2\n3,7,6,4,1,1\n");
        var problems = Assert.Throws<DataException>(() => _files.Load(source with { Label = "y", Ignore = [], Categorical = [] })).Problems;
        Assert.Collection(problems,
            static label => Assert.Contains("d.csv:4: row 3, column \"y\": the label is missing", label, StringComparison.Ordinal),
            static width => Assert.Contains(
                "row 4 has 1 cell; the header has 5. Every row needs as many cells as the header. The same goes for 2 more rows.", width,
                StringComparison.Ordinal),
            static missing => Assert.Contains(
                "column \"b\" is missing. Fill it in, or set `missing: mean` or `missing: mode`. The same goes for 1 more row.", missing,
                StringComparison.Ordinal),
            static mixed => Assert.Contains("column \"c\" holds the text \"x\"", mixed, StringComparison.Ordinal),
            static large => Assert.Contains("column \"d\" holds \"1e39\"", large, StringComparison.Ordinal));
    }

    private static string Table(string header, string row) => header + "\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
        string.Format(CultureInfo.InvariantCulture, row, (i * 37 % 61) + 0.5, i * 11 % 13, i % 3, i) + "\n"));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";
}
