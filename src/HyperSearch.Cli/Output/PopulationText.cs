using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Output;

/// <summary>The steps of a population and the lineage of a trial, in words and tables.</summary>
internal static class PopulationText
{
    /// <summary>All steps, a paragraph a copy.</summary>
    public static void WriteAll(Terminal terminal, CampaignSnapshot campaign, IReadOnlyList<PopulationStep> steps)
    {
        var copies = steps.Sum(step => step.Copies.Length);
        terminal.Line($"{campaign.Name}: {Figures.Count(copies, "trial")} took the place of another, in "
            + $"{Figures.Count(steps.Count, "comparison")} of {(steps[^1].Population == 1 ? "the population" : "populations")}");
        foreach (var step in steps)
        {
            terminal.Line();
            var after = $"fter {Figures.Count(step.Epochs, "epoch")}";
            terminal.Styled($"[bold]{(steps[^1].Population == 1 ? $"A{after}" : $"Population {step.Population}, a{after}")}[/]");
            foreach (var copy in step.Copies)
                terminal.Paragraph($"{copy.Sentence} The reason: {copy.Why}.");
        }

        terminal.Line();
        terminal.Remark("A trial that took another's place goes on from the checkpoint of one of the best, with hyperparameters near "
            + "those. What a network was trained with in all: show and its number.");
    }

    /// <summary>The configurations that a network was trained with in turn; nothing for a trial that began from nothing.</summary>
    public static void WriteLineage(Terminal terminal, CampaignSnapshot campaign, Trial trial)
    {
        if (trial.Past.IsEmpty)
            return;
        terminal.Line();
        terminal.Styled("[bold]What its network was trained with[/]");
        var stretches = Lineage.Of(trial);
        var changing = Lineage.Changing(campaign.Search, trial);
        var table = new TextTable().Column("epochs", right: false).Column("trial");
        foreach (var name in changing)
            table.Column(name, keep: 1);
        for (var i = 0; i < stretches.Length; i++)
        {
            var from = i == 0 ? 1 : stretches[i - 1].ToEpochs + 1;
            table.Row([
                string.Create(CultureInfo.InvariantCulture, $"{from} to {stretches[i].ToEpochs}"),
                stretches[i].Trial.ToString(CultureInfo.InvariantCulture), .. changing.Select(name => Value(stretches[i], name)),
            ]);
        }

        terminal.Table(table);
        if (Lineage.Again(campaign.Search, trial) is { } again)
            terminal.Paragraph(again);
    }

    private static string Value(Stretch stretch, string name) =>
        stretch.Point.TryGetValue(name, out var value) ? Figures.Brief(value) : "-";
}
