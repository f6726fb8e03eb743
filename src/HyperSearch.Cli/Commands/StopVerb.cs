using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Hosting.Control;

namespace HyperSearch.Cli.Commands;

/// <summary><c>stop</c>: stops a campaign that runs, or one of its trials.</summary>
internal sealed class StopVerb : WishVerb
{
    private readonly Option<int?> _trial = CheckedOption.WholeNumber(
        "--trial", "N", "Stop this trial only, at its next epoch; its value there counts.", 0);

    /// <summary>Makes the verb.</summary>
    public StopVerb(Shell shell)
        : base("stop", "Stop a campaign that runs as Ctrl-C would, or one of its trials.", shell, "stop digits",
            "stop digits --trial 17") => Add(_trial);

    /// <inheritdoc/>
    protected override Wish Read(ParseResult parse) => parse.GetValue(_trial) is { } trial
        ? new Wish(WishKind.StopTrial) { Trial = trial }
        : new Wish(WishKind.Stop);
}
