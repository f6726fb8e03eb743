using System.Globalization;
using System.Text;
using CsCheck;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Tests.Data;

/// <summary>Numbers as people and programs write them, and what is no number although it looks like one.</summary>
public sealed class CsvNumberTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(';', null, "0.000")]
    [InlineData(';', null, "0.##")]
    [InlineData('\t', null, "0.0")]
    [InlineData('\t', "comma", "0.000")]
    [InlineData('|', null, "0.##")]
    public void Load_ReadsDecimalCommasAndSaysSo(char separator, string? mark, string format)
    {
        string Csv(char cell, char point) => $"a{cell}b{cell}y\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{((i * 37 % 61) + 0.375).ToString(format, CultureInfo.InvariantCulture).Replace('.', point)}{cell}{i % 7}{cell}{i % 2}\n"));
        using var plain = _files.LoadCsv(Csv(',', '.'));
        using var commas = _files.LoadCsv(Csv(separator, ','), new DataSource { Label = "y", DecimalMark = mark });
        Assert.Equal(plain.Fingerprint, commas.Fingerprint);
        Assert.Contains(commas.Reading.Notes,
            static note => note.Contains("the comma is a decimal mark in \"a\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ReadsLabelsWithDecimalCommas()
    {
        using var data = _files.LoadCsv("a;y\n" + Rows(static i => $"{i};{i * 3},25"));
        Assert.Equal(LearningTask.Regression, data.Task);
    }

    [Theory]
    [InlineData("\"{0},{1:000}\"", "numbers with thousands separators", "1000")]
    [InlineData("{0}'{1:000}", "numbers with thousands separators", "1000")]
    [InlineData("{0} {1:000}", "numbers with thousands separators", "1000")]
    [InlineData("\"{0},{1:000},000\"", "numbers with thousands separators", "1000000")]
    [InlineData("{0}.{1:000}.000", "numbers with thousands separators", "1000000")]
    [InlineData("${0}.{1:00}", "amounts of money", "1.00")]
    [InlineData("€ {0}", "amounts of money", "1")]
    [InlineData("\"R$ {0}.000,50\"", "amounts of money", "1000.50")]
    [InlineData("{0} €", "amounts of money", "1")]
    [InlineData("USD {0}", "amounts of money", "1")]
    [InlineData("\"(${0},000)\"", "amounts of money", "1000")]
    [InlineData("{0}.{1:00} %", "percentages", "1.00")]
    [InlineData("{0}%", "percentages", "1")]
    [InlineData("{0} kg", "numbers with a unit", "1")]
    [InlineData("{0}.{1:0}cm", "numbers with a unit", "1.0")]
    [InlineData("{2:yyyy-MM-dd}", "dates or times", "the year")]
    [InlineData("{2:yyyy-MM-ddTHH:mm:ssZ}", "dates or times", "the year")]
    [InlineData("{2:dd.MM.yyyy}", "dates or times", "the year")]
    [InlineData("{2:M/d/yyyy}", "dates or times", "the year")]
    [InlineData("{2:d MMM yyyy}", "dates or times", "the year")]
    [InlineData("\"{2:MMM d, yyyy}\"", "dates or times", "the year")]
    [InlineData("{2:HH:mm:ss}", "dates or times", "the year")]
    public void Load_NamesNumbersAndDatesThatAreWrittenAsTexts(string format, string what, string remedy)
    {
        var error = _files.CsvError("x,money,y\n"
            + Rows(i => $"{i}.5,{string.Format(CultureInfo.InvariantCulture, format, i + 1, i * 7 % 60,
                new DateTime(2020, 1, 1).AddDays(9 * i).AddSeconds(997 * i))},{i % 2}"));
        Assert.Contains($"the column has {what}", error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
        Assert.Contains("row 1, column \"money\"", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("−{0}.5", "numbers with a sign that is no hyphen, such as U+2212", "such as -1.5")]
    [InlineData("–{0}", "numbers with a sign that is no hyphen", "such as -1")]
    [InlineData("{0}.250\u00a0", "numbers with blanks that cannot be seen, such as U+00A0", "such as 1.250")]
    [InlineData("({0}.5)", "numbers in brackets, as negative amounts are written", "such as -1.5")]
    [InlineData("'{0}", "numbers behind an apostrophe", "such as 1")]
    [InlineData("\u202f{0}", "numbers with blanks that cannot be seen", "such as 1")]
    [InlineData("{0}.\u0665", "numbers in other digits than 0 to 9", "such as 1.5")]
    [InlineData("\u2212{0}.\u0665", "numbers in other digits than 0 to 9", "such as -1.5")]
    [InlineData("\"0,{1:000}\"", "numbers with decimal commas beside numbers with decimal points (\"0.5\")", "such as 0.")]
    [InlineData("\"-{0},25\"", "numbers with decimal commas beside numbers with decimal points (\"0.5\")", "such as -1.25")]
    [InlineData("\"{0},{1:000}\"", "so that the comma may separate thousands or be a decimal mark", "such as 1007 or 1.007, whichever")]
    public void Load_NamesWhatMakesTextsOfSomeNumbers(string format, string what, string remedy)
    {
        var error = _files.CsvError("x,a,y\n" + Rows(i => $"{i}.5,"
            + $"{(i % 3 == 0 ? $"{i}.5" : string.Format(CultureInfo.InvariantCulture, format, i, i * 7 % 60))},{i % 2}"));
        Assert.Contains($"the column has numbers", error, StringComparison.Ordinal);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("row: 0", "`ignore: [\"row: 0\"]`")]
    [InlineData("a, b", "`ignore: [\"a, b\"]`")]
    [InlineData("null", "`ignore: [\"null\"]`")]
    [InlineData("row", "`ignore: [row]`")]
    public void Load_AdvisesALineThatYamlReads(string name, string advice)
    {
        using var data = _files.LoadCsv($"\"{name}\",x,y\n" + Rows(static i => $"{i},{i * 7 % 11}.5,{i % 2}"));
        Assert.Contains(advice, Assert.Single(data.Reading.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LearnsAFewTextsAsCategoriesButAsks()
    {
        using var data = _files.LoadCsv("x,discount,y\n" + Rows(static i => $"{i}.5,{i % 4 * 5}%,{i % 2}"));
        Assert.Equal(5, data.Inputs);
        Assert.Contains("\"discount\" holds percentages, such as \"0%\", and is learned as 4 categories",
            Assert.Single(data.Reading.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RefusesNearlyAsManyTextsAsRowsUnlessTheyAreCategorical()
    {
        var csv = "x,invoice,y\n" + Rows(static i => $"{i}.5,INV-{i / 2:0000},{i % 2}");
        Assert.Contains("the column has 30 different texts in 60 rows, as an identifier has", _files.CsvError(csv),
            StringComparison.Ordinal);
        using var data = _files.LoadCsv(csv, new DataSource { Label = "y", Categorical = ["invoice"] });
        Assert.Equal(31, data.Inputs);
    }

    [Theory]
    [InlineData("Id", 1, 1, "\"Id\" counts 1, 2, 3, …: ignore it?")]
    [InlineData("row", 0, 1, "\"row\" counts 0, 1, 2, …: ignore it?")]
    [InlineData("customerId", 1000, 37, "\"customerId\" is a different whole number in each row")]
    [InlineData("customer_id", 1000, 37, "\"customer_id\" is a different whole number in each row")]
    [InlineData("PassengerID", 1000, 37, "\"PassengerID\" is a different whole number in each row")]
    public void Load_AsksAboutNumbersThatIdentifyRows(string name, int first, int step, string question)
    {
        using var data = _files.LoadCsv($"{name},x,y\n" + Rows(i => $"{first + (i * step % 61 * (step == 1 ? 1 : 13))},{i % 9},{i % 2}"));
        Assert.Equal(2, data.Inputs);
        Assert.Contains(question, Assert.Single(data.Reading.Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AsksWhetherNumbersWithLeadingZerosAreCodes()
    {
        using var data = _files.LoadCsv(
            "zip,y\n" + string.Concat(Enumerable.Range(0, 40).Select(static i => $"{i % 9 + 500:00000},{i % 2}\n")));
        Assert.Contains("such as \"00500\", as codes have", Assert.Single(data.Reading.Questions), StringComparison.Ordinal);
        using var plain = _files.LoadCsv(
            "x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(static i => $"{i % 9},{i % 2}\n0.5,{i % 2}\n")));
        Assert.Empty(plain.Reading.Questions);
    }

    [Theory]
    [InlineData("width")]
    [InlineData("humid")]
    [InlineData("nose")]
    public void Load_AsksNothingAboutOrdinaryNumbers(string name)
    {
        using var data = _files.LoadCsv($"{name},x,y\n" + Rows(static i => $"{i * 37 % 61 * 13},{i % 9},{i % 2}"));
        Assert.Empty(data.Reading.Questions);
    }

    [Theory]
    [InlineData("#N/A")]
    [InlineData("#DIV/0!")]
    [InlineData("#VALUE!")]
    [InlineData("<NA>")]
    [InlineData("n/a")]
    [InlineData("-nan")]
    [InlineData("None")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("NULL")]
    [InlineData("-1.#IND")]
    [InlineData("1.#QNAN")]
    [InlineData("NaT")]
    [InlineData("(null)")]
    [InlineData("\\N")]
    [InlineData("unknown")]
    [InlineData("*")]
    public void Load_KnowsTheWordsForAMissingNumber(string word)
    {
        var csv = "x,z,y\n" + Rows(i => $"{(i % 5 == 2 ? word : $"{i}")},{i % 3},{i % 2}");
        Assert.Contains($"row 3, column \"x\" is missing (\"{word}\")", _files.CsvError(csv), StringComparison.Ordinal);
        using var data = _files.LoadCsv(csv, new DataSource { Label = "y", Missing = "mean" });
        Assert.Equal(2, data.Inputs);
    }

    [Fact]
    public void Load_TakesNoneForACategoryAmongTexts()
    {
        using var data = _files.LoadCsv("garage,x,y\n"
            + Rows(static i => $"{(i % 3 == 0 ? "None" : i % 3 == 1 ? "Attached" : "Detached")},{i},{i % 2}"));
        Assert.Equal(["garage=Attached", "garage=Detached", "garage=None", "x"], data.FeatureNames);
    }

    [Theory]
    [InlineData("1.0", "2.0", "1.0", "2.0")]
    [InlineData("007", "010", "007", "010")]
    [InlineData("7", "007", "007", "7")]
    [InlineData("1", "1e1", "1", "1e1")]
    public void Load_KeepsTheSpellingOfLabels(string one, string two, string first, string second)
    {
        using var data = _files.LoadCsv("x,y\n" + Rows(i => $"{i},{(i % 2 == 0 ? one : two)}"));
        Assert.Equal([first, second], data.Classes);
    }

    [Fact]
    public void Load_TakesSpellingsOfANumberForOneClassAndManyCodesForClasses()
    {
        using var data = _files.LoadCsv("x,y\n" + Rows(static i => $"{i},{(i % 3) switch { 0 => "1", 1 => "1.0", _ => "2" }}"));
        Assert.Equal(["1", "2"], data.Classes);
        using var codes = _files.LoadCsv("x,y\n" + string.Concat(Enumerable.Range(0, 150).Select(static i => Line($"{i},{i % 30:00}"))));
        Assert.Equal((LearningTask.MultiClass, 30), (codes.Task, codes.Classes.Count));
    }

    [Theory]
    [InlineData("1700000000")]
    [InlineData("-1700000000")]
    [InlineData("9007199254000000")]
    [InlineData("20240000")]
    public void Load_KeepsTheDigitsOfLargeNumbers(string offset)
    {
        var origin = decimal.Parse(offset, CultureInfo.InvariantCulture);
        string Csv(decimal from) => "time,y\n" + Rows(i => FormattableString.Invariant($"{from + (i * 37 % 61)},{i * 3}.5"));
        using Dataset near = _files.LoadCsv(Csv(0)), far = _files.LoadCsv(Csv(origin));
        var needed = Math.Abs(origin) > 1 << 24 ? (double?)origin : null;
        Assert.Equal(needed, far.Schema.Columns[0].Origin);
        for (var row = 0; row < near.Train.Rows; row++)
            Assert.Equal(near.Train.Features.Row(row)[0], far.Train.Features.Row(row)[0]);
    }

    [Fact]
    public void Load_LeavesOrdinaryColumnsWithoutAnOrigin()
    {
        using var digits = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit" }, 1);
        using var diabetes = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "diabetes.csv", Label = "progression" }, 1);
        Assert.All(digits.Schema.Columns.Concat(diabetes.Schema.Columns), static column => Assert.Null(column.Origin));
    }

    [Theory]
    [InlineData("digits.csv", "digit", "aa39e92142aaf341306b5bb3c3b6bb0e")]
    [InlineData("diabetes.csv", "progression", "e22503d364f9b2aa80786111e9089fe9")]
    [InlineData("spiral.csv", "class", "b2675ff8e6de45ce507fda6e6437646f")]
    public void Load_KeepsTheFingerprintsOfEarlierVersions(string file, string label, string fingerprint)
    {
        using var data = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = file, Label = label }, 1);
        Assert.Equal(fingerprint, data.Fingerprint);
    }

    [Fact]
    public void TryNumber_RoundsToSinglePrecisionAsIfReadInIt() =>
        Gen.Select(Gen.Float[1e-30f, 1e30f], Gen.Int[-3, 3]).Sample((near, steps) =>
        {
            var half = ((double)near + MathF.BitIncrement(near)) / 2;
            return new[] { half, Step(half, steps) }.Select(static x => x.ToString("E40", CultureInfo.InvariantCulture))
                .SelectMany(static x => new[] { x, x.Replace("E", "00000000000000000001E", StringComparison.Ordinal) })
                .All(static text => ColumnCells.TryNumber(Encoding.UTF8.GetBytes(text), out var number)
                    && (float)number == float.Parse(text, CultureInfo.InvariantCulture));
        }, iter: 2000);

    private static double Step(double value, int steps) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + steps);

    private static string Rows(Func<int, string> row) => string.Concat(Enumerable.Range(0, 60).Select(i => row(i) + "\n"));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";
}
