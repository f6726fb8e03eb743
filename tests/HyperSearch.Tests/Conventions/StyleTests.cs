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

    /// <summary>The order that <c>dotnet format</c> gives: namespaces with System's first, then static classes, then other names for types.
    /// </summary>
    [Fact]
    public void Imports_StandInOrder()
    {
        var disordered =
            from file in Sources.Under("src").Concat(Sources.Under("tests"))
            let imports = File.ReadLines(file).Select(line => Import().Match(line)).Where(line => line.Success).ToArray()
            let wanted = imports
                .OrderBy(import => import.Groups["alias"].Success ? 2 : import.Groups["static"].Success ? 1 : 0)
                .ThenBy(import => import.Groups["alias"].Value, StringComparer.OrdinalIgnoreCase)
                .ThenBy(import => !IsOfSystem(import.Groups["name"].Value))
                .ThenBy(import => import.Groups["name"].Value.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase)
            where !imports.SequenceEqual(wanted)
            select $"{Path.GetFileName(file)}: {string.Join(' ', wanted.Select(import => import.Value))}";
        Assert.Empty(disordered);
    }

    private static bool IsOfSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    [GeneratedRegex(@"^using (?<static>static )?((?<alias>\w+) = )?(?<name>[\w.]+);$")]
    private static partial Regex Import();

    [GeneratedRegex(@"#pragma warning disable \w+(, \w+)*\s*$")]
    private static partial Regex BarePragma();

    [GeneratedRegex("#pragma warning disable")]
    private static partial Regex Disable();
}
