using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>An axis that is a parameter's own scale: positions are those of the unit interval, ticks say the values.</summary>
internal sealed class ParameterAxis
{
    private readonly ScaleShape _shape;
    private readonly bool _listsValues;

    public ParameterAxis(Parameter parameter)
    {
        Parameter = parameter;
        _shape = new ScaleShape(parameter.Scale);
        _listsValues = _shape.Kind == ScaleKind.Categories || parameter.Scale.Count is <= 7;
    }

    public Parameter Parameter { get; }

    public bool IsCategorical => _shape.Kind == ScaleKind.Categories;

    /// <summary>Whether the scale has few enough values that points lie on top of each other.</summary>
    public bool NeedsJitter => _listsValues && Parameter.Scale.Count is <= 12;

    /// <summary>The name, and how the axis is spread where that is not evenly.</summary>
    public string Label => Parameter.Name + _shape.Kind switch
    {
        ScaleKind.Log => "  (log scale)",
        ScaleKind.OneMinusLog => "  (log scale of 1 − x)",
        _ => "",
    };

    /// <summary>Where a trial lies in [0, 1]; NaN when the parameter is inactive there.</summary>
    public double Of(Trial trial) => trial.Point.TryGetValue(Parameter.Name, out var value) ? ScaleShape.PositionOf(Parameter.Scale, value) : double.NaN;

    /// <summary>The name and the value at a place in [0, 1].</summary>
    public string Say(double place)
    {
        var value = Parameter.Scale.At(Math.Clamp(place, 0, 1));
        return $"{Parameter.Name} {(value.IsNumber ? Figures.Brief(value.Number) : value.ToString())}";
    }

    /// <summary>Ticks for about <paramref name="most"/> labels.</summary>
    public AxisTicks Ticks(int most, int longest = 18)
    {
        if (_listsValues)
            return Listed(longest);
        if (!(_shape.High > _shape.Low))
            return new AxisTicks([(0.5, Figures.Plain(_shape.Low))], []);
        return _shape.Kind switch
        {
            ScaleKind.Log => Logarithmic(_shape.Low, _shape.High, most, x => x, plain: false),
            ScaleKind.OneMinusLog => Logarithmic(1 - _shape.High, 1 - _shape.Low, most, x => 1 - x, plain: true),
            _ => Linear(most),
        };
    }

    /// <summary>Sets ticks, limits and the label of an axis.</summary>
    public void ApplyTo(IXAxis axis, int most)
    {
        var ticks = Ticks(most);
        var crowded = IsCategorical && (ticks.Major.Length > most || ticks.Major.Sum(tick => tick.Label.Length) > 9 * most);
        if (crowded)
            ticks = Ticks(most, longest: 13).Thinned(5 * most);
        ticks.ApplyTo(axis, crowded ? -90 : 0);
        if (ticks.Major.Length > 24)
            axis.TickLabelStyle.FontSize = 11;
        axis.Label.Text = Label;
        axis.Min = Margin.Low;
        axis.Max = Margin.High;
    }

    /// <summary>Sets ticks, limits and the label of an axis.</summary>
    public void ApplyTo(IYAxis axis, int most)
    {
        Ticks(most, longest: 9).ApplyTo(axis);
        axis.Label.Text = Label;
        axis.Min = Margin.Low;
        axis.Max = Margin.High;
    }

    private (double Low, double High) Margin => IsCategorical ? (0, 1) : (-0.035, 1.035);

    private AxisTicks Listed(int longest)
    {
        var count = (int)Math.Min(200, Parameter.Scale.Count ?? 1);
        var every = Math.Max(1, (int)Math.Ceiling(count / 60.0));
        return new AxisTicks(
            [.. Enumerable.Range(0, count).Where(k => k % every == 0).Select(k => Parameter.Scale.At((k + 0.5) / count)).Distinct().Select(value => (Parameter.Scale.PositionOf(value), Shortened(value, longest)))],
            []);
    }

    private static string Shortened(ParameterValue value, int longest)
    {
        var text = Figures.Plain(value);
        return text.Length <= longest ? text : text[..(longest - 5)] + "…" + text[^4..]; // names of a kind often differ at the end
    }

    private AxisTicks Linear(int most)
    {
        var major = NiceNumbers.Linear(_shape.Low, _shape.High, most, _shape.IsWhole);
        return new AxisTicks([.. major.Select(value => (_shape.PositionOf(value), Figures.Plain(value)))], []);
    }

    private AxisTicks Logarithmic(double low, double high, int most, Func<double, double> value, bool plain)
    {
        var (major, minor) = NiceNumbers.Log(low, high, most);
        var asPower = !plain && (low < 0.9e-4 || high > 1.1e6);
        return new AxisTicks(
            [.. major.Select(x => (_shape.PositionOf(value(x)), NiceNumbers.Label(value(x), asPower)))],
            [.. minor.Select(x => _shape.PositionOf(value(x)))]);
    }
}
