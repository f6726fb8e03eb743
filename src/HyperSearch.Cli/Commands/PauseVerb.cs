using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Hosting.Control;

namespace HyperSearch.Cli.Commands;

/// <summary><c>pause</c>: holds the jobs of a campaign back, or lets them go on.</summary>
internal sealed class PauseVerb : WishVerb
{
    private readonly Option<bool> _end = new("--end") { Description = "Let a paused campaign go on." };

    /// <summary>Makes the verb.</summary>
    public PauseVerb(Shell shell)
        : base("pause", "Begin no further job of a campaign that runs, until it may go on.", shell, "pause digits", "pause digits --end") =>
        Add(_end);

    /// <inheritdoc/>
    protected override Wish Read(ParseResult parse) => new(parse.GetValue(_end) ? WishKind.GoOn : WishKind.Pause);
}
