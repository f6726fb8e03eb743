using System.Globalization;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>Data as people have them, through <c>new</c>, <c>check</c>, <c>run</c> and <c>predict</c>.</summary>
public sealed class DataTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void New_LooksAtTheDataAndWritesTheirSearch()
    {
        Directory.CreateDirectory(_place.PathOf("searches"));
        _place.Write("people.csv", "Id,name,joined,size,side\n" + string.Concat(Enumerable.Range(0, 60).Select(static i =>
            string.Create(CultureInfo.InvariantCulture,
                $"{i + 1},Person {i},{new DateTime(2020, 1, 1).AddDays(i):yyyy-MM-dd}," +
                $"{(i % 7 == 0 ? "" : $"{i % 11}")},{(i % 3 == 0 ? "left" : "right")}\n"))));
        Assert.Equal(0, _place.Run("new", "searches/people", "--data", "people.csv", "--label", "side").Code);
        var text = File.ReadAllText(_place.PathOf("searches/people.yaml"));
        Assert.Contains("data: \"../people.csv\"", text, StringComparison.Ordinal);
        Assert.Contains("left 20, right 40", text, StringComparison.Ordinal);
        Assert.Contains("minimize: dev_cost", text, StringComparison.Ordinal);
        Assert.Contains("folds: 5", text, StringComparison.Ordinal);
        Assert.Contains("60 rows in 5 folds, no test rows", text, StringComparison.Ordinal);
        Assert.Contains("missing: mean", text, StringComparison.Ordinal);
        Assert.Contains("- \"Id\"   # it counts the rows from 1", text, StringComparison.Ordinal);
        Assert.Contains("- \"name\"   # it has 60 different texts in 60 rows", text, StringComparison.Ordinal);
        Assert.Contains("- \"joined\"   # it holds dates or times, such as \"2020-01-01\", as texts", text, StringComparison.Ordinal);
        var data = _place.Read("check", "searches/people.yaml", "--no-timing").GetProperty("data");
        Assert.Equal("binary", data.GetProperty("task").GetString());
        Assert.Equal(1, data.GetProperty("inputs").GetInt32());
        Assert.Equal(["Id", "name", "joined"],
            data.GetProperty("left_out").EnumerateArray().Select(static column => column.GetProperty("column").GetString()));
    }

    [Fact]
    public void New_ChoosesTheTaskAndTheMetricOfARegression()
    {
        _place.Write("d.csv",
            "a,y\n" + string.Concat(Enumerable.Range(0, 60)
                .Select(static i => string.Create(CultureInfo.InvariantCulture, $"{i % 9},{i * 1.5}\n"))));
        Assert.Equal(0, _place.Run("new", "price", "--data", "d.csv", "--label", "y").Code);
        var text = File.ReadAllText(_place.PathOf("price.yaml"));
        Assert.Contains("task: regression", text, StringComparison.Ordinal);
        Assert.Contains("minimize: dev_rmse", text, StringComparison.Ordinal);
        Assert.Equal(0, _place.Run("check", "price.yaml", "--no-timing").Code);
        Assert.Contains("Did you mean \"y\"?", _place.Run("new", "other", "--data", "d.csv", "--label", "yy").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CheckAndRun_NameAColumnThatTellsNothing()
    {
        _place.Write("same.csv", "a,same,y\n" + string.Concat(Enumerable.Range(0, 60).Select(static i => $"{i % 9},3.7,{i % 2}\n")));
        Assert.Equal(0, _place.Run("new", "same", "--data", "same.csv", "--label", "y").Code);
        const string sentence = "olumn \"same\" tells nothing, because it is the same in every row learned from";
        Assert.Contains(sentence, Unwrapped(_place.Run("check", "same.yaml", "--no-timing").Output), StringComparison.Ordinal);
        Assert.Equal("same", Assert.Single(_place.Read("check", "same.yaml", "--no-timing").GetProperty("data")
            .GetProperty("constant_columns").EnumerateArray()).GetString());
        var run = _place.Run("run", "same.yaml", "--trials", "1", "--set", "confirm=none", "--plots", "none");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("C" + sentence, Unwrapped(run.Error), StringComparison.Ordinal);

        static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Check_TellsMistakesOfTheDataBesideThoseOfTheFile()
    {
        _place.Write("wrong.yaml", Workplace.Search.Replace("label: side", "label: sied", StringComparison.Ordinal).Replace("epochs: 3",
            "epochz: 3", StringComparison.Ordinal).Replace("seed: 1", "sede: 1", StringComparison.Ordinal));
        var checkedFile = _place.Run("check", "wrong.yaml");
        Assert.Equal(2, checkedFile.Code);
        Assert.Contains("epochz", checkedFile.Error, StringComparison.Ordinal);
        Assert.Contains("sede", checkedFile.Error, StringComparison.Ordinal);
        Assert.Contains("there is no column \"sied\" for the label. Did you mean \"side\"?", checkedFile.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SaysWhatTheDataAre()
    {
        _place.Write("points.csv", "row," + Workplace.Points().Replace("\n", "\n1,", StringComparison.Ordinal)[..^2]);
        var text = _place.Run("check", "tiny.yaml", "--no-timing").Output;
        Assert.Contains("36 training, 12 dev and 12 test rows; 3 inputs, 2 classes", text, StringComparison.Ordinal);
        Assert.Contains("two classes of \"side\": left 30, right 30", text, StringComparison.Ordinal);
        Assert.Contains("3 columns of numbers", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_WarnsOfWhatTheNetworkNeverSawAndOfWhatItLearnedFrom()
    {
        string Rows(int from, string colour) => "x,colour,side\n" + string.Concat(Enumerable.Range(from, 60).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(i % 2 == 0 ? 1 : -1) + i / 100.0},{(i % 3 == 0 ? colour : "blue")},{(i % 2 == 0 ? "007" : "008")}\n")));
        _place.Write("points.csv", Rows(0, "red"));
        _place.Write("new.csv", Rows(100, "green"));
        Assert.Equal(0, _place.Run("run", "tiny.yaml", "--set", "objective.train.epochs=30").Code); // so that the refit fits
        var learned = _place.Run("predict", "tiny", "points.csv");
        Assert.Contains("48 rows of 60 are the same as rows that the network learned from", learned.Error, StringComparison.Ordinal);
        Assert.StartsWith("row,prediction,probability_007,probability_008", learned.Output, StringComparison.Ordinal);
        var other = _place.Run("predict", "tiny", "new.csv");
        Assert.Equal(0, other.Code);
        Assert.Contains("\"green\" in 20 rows, which the model never saw", other.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("learned from", other.Error, StringComparison.Ordinal);
        Assert.Equal(2, _place.Run("predict", "tiny", "new.csv", "--strict").Code);
    }
}
