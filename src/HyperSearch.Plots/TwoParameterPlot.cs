using HyperSearch.Analysis;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>A picture whose two axes are hyperparameters, each on its own scale.</summary>
public abstract class TwoParameterPlot : ValuePlot
{
    /// <summary>The horizontal parameter; <c>null</c>, the default, for the most important.</summary>
    public string? X { get; init; }

    /// <summary>The vertical parameter; <c>null</c>, the default, for the second most important.</summary>
    public string? Y { get; init; }

    /// <summary>The subject of the message that this picture needs two hyperparameters: <c>A plane</c>.</summary>
    private protected abstract string Noun { get; }

    /// <exception cref="ArgumentException"><see cref="X"/> or <see cref="Y"/> is not a parameter that is searched.</exception>
    private protected sealed override Picture Draw(CampaignSummary summary) =>
        Choose(summary) is var (x, y) ? Draw(summary, x, y) : Empty(summary, $"{Noun} needs two hyperparameters that are searched.");

    /// <summary>The same picture of two parameters of one's choice.</summary>
    internal abstract TwoParameterPlot Of(string x, string y);

    /// <summary>Draws a campaign that has a trial with a value.</summary>
    private protected abstract Picture Draw(CampaignSummary summary, ParameterAxis x, ParameterAxis y);

    /// <summary>A picture without panels that says why.</summary>
    private protected static Picture Empty(CampaignSummary summary, string message) =>
        new() { Title = summary.Headline, Subtitle = summary.Name, Message = message };

    /// <summary>Sets the two axes and the room for their labels.</summary>
    private protected static void SetAxes(Plot plot, ParameterAxis x, ParameterAxis y)
    {
        x.ApplyTo(plot.Axes.Bottom, 9);
        y.ApplyTo(plot.Axes.Left, 9);
        Style.Room(plot, left: 92, bottom: plot.Axes.Bottom.TickLabelStyle.Rotation != 0 ? 120 : 58);
    }

    /// <summary>The parameters that were named, else the most important, else the first; <c>null</c> when there are not two.</summary>
    private (ParameterAxis X, ParameterAxis Y)? Choose(CampaignSummary summary)
    {
        var searched = summary.Snapshot.Search.Space.Searched;
        foreach (var name in new[] { X, Y })
        {
            if (name is not null && searched.All(parameter => parameter.Name != name))
            {
                throw new ArgumentException($"A plane's axes are hyperparameters that are searched, but \"{name}\" is not one. "
                    + $"Searched: {string.Join(", ", searched.Select(parameter => parameter.Name))}.");
            }
        }

        if (searched.Length < 2)
            return null;
        var ranks = Importance.Order(summary.Snapshot);
        var order = searched.OrderBy(parameter => !parameter.When.IsEmpty).ThenBy(parameter => ranks.IndexOf(parameter.Name)).ToList();
        var first = order.FirstOrDefault(parameter => parameter.Name == X) ?? order.First(parameter => parameter.Name != Y);
        var second = order.FirstOrDefault(parameter => parameter.Name == Y) ?? order.First(parameter => parameter != first);
        return (new ParameterAxis(first), new ParameterAxis(second));
    }
}
