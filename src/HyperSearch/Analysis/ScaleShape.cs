using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Reads off a scale's ends, what lies in its middle and so what kind it is, without knowing its type: a new scale is drawn and advised on right away.</summary>
internal sealed class ScaleShape
{
    private readonly Scale _scale;

    public ScaleShape(Scale scale)
    {
        _scale = scale;
        if (scale.IsCategorical || !scale.At(0).IsNumber || !scale.At(1).IsNumber)
        {
            Kind = ScaleKind.Categories;
            return;
        }

        (Low, High) = (scale.At(0).Number, scale.At(1).Number);
        Kind = KindByTheMiddle(Low, High, scale.At(0.5).Number);
    }

    public ScaleKind Kind { get; }

    /// <summary>The value at 0; NaN for categories.</summary>
    public double Low { get; } = double.NaN;

    /// <summary>The value at 1; NaN for categories.</summary>
    public double High { get; } = double.NaN;

    public bool IsWhole => Kind != ScaleKind.Categories && _scale.Count is not null && double.IsInteger(Low) && double.IsInteger(High)
        && double.IsInteger(_scale.At(0.5).Number) && double.IsInteger(_scale.At(0.3).Number);

    /// <summary>Where a value lies in [0, 1]; NaN when the scale does not know it.</summary>
    public static double PositionOf(Scale scale, ParameterValue value) => scale.Contains(value) ? scale.PositionOf(value) : double.NaN;

    /// <summary>Where a number lies in [0, 1], also between the values of a discrete scale.</summary>
    public double PositionOf(double value)
    {
        if (_scale.Contains(value))
            return _scale.PositionOf(value);
        double left = 0, right = 1;
        var rises = High >= Low;
        for (var i = 0; i < 50; i++)
        {
            var middle = (left + right) / 2;
            if (_scale.At(middle).Number < value == rises)
                left = middle;
            else
                right = middle;
        }

        return (left + right) / 2;
    }

    private static ScaleKind KindByTheMiddle(double low, double high, double middle)
    {
        var kind = ScaleKind.Linear;
        var miss = Math.Abs(middle - (low + high) / 2);
        var range = Math.Abs(high - low);
        if (low > 0 && high > 0)
            Consider(ScaleKind.Log, Math.Sqrt(low * high));
        if (low < 1 && high < 1 && low >= 0 && high >= 0)
            Consider(ScaleKind.OneMinusLog, 1 - Math.Sqrt((1 - low) * (1 - high)));
        return kind;

        void Consider(ScaleKind candidate, double expected)
        {
            if (Math.Abs(middle - expected) < miss - 0.02 * range)
                (kind, miss) = (candidate, Math.Abs(middle - expected));
        }
    }
}
