using System.Collections.Immutable;

namespace HyperSearch.Samplers.Tpe;

/// <summary>The choice of <see cref="TpeSampler"/> once it is known which trials are good.</summary>
internal static class TpeDensities
{
    /// <summary>The good trials, and the others, that are remembered at most.</summary>
    public const int MostGood = 25, MostOthers = 256;

    private const double GoodShare = 0.1;

    /// <summary>How many of so many outcomes are good: at least two.</summary>
    public static int GoodOf(int outcomes) => Math.Clamp((int)Math.Ceiling(GoodShare * outcomes), 2, MostGood);

    /// <summary>Of some draws from the density of the good trials the one that is likeliest there and unlikeliest among the others;
    /// <c>null</c> when all are explored.</summary>
    /// <param name="options">How many draws.</param>
    /// <param name="request">The request.</param>
    /// <param name="good">The good trials, the best first.</param>
    /// <param name="others">The others, the latest last.</param>
    public static Proposal? Likely(
        TpeSampler options, ProposalRequest request, IReadOnlyList<(int Trial, ImmutableArray<double> Position)> good,
        IEnumerable<ImmutableArray<double>> others)
    {
        var likely = new ParzenDensity(request.Space, [.. good.Select(trial => trial.Position)]);
        var unlikely = new ParzenDensity(
            request.Space, [.. others.Concat(request.Pending.Values.Select(pending => pending.Position)).TakeLast(MostOthers)]);
        var best = (Position: default(ImmutableArray<double>), Ratio: double.NegativeInfinity);
        var candidate = new double[request.Space.Dimensions];
        for (var i = 0; i < options.Candidates; i++)
        {
            likely.Draw(candidate, request.Random);
            if (request.Explored.Accept(candidate) is not { IsDefault: false } position)
                continue;
            var ratio = likely.Log(position) - unlikely.Log(position);
            if (ratio > best.Ratio)
                best = (position, ratio);
        }

        return best.Position.IsDefault ? null : new Proposal(best.Position, new Origin(OriginKind.Model)
        {
            Around = [.. good.Select(trial => trial.Trial).Order()],
            Width = likely.Bandwidth,
        });
    }
}
