using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>An axis that is a parameter's own scale: positions lie in the unit interval, ticks say the values.</summary>
internal sealed class ParameterAxis
{
    private readonly bool _listsValues;

    public ParameterAxis(Parameter parameter)
    {
        Parameter = parameter;
        IsCategorical = !parameter.Scale.IsOrdered;
        _listsValues = IsCategorical || parameter.Scale.Count is <= 7;
    }

    public Parameter Parameter { get; }

    public bool IsCategorical { get; }

    /// <summary>Whether the scale has few enough values that points lie on top of each other.</summary>
    public bool NeedsJitter => _listsValues && Parameter.Scale.Count is <= 12;

    /// <summary>The name, and how the axis is spread where that is not evenly.</summary>
    public string Label => Parameter.Name + (Parameter.Scale.Spread is { Length: > 0 } spread ? $"  ({spread})" : "");

    /// <summary>Where a trial lies in [0, 1]; NaN when the parameter is inactive there.</summary>
    public double Of(Trial trial) =>
        trial.Point.TryGetValue(Parameter.Name, out var value)
            && Parameter.Scale.Contains(value) ? Parameter.Scale.PositionOf(value) : double.NaN;

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
        var ticks = Parameter.Scale.Ticks(most);
        return new AxisTicks([.. ticks.Major.Select(tick => (Parameter.Scale.PlaceOf(tick.Value), tick.Text))],
            [.. ticks.Minor.Select(Parameter.Scale.PlaceOf)]);
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

    private (double Low, double High) Margin => IsCategorical ? (0, 1) : (-0.055, 1.055);

    private AxisTicks Listed(int longest)
    {
        var count = (int)Math.Min(200, Parameter.Scale.Count ?? 1);
        var every = Math.Max(1, (int)Math.Ceiling(count / 60.0));
        return new AxisTicks(
            [
                .. Enumerable.Range(0, count).Where(k => k % every == 0).Select(k => Parameter.Scale.At((k + 0.5) / count)).Distinct()
                    .Select(value => (Parameter.Scale.PositionOf(value), Shortened(value, longest))),
            ],
            []);
    }

    private static string Shortened(ParameterValue value, int longest)
    {
        var text = NumberText.Rounded(value);
        return text.Length <= longest ? text : text[..(longest - 5)] + "…" + text[^4..]; // names of a kind often differ at the end
    }
}
