using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Something to search: a space, a value for each point and budget, and how far from the best a value is.</summary>
internal abstract class Problem
{
    public required string Name { get; init; }

    public required Space Space { get; init; }

    /// <summary>The full budget in epochs; 1 where there are none.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Problems of one family share a table.</summary>
    public abstract string Family { get; }

    /// <summary>How far a value is from the best known, in the family's unit.</summary>
    public abstract double Regret(double value);

    /// <summary>Fills in the values of requests that are all for problems of this problem's family.</summary>
    public abstract void Evaluate(IReadOnlyList<Request> requests);
}

/// <summary>One evaluation: filled in by <see cref="Problem.Evaluate"/>.</summary>
internal sealed record Request(Problem Problem, Point Point, int Epochs, ulong Seed)
{
    /// <summary>What the search sees, lower is better.</summary>
    public double Observed { get; set; } = double.NaN;

    /// <summary>What regret is measured on: the value without noise.</summary>
    public double True { get; set; } = double.NaN;
}
