using System.CommandLine;

namespace HyperSearch.Cli.Commands;

/// <summary>The option that says which pictures a session draws once its ranking stands.</summary>
internal sealed class PlotsOption
{
    /// <summary>The pictures that tell how the search went and where it led.</summary>
    private static readonly string[] Few = ["history", "slices"];

    private readonly Option<string> _plots = new("--plots")
    {
        HelpName = "all|few|none",
        Description = $"Pictures at the end: all that have something to show, few ({string.Join(" and ", Few)}) or none. Default all.",
    };

    /// <summary>The option.</summary>
    public Option Option => _plots;

    /// <summary>Adds it to a verb.</summary>
    public void AddTo(Verb verb)
    {
        CheckedOption.OneOf(_plots, "all", "few", "none");
        verb.Add(_plots);
    }

    /// <summary>The kinds that a command line names: <c>null</c> for all that have something to show.</summary>
    public IReadOnlyList<string>? Read(ParseResult parse) => parse.GetValue(_plots) switch
    {
        "none" => [],
        "few" => Few,
        _ => null,
    };
}
