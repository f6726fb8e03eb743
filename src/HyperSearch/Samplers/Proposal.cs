using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>A point that a sampler wants tried, and why.</summary>
/// <param name="Position">One coordinate in [0, 1] per searched parameter.</param>
/// <param name="Origin">How it came about.</param>
public sealed record Proposal(ImmutableArray<double> Position, Origin Origin)
{
    /// <summary>Why the point is proposed.</summary>
    public Origin Origin { get; init; } = Origin ?? throw new ArgumentNullException(nameof(Origin));

    /// <summary>
    /// Where the law drew the point before it was moved to the position that stands for its configuration. Default: empty, the law need not
    /// know.
    /// </summary>
    public ImmutableArray<double> Drawn { get; init; } = [];

    /// <summary>A point from anywhere; <c>null</c> for a default position, which stands for a space that is exhausted.</summary>
    internal static Proposal? Global(ImmutableArray<double> position) =>
        position.IsDefault ? null : new Proposal(position, new Origin(OriginKind.Global));
}
