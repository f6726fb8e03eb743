using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Output;

/// <summary>The signals in a network's hidden layers, as text.</summary>
internal static class SignalsText
{
    /// <summary>How large the signals in the hidden layers were, and what that means; nothing where it is not known.</summary>
    public static void Write(Terminal terminal, Trial trial)
    {
        if (trial is not { FirstSignals: { } first, LastSignals: { } last })
            return;
        terminal.Line();
        terminal.Styled("[bold]Signals in the hidden layers[/]");
        var table = new TextTable().Column("layer").Column($"activation, epoch {first.Epoch}").Column($"gradient, epoch {first.Epoch}");
        if (last.Epoch != first.Epoch)
            table.Column($"activation, epoch {last.Epoch}").Column($"gradient, epoch {last.Epoch}");
        for (var layer = 0; layer < first.Activations.Length; layer++)
        {
            string[] cells =
            [
                (layer + 1).ToString(CultureInfo.InvariantCulture),
                Figures.Brief(first.Activations[layer]),
                Figures.Brief(first.Gradients[layer]),
                .. last.Epoch == first.Epoch
                    ? Array.Empty<string>()
                    : [Figures.Brief(last.Activations[layer]), Figures.Brief(last.Gradients[layer])],
            ];
            table.Row(cells);
        }

        terminal.Table(table);
        if (SignalFlow.Sentence(trial) is { } sentence)
            terminal.Paragraph(sentence);
    }
}
