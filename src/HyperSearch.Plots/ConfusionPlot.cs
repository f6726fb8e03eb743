using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots;

/// <summary>The winner's confusion matrix on the test set, or an ensemble's on the rows that were held out.</summary>
public sealed class ConfusionPlot : IPlot
{
    /// <inheritdoc/>
    public string Kind => "confusion";

    /// <inheritdoc/>
    public string Description => "How the winner did on the test set (an ensemble without one: on the rows that were held out), class by "
        + "class: rows are the truth, columns what it said, and off the diagonal stand its mistakes.";

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var summary = new CampaignSummary(snapshot);
        if (WinnerNetwork.Of(snapshot) is not { } model)
            return WinnerNetwork.None(summary);
        if (model.Confusion is not { } matrix)
            return new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "A confusion matrix needs classes, and a test set or folds."
            };
        var n = matrix.Classes.Count;
        var counts = new long[n, n];
        for (var t = 0; t < n; t++)
        {
            for (var p = 0; p < n; p++)
                counts[t, p] = matrix.Counts[t][p];
        }

        var rows = snapshot.Verdict!.IsOnTestSet ? "rows of the test set" : "rows, each held out once";
        return ConfusionPicture.Draw(counts, matrix.Classes, $"{summary.Name} · {snapshot.Verdict.Subject} on the {matrix.Rows} {rows}");
    }
}
