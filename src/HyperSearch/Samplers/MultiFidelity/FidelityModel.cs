using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.MultiFidelity;

/// <summary>The expectations of a <see cref="MultiFidelityProcess"/> at the full budget.</summary>
internal sealed class FidelityModel
{
    private const int Elites = 4, Polished = 2, PolishSteps = 15;
    private readonly MultiFidelityProcess _process;
    private readonly Space _space;
    private readonly int _count;
    private readonly double _best, _logDeviation;
    private readonly HashSet<int> _known;
    private readonly ImmutableArray<FidelityResult> _elites;

    /// <summary>Looks at the trials that it knows.</summary>
    /// <param name="process">The process.</param>
    /// <param name="space">The space.</param>
    /// <param name="results">The results behind the process.</param>
    /// <param name="deviation">What their values were divided by.</param>
    public FidelityModel(MultiFidelityProcess process, Space space, IReadOnlyList<FidelityResult> results, double deviation)
    {
        (_process, _space, _count, _logDeviation) = (process, space, results.Count, PortableMath.Log(deviation));
        var trials = results.DistinctBy(result => result.Trial)
            .Select(result => (Result: result, process.At([.. result.Position, 1]).Mean)).OrderBy(one => one.Mean).ToList();
        _known = [.. trials.Select(one => one.Result.Trial)];
        _best = trials[0].Mean;
        _elites = [.. trials.Take(Elites).Select(one => one.Result)];
    }

    /// <summary>Whether a result of a trial is modelled.</summary>
    public bool Knows(int trial) => _known.Contains(trial);

    /// <summary>log expected improvement at the full budget, in the unit of the values.</summary>
    public double LogImprovement(ImmutableArray<double> position) =>
        _process.LogImprovement([.. position, 1], _best, null) + _logDeviation;

    /// <summary>The new point with the greatest expected improvement; <c>null</c> when every candidate was tried.</summary>
    public Proposal? Propose(ProposalRequest request, int candidates)
    {
        var random = request.Random;
        var count = Math.Max(1, candidates * 100 / Math.Max(100, _count));
        var sobol = new SobolSequence(_space.Dimensions, random.NextULong());
        var candidate = new double[_space.Dimensions];
        var compared = new List<(ImmutableArray<double> Position, double LogImprovement)>();
        for (var i = 0; i < 2 * count; i++)
        {
            if (i < count)
                sobol.At((uint)i, candidate);
            else
                ModelMoves.Move(_space, candidate, _elites[random.NextInt(_elites.Length)].Position, random);
            if (request.Explored.Accept(candidate) is { IsDefault: false } position)
                compared.Add((position, _process.LogImprovement([.. position, 1], _best, null)));
        }

        if (compared.Count == 0)
            return null;
        var best = compared.OrderByDescending(one => one.LogImprovement).Take(Polished).ToList();
        foreach (var (from, _) in best.ToList())
        {
            var (x, loss) = Polish(from);
            if (request.Explored.Accept(x.AsSpan(0, candidate.Length)) is { IsDefault: false } position)
                best.Add((position, -loss));
        }

        var (wanted, improvement) = best.MaxBy(one => one.LogImprovement);
        return new Proposal(wanted, new Origin(OriginKind.Model)
        {
            Around = [_elites[0].Trial],
            LogExpectedImprovement = improvement + _logDeviation,
        });
    }

    /// <summary>Steps of L-BFGS over the coordinates that are continuous.</summary>
    private (double[] X, double Value) Polish(ImmutableArray<double> from)
    {
        bool[] moves = [.. _space.Searched.Select(parameter => parameter.Scale.Count is null), false];
        return Bfgs.Minimize((at, gradient) =>
        {
            var improvement = _process.LogImprovement(at, _best, gradient);
            for (var d = 0; d < gradient.Length; d++)
                gradient[d] = moves[d] ? -gradient[d] : 0;
            return -improvement;
        }, [.. from, 1], 0, 1, PolishSteps);
    }
}
