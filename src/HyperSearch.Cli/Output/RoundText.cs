using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Output;

/// <summary>Rounds in words and tables.</summary>
internal static class RoundText
{
    private const double Noticeable = 0.05;

    /// <summary>All rounds, a line each.</summary>
    public static void WriteAll(Terminal terminal, CampaignSnapshot campaign, IReadOnlyList<Round> rounds)
    {
        var modelled = campaign.Trials.Length - rounds.Sum(round => round.Trials.Length);
        var inRounds = Figures.Count(campaign.Trials.Length - modelled, "trial");
        terminal.Line($"{campaign.Name}: {inRounds} in {Figures.Count(rounds.Count, "round")}"
            + (modelled == 0 ? "" : $"; {Figures.Count(modelled, "other")} proposed by a model, in no round"));
        terminal.Line();
        var rungs = rounds.Any(round => round.Rung is not null);
        var table = new TextTable().Column("round").Column("trials", right: false).Column("zoom").Column("best");
        if (rungs)
            table.Column("rung", keep: 1);
        table.Column("began because", right: false);
        foreach (var round in rounds)
        {
            string[] cells =
            [
                round.Number.ToString(CultureInfo.InvariantCulture), Span(round), Figures.Brief(round.Zoom),
                Value(round.Best?.Value) + (IsNewBest(campaign, round) ? " *" : "  "),
                .. rungs ? [round.Rung?.ToString(CultureInfo.InvariantCulture) ?? ""] : Array.Empty<string>(), Cause(round),
            ];
            table.Row(cells);
        }

        terminal.Table(table);
        terminal.Line();
        terminal.Remark("A round is a stretch of trials proposed with one zoom" + (rungs ? ", from the results at one rung" : "")
            + "; * marks a new best. One in full: explain with --round N.");
    }

    /// <summary>One round with its evidence.</summary>
    public static void Write(Terminal terminal, CampaignSnapshot campaign, Round round)
    {
        var zoom = round.ZoomBefore is { } before
            ? $"zoom {Figures.Brief(round.Zoom)} (before: {Figures.Brief(before)})"
            : $"zoom {Figures.Brief(round.Zoom)}";
        var title = string.Create(CultureInfo.InvariantCulture, $"Round {round.Number} of {campaign.Name}");
        var trials = $"{(round.Trials.Length == 1 ? "trial" : "trials")} {Span(round)}";
        terminal.Styled($"[bold]{Terminal.Escape(title)}[/]: {Terminal.Escape($"{trials}, {zoom}")}");
        terminal.Paragraph(round.Why);
        if (!round.Evidence.IsEmpty)
        {
            terminal.Line();
            terminal.Styled("[bold]The evidence[/]");
            Trials(terminal, campaign, round.Evidence);
            if (round.BestBefore is { } best)
                terminal.Paragraph($"The best trial before this round was {Named(best)}.");
        }

        terminal.Line();
        Box(terminal, round);
        terminal.Line();
        terminal.Styled("[bold]What it did[/]");
        terminal.Paragraph($"{string.Join(", ", round.Rules.Select(rule => $"{rule.Value} {Documents.Name(rule.Key)}"))}."
            + (round.Centres.IsEmpty
                ? ""
                : $" Hops started from {string.Join(", ", round.Centres.Select(Hops))}."));
        terminal.Paragraph(round.Best is { } own
            ? $"Its best trial is {Named(own)}{(IsNewBest(campaign, round) ? ", a new best" : "")}."
            : "None of its trials has a value.");
    }

    private static string Hops((SeenTrial Centre, int Hops) entry) => string.Create(CultureInfo.InvariantCulture,
        $"trial {Named(entry.Centre)} {(entry.Hops == 1 ? "once" : $"{entry.Hops} times")}");

    private static void Trials(Terminal terminal, CampaignSnapshot campaign, IEnumerable<SeenTrial> trials)
    {
        var table = new TextTable().Column("trial").Column(campaign.Search.Metric).Column("origin", right: false);
        foreach (var seen in trials)
            table.Row([seen.Trial.ToString(CultureInfo.InvariantCulture), Value(seen.Value), Documents.Name(seen.Kind)]);
        terminal.Table(table);
    }

    private static void Box(Terminal terminal, Round round)
    {
        if (round.Box is not { } box)
        {
            terminal.Paragraph("None of its trials was drawn from a box.");
            return;
        }

        terminal.Styled("[bold]The box[/] " + Terminal.Escape(string.Create(CultureInfo.InvariantCulture,
            $"between the best trials, as trial {box.Trial} was drawn from it")));
        var table = new TextTable().Column("parameter", right: false).Column("from", right: false).Column("to", right: false)
            .Column("width").Column("held by", right: false, keep: 1);
        if (box.TrialBefore is { } earlier)
            table.Column(string.Create(CultureInfo.InvariantCulture, $"against trial {earlier}'s"), right: false);
        foreach (var side in box.Sides)
        {
            string[] cells =
            [
                side.Parameter, Figures.Brief(side.Low), Figures.Brief(side.High), Figures.Brief(100 * side.Width) + " %",
                side.LowTrial is { } low && side.HighTrial is { } high ? string.Create(CultureInfo.InvariantCulture, $"{low}, {high}") : "",
                .. box.TrialBefore is null ? Array.Empty<string>() : [Change(side)],
            ];
            table.Row(cells);
        }

        terminal.Table(table);
        terminal.Paragraph($"It spans the best trials: {string.Join(", ", box.Around.Select(Named))}.");
        if (box.TrialBefore is not { } before)
            terminal.Paragraph("It is the first box of the campaign.");
        else if (box.Entered.IsEmpty && box.Left.IsEmpty)
            terminal.Paragraph($"The same trials spanned the box of trial {before}, so it did not change.");
        else
        {
            var stayed = box.Sides.All(side => side.Moved == 0 && side.Width == side.WidthBefore);
            var displaced = box.Left.IsEmpty ? "" : $" and displaced {string.Join(", ", box.Left.Select(Named))}";
            terminal.Paragraph($"{(stayed ? "It stayed where it was, although" : "It changed because")} " +
                $"{string.Join(", ", box.Entered.Select(Named))} entered the best{displaced}.");
        }
    }

    private static string Change(BoxSide side)
    {
        var ratio = side.WidthBefore > 0 ? side.Width / side.WidthBefore.Value : 1;
        var size = Math.Abs(ratio - 1) < Noticeable ? "" : $"{(ratio < 1 ? "shrank" : "grew")} to {Figures.Brief(100 * ratio)} %";
        var place = Math.Abs(side.Moved ?? 0) < Noticeable * side.Width ? "" : $"moved {(side.Moved > 0 ? "up" : "down")}";
        return (size, place) switch
        {
            ("", "") => "as before",
            ("", _) => place,
            (_, "") => size,
            _ => $"{size}, {place}",
        };
    }

    private static string Cause(Round round) => round.Cause switch
    {
        RoundCause.Coarse => "the coarse stage",
        RoundCause.NewBest =>
            string.Create(CultureInfo.InvariantCulture, $"trial {round.Evidence.FirstOrDefault()?.Trial} was the new best"),
        RoundCause.NoProgress => $"{round.Evidence.Length} hops, none better",
        RoundCause.StartOver => $"{round.Evidence.Length} hops, none better: far again",
        RoundCause.Climb => $"enough results after {Figures.Count(round.Rung ?? 0, "epoch")}",
        RoundCause.Several => "several changes",
        _ => "the trial that says has not ended",
    };

    private static bool IsNewBest(CampaignSnapshot campaign, Round round) =>
        round.Best?.Value is { } own
            && (round.BestBefore?.Value is not { } before || (campaign.Search.Maximize ? own > before : own < before));

    private static string Span(Round round) => round.Trials.Length == 1
        ? round.Trials[0].ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{round.Trials[0]} to {round.Trials[^1]}");

    private static string Named(SeenTrial seen) => string.Create(CultureInfo.InvariantCulture, $"{seen.Trial} ({Value(seen.Value)})");

    private static string Value(double? value) => value is { } known ? Figures.Brief(known, 4) : "-";
}
