using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Models;
using HyperSearch.Training.Scores;

namespace HyperSearch.Cli.Commands;

/// <summary><c>best</c>: the winner, its honest test error, and its model.</summary>
internal sealed class BestVerb : ReadingVerb
{
    private readonly Option<string?> _onnx =
        new("--onnx") { HelpName = "FILE", Description = "Write the winner's network, normalization included, as an ONNX model." };

    /// <summary>Makes the verb.</summary>
    public BestVerb(Shell shell)
        : base("best", "Show the winner: its hyperparameters, its test error, its model.", shell, "best digits",
            "best digits --onnx digits.onnx") => Add(_onnx);

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var best = Ranking.Best(campaign)
            ?? throw CommandException.Failed($"No trial of {campaign.Name} has a value yet, so there is no winner.");
        var onnx = parse.GetValue(_onnx);
        if (onnx is not null)
        {
            OutputFile.RequirePlace(onnx);
            OnnxModel.Write(ModelOf(campaign), onnx);
        }

        var verdict = campaign.Verdict is { } judged && judged.Trial == best.Number ? judged : null;
        var lost = verdict is null || campaign.Search.Objective is not TrainingDefinition ? null : LostModel(campaign);
        if (lost is not null)
            Terminal.Warning(lost);
        var model = verdict is null || lost is not null ? null : new CampaignFolder(campaign.Folder).ModelPath;
        if (asJson)
        {
            Documents.Write(Terminal, json =>
            {
                json.WriteStartObject();
                json.WriteTrial(best, best.RankValue);
                json.WriteConfirmation("confirmed", best);
                PopulationDocument.WriteLineage(json, best);
                WriteFigures(json, "test", verdict is { IsOnTestSet: true } ? verdict : null);
                WriteFigures(json, "held_out", verdict is { IsOnTestSet: false } ? verdict : null);
                WriteEnsemble(json, verdict?.Ensemble);
                json.WriteNumber("averaged", verdict?.Averaged);
                json.WriteNumber("train_rows", verdict?.TrainRows);
                json.WriteNumber("train_epochs", verdict?.Epochs);
                json.WriteString("why_not_refitted", verdict?.WhyNotRefitted);
                json.WriteNumber("all_rows", verdict?.AllRows);
                WriteClasses(json, ConfusionOf(model), RowsOf(verdict));
                json.WriteString("model", File.Exists(model) ? model : null);
                json.WriteString("onnx", onnx);
                json.WriteEndObject();
            });
            return ExitCode.Done;
        }

        var value = $"{campaign.Search.Metric} {Figures.Brief(best.RankValue!.Value, 4)}{ConfirmedText.Suffix(best)}";
        Terminal.Styled($"[bold]{Terminal.Escape($"Trial {best.Number} of {campaign.Name}")}[/]: " +
            Terminal.Escape(value + FurtherText.Of(campaign, best)));
        var width = best.Point.Keys.Max(name => name.Length);
        foreach (var (name, chosen) in best.Point)
            Terminal.Line($"  {name.PadRight(width)}  {NumberText.Rounded(chosen)}");
        PopulationText.WriteLineage(Terminal, campaign, best);
        if (FrontPlace.Sentence(campaign) is { } others)
            Terminal.Paragraph(others);
        foreach (var sentence in Uncertainty.Sentences(campaign))
            Terminal.Paragraph(sentence);
        if (verdict is not null)
        {
            Summary.WriteVerdict(Terminal, verdict, DevTestGap.Sentence(campaign));
            WriteClasses(ConfusionOf(model), RowsOf(verdict));
        }

        if (onnx is not null)
            Terminal.Line($"Model:     {onnx}");
        return ExitCode.Done;
    }

    private static void WriteFigures(Utf8JsonWriter json, string name, Verdict? verdict)
    {
        if (verdict is null)
            json.WriteNull(name);
        else
            json.WriteMetrics(name, verdict.TestMetrics);
        json.WriteNumber($"{name}_rows", verdict?.TestRows);
        if (verdict is null)
            return;
        json.WriteStartObject($"{name}_intervals");
        foreach (var metric in verdict.TestMetrics.Keys)
        {
            if (Uncertainty.Interval(verdict, metric) is var (low, high))
                json.WriteArray(metric, [low, high], static (writer, bound) => writer.WriteNumberValue(bound));
        }

        json.WriteEndObject();
        json.WriteMetrics($"{name}_baseline", verdict.Baseline ?? ImmutableSortedDictionary<string, double>.Empty);
    }

    private static void WriteEnsemble(Utf8JsonWriter json, JudgedEnsemble? ensemble)
    {
        if (ensemble is null)
        {
            json.WriteNull("ensemble");
            return;
        }

        json.WriteStartObject("ensemble");
        json.WriteNumber("folds", ensemble.Folds);
        json.WriteNumber("networks", ensemble.Networks);
        json.WriteNumber("parameters", ensemble.Parameters);
        json.WriteObjects("members", ensemble.Members, static (writer, member) =>
        {
            writer.WriteNumber("trial", member.Trial);
            writer.WriteNumber("count", member.Count);
        });
        json.WriteEndObject();
    }

    private static ConfusionMatrix? ConfusionOf(string? model) => File.Exists(model) ? Model.Load(model).Confusion : null;

    /// <summary>What the rows that the classes were counted on are called.</summary>
    private static string RowsOf(Verdict? verdict) => verdict is { IsOnTestSet: false } ? "held_out_rows" : "test_rows";

    private void WriteClasses(ConfusionMatrix? confusion, string rows)
    {
        if (confusion is null)
            return;
        var table = new TextTable().Column("class", right: false).Column(rows).Column("precision").Column("recall").Column("f1")
            .Column("most often taken for", right: false, keep: 1);
        for (var c = 0; c < confusion.Classes.Count; c++)
        {
            var scores = confusion.PerClass[c];
            var mistaken = Enumerable.Range(0, confusion.Classes.Count).Where(other => other != c)
                .MaxBy(other => confusion.Counts[c][other]);
            table.Row([
                scores.Name, scores.Rows.ToString(CultureInfo.InvariantCulture), Figures.Brief(scores.Precision),
                Figures.Brief(scores.Recall), Figures.Brief(scores.F1),
                confusion.Counts[c][mistaken] is > 0 and var times ? $"{confusion.Classes[mistaken]} ({times})" : "",
            ]);
        }

        Terminal.Line();
        Terminal.Table(table);
    }

    private static void WriteClasses(Utf8JsonWriter json, ConfusionMatrix? confusion, string rows)
    {
        json.WriteObjects("classes", confusion?.PerClass ?? [], (writer, scores) =>
        {
            writer.WriteString("class", scores.Name);
            writer.WriteNumber(rows, scores.Rows);
            writer.WriteNumber("precision", scores.Precision);
            writer.WriteNumber("recall", scores.Recall);
            writer.WriteNumber("f1", scores.F1);
        });
        json.WriteArray("confusion", confusion?.Counts ?? [], static (writer, row) =>
        {
            writer.WriteStartArray();
            foreach (var count in row)
                writer.WriteNumberValue(count);
            writer.WriteEndArray();
        });
    }

    /// <summary>The model that the campaign keeps of its winner.</summary>
    /// <exception cref="CommandException">It keeps none, or its file is damaged or another model.</exception>
    internal static Model ModelOf(CampaignSnapshot campaign)
    {
        if (campaign.Verdict is null)
        {
            throw CommandException.Failed(campaign.Search.Objective is TrainingDefinition
                ? $"{campaign.Name} has no model yet: the winner's is kept when a campaign has finished. It is " +
                    $"{Documents.Name(campaign.State)} now."
                : $"{campaign.Name} tunes a command, and only the built-in trainer keeps models.");
        }

        return LostModel(campaign) is { } lost
            ? throw CommandException.Failed(lost)
            : Model.Load(new CampaignFolder(campaign.Folder).ModelPath);
    }

    /// <summary>Why the campaign cannot give the model that was judged, and what to do; <c>null</c> when it can.</summary>
    private static string? LostModel(CampaignSnapshot campaign)
    {
        var folder = new CampaignFolder(campaign.Folder);
        if (WinnerModel.FaultOf(folder, campaign.Verdict!) is not { } fault)
            return null;
        return $"The winner's model, {Paths.Shown(folder.ModelPath)}, {fault}. " + (campaign.State == CampaignState.Running
            ? "The campaign is running, and keeps its winner's model when it has finished."
            : $"hypersearch resume {campaign.Name} trains the winner again, with the same result, and keeps it.");
    }
}
