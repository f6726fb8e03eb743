namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>Each kind of bad input gets one or two plain sentences, exit code 2, and leaves nothing behind.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void MissingDataFile_IsNamed() => Refused(place => File.Delete(place.PathOf("points.csv")), "points.csv");

    [Fact]
    public void MissingLabelColumn_NamesTheNearest() =>
        Refused(place => place.Write("tiny.yaml", Workplace.Search.Replace("label: side", "label: sied", StringComparison.Ordinal)),
            "sied", "\"side\"");

    [Fact]
    public void TextInAColumnOfNumbers_NamesRowAndColumn() =>
        Refused(place => place.Write("points.csv", Workplace.Points().Replace("\n-0.65,", "\nabc,", StringComparison.Ordinal)),
            "abc", "row", "x");

    [Fact]
    public void ClassWithASingleRow_IsNamed() => Refused(place => place.Write("points.csv", Workplace.Points() + "1,1,middle\n"), "middle");

    [Fact]
    public void EmptySpace_IsRefused() => Refused(
        place => place.Write("tiny.yaml",
            Workplace.Search.Replace("  learning_rate: {log: [1e-3, 1]}\n  hidden_units: {int: [2, 8]}\n", "  {}\n",
                StringComparison.Ordinal)),
        "at least one parameter");

    [Fact]
    public void LogRangeFromZero_SaysWhyAndWhere() =>
        Refused(place => place.Write("tiny.yaml", Workplace.Search.Replace("[1e-3, 1]", "[0, 1]", StringComparison.Ordinal)),
            "tiny.yaml:6:", "log");

    [Fact]
    public void ResultsThatCannotBeAFolder_AreRefused()
    {
        using var place = new Workplace();
        place.Write("results", "a file in the way");
        var run = place.Run("run", "tiny.yaml");
        Assert.Equal(2, run.Code);
        Assert.Contains("results", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadOnlyResultsFolder_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder that even root cannot write to.");
        using var place = new Workplace();
        var run = place.Run("run", "tiny.yaml", "--results", "/proc/results");
        Assert.Equal(2, run.Code);
        Assert.Contains("/proc/results", run.Error, StringComparison.Ordinal);
    }

    private static void Refused(Action<Workplace> spoil, params string[] words)
    {
        using var place = new Workplace();
        spoil(place);
        var run = place.Run("run", "tiny.yaml");
        Assert.True(run.Code == 2, $"{run.Code}: {run.Output}{run.Error}");
        Assert.All(words, word => Assert.Contains(word, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.False(Directory.Exists(place.PathOf("results")));
    }
}
