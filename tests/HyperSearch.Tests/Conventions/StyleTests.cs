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
    public void Source_HasNoFileThatOughtToBeTwo() => Assert.All(Sources.Under("src"), file =>
    {
        var lines = File.ReadLines(file).Count();
        Assert.True(lines <= 300, $"{Path.GetFileName(file)} has {lines} lines.");
    });

    [Fact]
    public void Source_HasNoLineWiderThan140()
    {
        var wide =
            from file in Sources.Under("src").Concat(Sources.Under("tests"))
            from line in File.ReadLines(file)
            where line.Length > 140
            select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(wide);
    }

    [GeneratedRegex(@"#pragma warning disable \w+(, \w+)*\s*$")]
    private static partial Regex BarePragma();

    [GeneratedRegex("#pragma warning disable")]
    private static partial Regex Disable();
}
