using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Something to search: a space, a value for each point and budget, and how far from the best a value is.</summary>
internal abstract class Problem
{
    public required string Name { get; init; }

    public required Space Space { get; init; }

    /// <summary>The full budget in epochs; 1 where there are none.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The objective as a search names it.</summary>
    public virtual ObjectiveDefinition Objective => new DelegateDefinition { Epochs = Epochs };

    /// <summary>Whether the values between rungs are shown to the search; else only where its schedule asks for them.</summary>
    public virtual bool HasCurves => false;

    /// <summary>Problems of one family share a table.</summary>
    public abstract string Family { get; }

    /// <summary>How far a value is from the best known, in the family's unit.</summary>
    public abstract double Regret(double value);

    /// <summary>Fills in the values of requests that are all for problems of this problem's family.</summary>
    public abstract void Evaluate(IReadOnlyList<Request> requests);
}
