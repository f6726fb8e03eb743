using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>One evaluation: filled in by <see cref="Problem.Evaluate"/>.</summary>
/// <param name="Problem">Of what.</param>
/// <param name="Point">Where.</param>
/// <param name="FromEpochs">Epochs trained before.</param>
/// <param name="ToEpochs">Epochs trained in all.</param>
/// <param name="WantsCurve">Whether the value after each epoch in between is wanted.</param>
/// <param name="Seed">Of the noise.</param>
internal sealed record Request(Problem Problem, Point Point, int FromEpochs, int ToEpochs, bool WantsCurve, ulong Seed)
{
    /// <summary>How its network was trained before its trial began, where that is a copy of another. Default: not at all.</summary>
    public ImmutableArray<Stretch> Past { get; init; } = [];

    /// <summary>What the search sees, lower is better.</summary>
    public double Observed { get; set; } = double.NaN;

    /// <summary>What regret is measured on: the value without noise.</summary>
    public double True { get; set; } = double.NaN;

    /// <summary>What the search sees after each epoch; empty unless wanted.</summary>
    public double[] Curve { get; } = WantsCurve ? new double[ToEpochs - FromEpochs] : [];

    /// <summary>The epochs to evaluate at.</summary>
    public IEnumerable<int> Epochs => WantsCurve ? Enumerable.Range(FromEpochs + 1, ToEpochs - FromEpochs) : [ToEpochs];

    /// <summary>Takes in the value after an epoch, and what the search sees of it.</summary>
    public void Set(int epoch, double value, double observed)
    {
        if (WantsCurve)
            Curve[epoch - FromEpochs - 1] = observed;
        if (epoch == ToEpochs)
            (True, Observed) = (value, observed);
    }
}
