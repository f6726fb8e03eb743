using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Hosting.Control;

namespace HyperSearch.Cli.Commands;

/// <summary><c>enqueue</c>: gives a campaign that runs a configuration to try next.</summary>
internal sealed class EnqueueVerb : WishVerb
{
    private readonly Argument<string> _point = new("CONFIGURATION")
    {
        Description = "The configuration as a search file writes one; what it leaves out is drawn from the space.",
    };

    /// <summary>Makes the verb.</summary>
    public EnqueueVerb(Shell shell)
        : base("enqueue", "Give a campaign that runs a configuration to try next.", shell, "enqueue digits \"{learning_rate: 0.01}\"") =>
        Add(_point);

    /// <inheritdoc/>
    protected override Wish Read(ParseResult parse) => new(WishKind.Enqueue) { Point = parse.GetRequiredValue(_point) };
}
