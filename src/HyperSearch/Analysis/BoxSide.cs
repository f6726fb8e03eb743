using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>One side of a box: a parameter's range, and the trials that hold its ends.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Low">Its value at the lower end.</param>
/// <param name="High">Its value at the upper end.</param>
/// <param name="Width">The side's length as a share of the parameter's whole range, on its own scale.</param>
public sealed record BoxSide(string Parameter, ParameterValue Low, ParameterValue High, double Width)
{
    /// <summary>The lower end of the box before; <c>null</c> where there was none.</summary>
    public ParameterValue? LowBefore { get; init; }

    /// <summary>The upper end of the box before.</summary>
    public ParameterValue? HighBefore { get; init; }

    /// <summary>The length of the box before.</summary>
    public double? WidthBefore { get; init; }

    /// <summary>How far its middle moved, likewise a share of the range; negative is down.</summary>
    public double? Moved { get; init; }

    /// <summary>The trial with the lowest value among the trials that span the box; <c>null</c> where the parameter plays no part in
    /// any.</summary>
    public int? LowTrial { get; init; }

    /// <summary>The trial with the highest.</summary>
    public int? HighTrial { get; init; }

    internal static BoxSide Of(Space space, int d, IReadOnlyDictionary<int, Trial> trials, Trial now, Trial? before)
    {
        var parameter = space.Searched[d];
        var ends = now.Origin.Around.Where(number => trials.TryGetValue(number, out var trial) && trial.Point.ContainsKey(parameter.Name))
            .OrderBy(number => space.PositionOf(trials[number].Point)[d]).ToArray();
        var (low, high) = (now.Origin.Low[d], now.Origin.High[d]);
        var side = new BoxSide(parameter.Name, At(low), At(high), high - low)
        {
            LowTrial = ends.Length > 0 ? ends[0] : null,
            HighTrial = ends.Length > 0 ? ends[^1] : null,
        };
        if (before is null)
            return side;
        var (lowBefore, highBefore) = (before.Origin.Low[d], before.Origin.High[d]);
        return side with
        {
            LowBefore = At(lowBefore),
            HighBefore = At(highBefore),
            WidthBefore = highBefore - lowBefore,
            Moved = (low - lowBefore + (high - highBefore)) / 2,
        };

        ParameterValue At(double position) => parameter.Scale.At(Math.Clamp(position, 0, 1));
    }
}
