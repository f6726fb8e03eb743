using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>Finds the value of a scale that is nearest to one that another scale gave.</summary>
internal static class NearestValue
{
    /// <summary>The value itself where the scale has it, else the nearer of its two neighbours; <c>null</c> when it is out of range, or no
    /// number.</summary>
    public static ParameterValue? On(Scale scale, ParameterValue value)
    {
        if (scale.Contains(value))
            return value;
        if (scale.IsCategorical || !value.IsNumber || !scale.At(0).IsNumber || scale.Count is not (> 1 and var count))
            return null;
        if (value.Number < scale.At(0).Number || value.Number > scale.At(1).Number)
            return null;

        var (low, high) = (0L, count - 1);
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            (low, high) = Cell(middle) <= value.Number ? (middle, high) : (low, middle);
        }

        return value.Number - Cell(low) <= Cell(high) - value.Number ? Cell(low) : Cell(high);

        double Cell(long index) => scale.At((index + 0.5) / count).Number;
    }
}
