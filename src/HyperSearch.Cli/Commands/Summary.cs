using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Plots;

namespace HyperSearch.Cli.Commands;

/// <summary>The text that <c>run</c> and <c>resume</c> print at the end: the ranking, the diagnosis, the one honest figure, the pictures,
/// and the next step.</summary>
internal static class Summary
{
    private const int Reasons = 3;

    /// <summary>Writes it.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="campaign">The campaign at its end.</param>
    /// <param name="ending">How the session ended.</param>
    /// <param name="reference">The campaign as a command line would name it.</param>
    /// <param name="wayOn">The command that takes the campaign further; <c>null</c> where every point was tried.</param>
    /// <param name="plots">The kinds of pictures to draw; <c>null</c> for all that have something to show.</param>
    /// <param name="told">Whether the ranking was written before.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Terminal terminal, CampaignSnapshot campaign, CampaignEnding ending, string reference, string? wayOn,
        IReadOnlyList<string>? plots, bool told)
    {
        var (counts, elapsed) = (Counts.Of(campaign), Figures.Duration(campaign.ElapsedSeconds));
        terminal.Note(ending.Finished && counts.Ended < counts.Planned
            ? $"{campaign.Name}: stopped after {elapsed} with {counts.Ended} of {Figures.Count(counts.Planned, "trial")}: {ending.Reason}."
            : $"{campaign.Name}: {ending.Reason}, in {elapsed}.");
        if (campaign.Participants.Length > 1 && CompanyText.Work(campaign.Participants) is { Length: > 0 } work)
            terminal.Note($"{campaign.Name}: {work}.");
        if (Ranking.Best(campaign) is null)
        {
            RanInVain(terminal, campaign, reference);
            return ExitCode.Failed;
        }

        if (!told)
            WriteRanking(terminal, campaign);
        if (campaign.Verdict is { } verdict)
            WriteVerdict(terminal, verdict, DevTestGap.Sentence(campaign));
        terminal.Line();
        if (plots is { Count: 0 })
            terminal.Line($"Pictures:  hypersearch plot {reference}");
        else if (Draw(terminal, campaign, plots) is { } pictures)
            terminal.Line($"Pictures:  {pictures}");
        terminal.Line($"A trial:   hypersearch show {reference} {Ranking.Best(campaign)!.Number}");
        if (wayOn is not null && !ending.FailedTooOften)
            terminal.Line($"Go on:     {wayOn}");
        if (campaign.Trials.Any(HasFailed))
            terminal.Line($"Failed:    hypersearch resume {reference} --retry-failed");
        return ExitCode.Done;
    }

    /// <summary>Writes the ranking and the diagnosis of the winner.</summary>
    public static void WriteRanking(Terminal terminal, CampaignSnapshot campaign)
    {
        RankVerb.Write(terminal, campaign);
        terminal.Line();
        DiagnoseVerb.Write(terminal, Diagnostician.Diagnose(campaign));
        terminal.Flush();
    }

    /// <summary>Writes the figure to quote, the rows that it was measured on, and the networks of the model.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="verdict">The figure.</param>
    /// <param name="doubt">The reason to doubt it; <c>null</c> where there is none.</param>
    internal static void WriteVerdict(Terminal terminal, Verdict verdict, string? doubt)
    {
        var rows = Figures.Count(verdict.TestRows, "row");
        terminal.Line();
        if (doubt is not null)
            terminal.Paragraph(doubt);
        terminal.Styled(verdict.IsOnTestSet
            ? $"[bold]Test set[/]: {verdict.Subject} on {rows} that no decision ever saw. This is the figure to quote."
            : $"[bold]Held-out rows[/]: the ensemble on all {rows}, each judged by networks that it neither trained, chose "
                + "nor stopped. This is the figure to quote.");
        var width = verdict.TestMetrics.Keys.Select(static name => name.Length).Append(14).Max();
        foreach (var (name, value) in verdict.TestMetrics)
            terminal.Prose($"  {name.PadRight(width)} {Figure(name, value)}{Beside(verdict, name)}");
        if (verdict.Ensemble is { } ensemble)
        {
            var trials = string.Join(", ", ensemble.Members.Select(member =>
                FormattableString.Invariant($"{member.Trial}{(member.Count > 1 ? $" ({member.Count}×)" : "")}")));
            var parameters = ensemble.Parameters.ToString("N0", CultureInfo.InvariantCulture);
            terminal.Prose($"  The model is the mean answer of {ensemble.Networks} networks with {parameters} parameters in all:");
            terminal.Prose($"  {ensemble.Folds} folds of {(ensemble.Members.Length == 1 ? "trial" : "trials")} {trials}.");
            terminal.Line("  model.bin, predict and best --onnx are that ensemble.");
        }
        else if (verdict is { Averaged: { } networks, TrainRows: { } shared })
        {
            terminal.Prose("  Confirmed repeats answer the dev rows better together than one of them does, so the model is the mean answer "
                + $"of {networks} networks, each from a seed of its own.");
            terminal.Prose(verdict switch
            {
                { AllRows: { } all } => $"  The figures come from networks trained on the {shared} training and dev rows. model.bin, "
                    + $"predict and best --onnx are the average of as many trained on all {all} rows, so the test rows say nothing about "
                    + "it any more.",
                { WhyNotRefitted: { } reason } => $"  They are the repeats themselves, trained on {shared} rows: {reason}. model.bin, "
                    + "predict and best --onnx are that average.",
                _ => $"  They were trained afresh on the {shared} training and dev rows; model.bin, predict and best --onnx are that "
                    + "average.",
            });
        }
        else if (verdict is { TrainRows: { } learned, Epochs: { } epochs })
        {
            var trained = $"{learned} training and dev rows for {Figures.Count(epochs, "epoch")}";
            terminal.Prose(verdict switch
            {
                { AllRows: { } all } => $"  The figures come from the network trained on the {trained}. model.bin, predict and best --onnx "
                    + $"are the same configuration trained on all {all} rows, so the test rows say nothing about it any more.",
                { WhyNotRefitted: { } reason } => $"  Trained on {learned} rows for {Figures.Count(epochs, "epoch")}: {reason}. "
                    + "model.bin, predict and best --onnx are that network.",
                _ => $"  Trained afresh on the {trained}; model.bin, predict and best --onnx are that network.",
            });
        }
    }

    private static string Figure(string name, double value) =>
        Metrics.IsShare(name) ? (value * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %" : Figures.Brief(value, 4);

    /// <summary>The figure's 95 % interval, and the figure of an answer that looks at no input.</summary>
    private static string Beside(Verdict verdict, string name)
    {
        var interval = Uncertainty.Interval(verdict, name) is var (low, high)
            ? $"   (95 % interval {Figure(name, low)} to {Figure(name, high)})" : "";
        return verdict.Baseline?.TryGetValue(name, out var baseline) == true && !name.EndsWith("_r2", StringComparison.Ordinal)
            ? $"{interval}   always {verdict.BaselineAnswer}: {Figure(name, baseline)}"
            : interval;
    }

    private static bool HasFailed(Trial trial) => trial.State is OutcomeState.Failed or OutcomeState.TimedOut;

    private static void RanInVain(Terminal terminal, CampaignSnapshot campaign, string reference)
    {
        terminal.Error($"No trial of {campaign.Name} succeeded: {Counts.Of(campaign).Sentence(0)}.");
        var reasons = campaign.Trials.Where(trial => trial.Reason is not null).DistinctBy(trial => trial.Reason).Take(Reasons);
        foreach (var trial in reasons)
            terminal.Note($"  trial {trial.Number} {Documents.Name(trial.State).Replace('_', ' ')}: {trial.Reason}");
        if (campaign.Trials.Any(HasFailed))
            terminal.Note($"Once the cause is mended: hypersearch resume {reference} --retry-failed");
    }

    /// <summary>Draws pictures; a failure is a warning, never fatal.</summary>
    private static string? Draw(Terminal terminal, CampaignSnapshot campaign, IReadOnlyList<string>? plots)
    {
        var folder = new CampaignFolder(campaign.Folder).PlotsPath;
        terminal.Flush();
        try
        {
            PlotFiles.Save(campaign, plots, PictureFormat.Png, folder);
            return Paths.Shown(folder);
        }
#pragma warning disable CA1031 // The failure policy for observers: pictures are worth a warning, not the campaign.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            terminal.Warning($"The pictures could not be drawn: {failure.Message}");
            return null;
        }
    }
}
