using System.Text.RegularExpressions;

namespace HyperSearch.Tests.Conventions;

/// <summary>House rules that no analyzer knows.</summary>
public sealed partial class StyleTests
{
    [Fact]
    public void Pragma_CarriesItsReason()
    {
        var bare =
            from file in Sources.Under("src").Concat(Sources.Under("tests"))
            from line in File.ReadLines(file)
            where BarePragma().IsMatch(line)
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(bare);
    }

    [Fact]
    public void Suppression_IsRare() =>
        Assert.InRange(Sources.Under("src").Sum(file => Disable().Count(File.ReadAllText(file))), 0, 10);

    [Fact]
    public void Source_HasNoFileThatOughtToBeTwo()
    {
        var lengths = Sources.Under("src").Select(file => (Name: Path.GetFileName(file), Lines: File.ReadLines(file).Count()))
            .OrderBy(file => file.Lines).ToList();
        Assert.All(lengths, file => Assert.True(file.Lines <= 350, $"{file.Name} has {file.Lines} lines"));
        Assert.True(lengths[lengths.Count / 2].Lines < 80, $"the median file has {lengths[lengths.Count / 2].Lines} lines");
    }

    [GeneratedRegex(@"#pragma warning disable \w+(, \w+)*\s*$")]
    private static partial Regex BarePragma();

    [GeneratedRegex("#pragma warning disable")]
    private static partial Regex Disable();
}
