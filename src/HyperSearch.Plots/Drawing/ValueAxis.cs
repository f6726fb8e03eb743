using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>An axis of a metric's values: logarithmic where they span more than a decade, else linear, and cut off where a few outliers
/// would flatten the rest.</summary>
internal sealed class ValueAxis
{
    private readonly bool _isLog;
    private readonly bool _share;
    private readonly double _low, _high;

    /// <summary>What is larger is drawn at the border: sums and squares of larger values leave the numbers there are.</summary>
    private const double MostShown = 1e300;

    /// <summary>The powers of ten at which a logarithmic axis ends at most: beyond are no numbers.</summary>
    private const double LeastPower = -300, MostPower = 307;

    /// <param name="values">The values to show; one that is not finite is left out.</param>
    /// <param name="metric">The metric's name: the label, and whether it is a share.</param>
    /// <param name="maximize">Whether more is better, so that outliers lie at the lower end.</param>
    /// <param name="linear">Never logarithmic.</param>
    /// <param name="mayBeShare">Whether values may be told in percent, because those beside the picture are.</param>
    public ValueAxis(IEnumerable<double> values, string metric, bool maximize = false, bool linear = false, bool mayBeShare = true)
    {
        var sorted = values.Where(double.IsFinite).Select(value => Math.Clamp(value, -MostShown, MostShown)).Order().ToArray();
        _share = mayBeShare && Metrics.IsShare(metric) && sorted.All(value => value is >= 0 and <= 1);
        if (sorted.Length == 0)
            sorted = [0, 1];
        var (low, high) = (sorted[0], sorted[^1]);
        _isLog = !linear && !maximize && low > 0 && high / low >= 8;
        if (_isLog && sorted.Length >= 20)
            high = Math.Min(high, Math.Max(2 * sorted[sorted.Length * 9 / 10], 4 * low));
        if (!_isLog)
        {
            // Three times the spread of the better three quarters keeps all but outliers in the picture; what lies a little beyond is
            // none.
            var fence = 3 * (maximize ? high - sorted[sorted.Length / 4] : sorted[sorted.Length - 1 - sorted.Length / 4] - low);
            if (high - low > 2 * fence)
                (low, high) = maximize ? (high - fence, high) : (low, low + fence);
            if (!(high > low))
                (low, high) = (sorted[0] == sorted[^1] ? Around(low) : (sorted[0], sorted[^1]));
        }

        (Least, Greatest) = (low, high);
        var pad = 0.07 * (Forward(high) - Forward(low));
        (_low, _high) = (Forward(low) - pad, Forward(high) + pad);
        if (_isLog)
        {
            (_low, _high) = (Math.Max(_low, LeastPower), Math.Min(_high, MostPower));
            (Low, High) = (Math.Pow(10, _low), Math.Pow(10, _high));
        }
        else
        {
            (Low, High) = (_low, _high); // a little below 0 too, so that the ring around a best value of 0 is whole
        }

        _low = Forward(Low);
        Label = Figures.Words(metric) + (_share ? " (%)" : Unit(metric)) + (_isLog ? ", log scale" : "");
        Beyond = sorted.Count(IsBeyond);
    }

    /// <summary>The metric and its unit.</summary>
    public string Label { get; }

    /// <summary>Whether the axis is logarithmic.</summary>
    public bool IsLog => _isLog;

    /// <summary>The least value that is drawn in its place.</summary>
    public double Least { get; }

    /// <summary>The greatest.</summary>
    public double Greatest { get; }

    /// <summary>The value at the lower end of the axis.</summary>
    public double Low { get; }

    /// <summary>The value at the upper end.</summary>
    public double High { get; }

    /// <summary>How many values lie outside and are drawn at the border.</summary>
    public int Beyond { get; }

    /// <summary>The lower end of the axis, in its coordinates.</summary>
    public double Bottom => _low;

    /// <summary>The upper end of the axis, in its coordinates.</summary>
    public double Top => _high;

    /// <summary>A value in the unit of the axis: in percent only where all that must be shown are shares.</summary>
    public string Say(double value) => Figures.Of(value, _share);

    /// <summary>Where a value is drawn; outliers just inside the border.</summary>
    public double At(double value) =>
        value > High ? AtTheWorst(maximize: false) : value < Low ? AtTheWorst(maximize: true) : Forward(value);

    /// <summary>Where a value would be drawn if the axis did not end.</summary>
    public double AtUnclipped(double value) => Forward(value);

    /// <summary>The value drawn at a coordinate.</summary>
    public double ValueAt(double coordinate) => _isLog ? Math.Pow(10, coordinate) : coordinate;

    /// <summary>Whether a value lies outside and is drawn at the border.</summary>
    public bool IsBeyond(double value) => value > High || value < Low;

    /// <summary>A place just inside the end where the worst values are.</summary>
    public double AtTheWorst(bool maximize) => maximize ? _low + 0.015 * (_high - _low) : _high - 0.015 * (_high - _low);

    public AxisTicks Ticks(int most)
    {
        if (!_isLog)
        {
            var unit = _share ? 100 : 1;
            var ticks = NiceNumbers.Linear(Low * unit, High * unit, most).Where(tick => Least < 0 || tick >= 0);
            return new AxisTicks([.. ticks.Select(tick => (tick / unit, Text(tick / unit)))],
                []);
        }

        var (major, minor) = NiceNumbers.Log(Low, High, most);
        return new AxisTicks([.. major.Select(tick => (Forward(tick), Text(tick)))], [.. minor.Select(Forward)]);
    }

    /// <summary>Sets ticks, limits and the label of an axis.</summary>
    public void ApplyTo(IAxis axis, int most, string? label = null)
    {
        Ticks(most).ApplyTo(axis);
        axis.Label.Text = label ?? Label;
        axis.Min = _low;
        axis.Max = _high;
    }

    private static (double, double) Around(double value) =>
        value == 0 ? (-0.5, 0.5) : (value - 0.1 * Math.Abs(value), value + 0.1 * Math.Abs(value));

    private static string Unit(string metric) =>
        metric.EndsWith("seconds", StringComparison.Ordinal) ? " (s)" : metric.EndsWith("bytes", StringComparison.Ordinal) ? " (B)" : "";

    private string Text(double value) => _share ? NumberText.Rounded(value * 100) + " %" : NumberText.Rounded(value);

    private double Forward(double value) => _isLog ? Math.Log10(Math.Max(value, 1e-300)) : value;
}
