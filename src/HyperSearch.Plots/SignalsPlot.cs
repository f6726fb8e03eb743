using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>How activations change from hidden layer to hidden layer on their way forward, and gradients on their way back.</summary>
public sealed class SignalsPlot : IPlot
{
    private const int MostLines = 120;

    /// <summary>Beyond a factor of 10⁶ it does not matter how far.</summary>
    private const double Farthest = 6;

    /// <summary>The axis reaches beyond the factor of 30, in powers of ten.</summary>
    private const double Narrowest = 1.65;

    /// <inheritdoc/>
    public string Kind => "signals";

    /// <inheritdoc/>
    public string Description => "How large activations and gradients are from hidden layer to hidden layer: one line per trial, 1 where "
        + "it starts. Within the dashed lines a signal keeps its size; far below them it vanishes, far above it explodes.";

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var summary = new CampaignSummary(snapshot);
        Trial[] trials = [.. Ranking.Order(snapshot.Trials, snapshot.Search)
            .Where(trial => trial.LastSignals is { Gradients.Length: > 1 })];
        if (trials.Length == 0)
        {
            return summary.Nothing() ?? new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "No trial tells how large its signals were. The built-in trainer does, of networks with two hidden layers or "
                    + "more.",
            };
        }

        Trial[] shown = [.. trials.Where((_, place) => trials.Length <= MostLines || place % (trials.Length / MostLines + 1) == 0)];
        var most = Math.Max(2, shown.Max(trial => trial.LastSignals!.Gradients.Length));
        var (forward, back) = (Style.NewPlot(), Style.NewPlot());
        var steps = shown.SelectMany(trial => Steps(trial.LastSignals!.Activations).Concat(Steps(Reversed(trial)))).ToArray();
        var reach = (Low: Math.Clamp(1.08 * steps.Min(), -Farthest, -Narrowest), High: Math.Clamp(1.08 * steps.Max(), Narrowest, Farthest));
        foreach (var trial in shown.Reverse())
        {
            var place = Array.IndexOf(trials, trial) / Math.Max(1.0, trials.Length - 1);
            var isBest = trial.Number == summary.Best?.Number;
            var color = isBest ? PlotColors.Best : trial.Value is null ? PlotColors.Hop.WithOpacity(0.8)
                : PlotColors.Ramp(1 - place).WithOpacity(0.75);
            Line(forward, Steps(trial.LastSignals!.Activations), color, isBest, reach);
            Line(back, Steps(Reversed(trial)), color, isBest, reach);
        }

        Finish(forward, most, reach, "hidden layer", first: 1);
        Finish(back, most, reach, "hidden layers before the last", first: 0);
        var (vanishing, exploding) = (trials.Count(trial => SignalFlow.Of(trial)?.Vanishes == true),
            trials.Count(trial => SignalFlow.Of(trial)?.Vanishes == false));
        return new Picture
        {
            Title = vanishing + exploding == 0
                ? "From layer to layer signals keep their size in "
                    + (trials.Length == 1 ? "the one trial" : $"all of {trials.Length} trials")
                : $"Signals vanish in {Number(vanishing)} and explode in {Number(exploding)} of {Figures.Count(trials.Length, "trial")}",
            Subtitle = $"{summary.Name} · norms on a mini-batch of the last epoch, relative to the layer where the signal starts",
            Caption = Caption(snapshot),
            Legend =
            [
                new LegendEntry("worst to best trial", LegendMark.Ramp, [.. PlotColors.RampSamples]),
                .. summary.Best is { } best && trials.Any(trial => trial.Number == best.Number)
                    ? [new LegendEntry($"the best, trial {best.Number}", LegendMark.Line, PlotColors.Best)] : Array.Empty<LegendEntry>(),
                .. trials.Any(trial => trial.Value is null)
                    ? [new LegendEntry("without a value, such as diverged", LegendMark.Line, PlotColors.Hop)] : Array.Empty<LegendEntry>(),
                new LegendEntry("a factor of 30", LegendMark.Dashes, PlotColors.Muted),
            ],
            Table = PictureTable.Of(
                trials.Select(trial => (string[])[Figures.Brief(trial.Number), Norms(trial.LastSignals!.Activations),
                    Norms(trial.LastSignals!.Gradients)]),
                "trial, the best first", "activations, layer by layer", "gradients, layer by layer"),
            Panels =
            [
                new Panel(forward, Width: 0.5, Title: "activations, forward"),
                new Panel(back, Left: 0.5, Width: 0.5, Title: "gradients, back"),
            ],
        };
    }

    private static string Number(int count) => count == 0 ? "none" : Figures.Brief(count);

    private static string Caption(CampaignSnapshot snapshot)
    {
        var findings = SignalFlow.Find(snapshot);
        return findings.IsEmpty
            ? snapshot.Trials.Length == 1 ? "" : "The better trials do not differ from the worse ones in this."
            : string.Join(' ', findings.Select(finding => finding.Sentence
                + (finding.Lines.IsEmpty ? "" : $" {string.Join("; ", finding.Lines)}.")));
    }

    private static string Norms(IEnumerable<double> norms) => string.Join(", ", norms.Select(norm => Figures.Brief(norm)));

    /// <summary>The gradients in the order of their way, the last layer's first.</summary>
    private static double[] Reversed(Trial trial) => [.. trial.LastSignals!.Gradients.Reverse()];

    /// <summary>The powers of ten by which norms differ from the first; beyond what is drawn where they are 0 or no numbers.</summary>
    private static double[] Steps(IReadOnlyList<double> norms) =>
        [.. norms.Select(norm => !double.IsFinite(norm) ? Farthest
            : norm == 0 ? -Farthest
            : norms[0] > 0 && double.IsFinite(norms[0]) ? Math.Clamp(Math.Log10(norm / norms[0]), -Farthest, Farthest)
            : 0)];

    private static void Line(Plot plot, double[] steps, Color color, bool isBest, (double Low, double High) reach)
    {
        Coordinates[] points =
            [.. steps.Select((step, layer) => new Coordinates(layer, Math.Clamp(step, 0.99 * reach.Low, 0.99 * reach.High)))];
        var line = plot.Add.ScatterLine(points, color);
        line.LineWidth = isBest ? 2.8f : 1.2f;
    }

    private static void Finish(Plot plot, int layers, (double Low, double High) reach, string label, int first)
    {
        foreach (var sign in new[] { -1, 1 })
        {
            var limit = plot.Add.HorizontalLine(sign * Math.Log10(SignalFlow.Limit));
            (limit.Color, limit.LinePattern, limit.LineWidth) = (PlotColors.Muted, LinePattern.Dashed, 1.4f);
        }

        plot.Axes.SetLimits(-0.03 * (layers - 1), 1.03 * (layers - 1), reach.Low, reach.High);
        var decades = Enumerable.Range(-(int)Farthest, 2 * (int)Farthest + 1).Where(decade => decade >= reach.Low && decade <= reach.High);
        new AxisTicks([.. decades.Select(decade => ((double)decade, decade == 0 ? "1" : Figures.Brief(Math.Pow(10, decade))))], [])
            .ApplyTo(plot.Axes.Left);
        new AxisTicks([.. Enumerable.Range(0, layers).Select(layer => ((double)layer, Figures.Brief(layer + first)))], []).Thinned(12)
            .ApplyTo(plot.Axes.Bottom);
        plot.Axes.Bottom.Label.Text = label;
    }
}
