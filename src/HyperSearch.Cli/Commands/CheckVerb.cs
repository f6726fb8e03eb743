using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HyperSearch.Analysis;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Cli.Commands;

/// <summary><c>check</c>: validates a search file and its data, and shows what a campaign would do, without a run.</summary>
internal sealed class CheckVerb : Verb
{
    /// <summary>The column in which the lines about the search have their texts.</summary>
    private const int Hang = 12;

    private const int Samples = 8;

    private readonly Argument<string> _search = new("SEARCH.yaml") { Description = "A search file, such as searches/digits.yaml." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document to stdout." };
    private readonly Option<bool> _noTiming = new("--no-timing") { Description = "Do not run a trial to say what the campaign will cost." };

    private readonly Option<string[]> _set = SearchOverrides.Set();

    /// <summary>Makes the verb.</summary>
    public CheckVerb(Shell shell)
        : base("check", "Validate a search file and its data; show the space, sample points and the cost.", shell,
            "check searches/digits.yaml", "check searches/python.yaml --no-timing", "check searches/digits.yaml --json",
            "check searches/digits.yaml --set method.sampler=gp")
    {
        Add(_search);
        Add(_json);
        Add(_set);
        Add(_noTiming);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var path = parse.GetRequiredValue(_search);
        var (file, _) = SearchOverrides.Read(path, parse.GetValue(_set) ?? [], Terminal);
        file = SlotLaw.Begin(file, file.Workers ?? Environment.ProcessorCount);
        var search = EarlierCampaigns.Take(file, path, Shell.ResultsFolder(parse), Terminal);
        var objective = ObjectiveFactory.Create(search, Shell.Time);
        using var owned = objective as IDisposable;
        var (points, exhausted) = SamplePoints.Of(search, Samples);
        var cost = points.IsEmpty || parse.GetValue(_noTiming) ? CostEstimate.Of(search, objective, points)
            : Time(search, objective, points);
        if (parse.GetValue(_json))
            Documents.Write(Terminal, json => WriteDocument(json, search, objective.DataSummary, points, cost));
        else
            Write(search, objective, points, exhausted, cost);
        foreach (var question in objective.DataSummary?.Reading.Questions ?? [])
            Terminal.Warning(question);
        foreach (var advice in objective.DataSummary is { } data ? TrainingMetrics.Advice(search, data) : [])
            Terminal.Warning(advice);
        foreach (var warning in cost.Warnings)
            Terminal.Warning(warning);
        if (cost.Problem is { } problem)
            Terminal.Warning(problem);
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>What becomes of the winner's repeats.</summary>
    private static string Averaging(Search search) => search.Objective is TrainingDefinition { Folds: 0, Ensemble: > 1 }
        ? "; the winner's answer together where that helps on the dev rows" : "";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private CostEstimate Time(Search search, IObjective objective, IReadOnlyList<Point> points)
    {
        using var interruption = new Interruption(() => { }); // so that a trial in hand is ended, and its folder goes
        if (!search.Objective.IsBuiltInTrainer)
            Terminal.Note($"Running the command for one trial, {TimedTrial.LongestCommand.TotalSeconds:f0} s at most, to tell the " +
                "cost; --no-timing leaves it out.");
        return CostEstimate.Of(search, objective, points, Shell.Time, interruption.Token);
    }

    private void Write(Search search, IObjective objective, IReadOnlyList<Point> points, bool exhausted, CostEstimate cost)
    {
        var description = SearchDescription.Of(search);
        var work = $"{Figures.Count(search.Trials, "trial")} of {Figures.Count(search.Objective.Epochs, "epoch")}";
        Terminal.Styled($"[bold]{Terminal.Escape(search.Name)}[/] is valid: " +
            Terminal.Escape($"{string.Join(", ", search.Goals)} in {work}"));
        Terminal.Prose($"  sampler   {description.Sampler}, seed {search.Seed}, {Figures.Count(search.Slots, "slot")}"
            + (search.AutoSlots ? " (auto, for the workers here)" : ""), Hang);
        if (description.Choice is { } choice)
            Terminal.Prose($"            {choice}", Hang);
        Terminal.Prose($"  schedule  {description.Schedule}", Hang);
        if (description.ScheduleChoice is { } chosen)
            Terminal.Prose($"            {chosen}", Hang);
        if (description.Brackets is { } brackets)
            Terminal.Prose($"            {brackets}", Hang);
        if (description.Model is { } model)
            Terminal.Prose($"            {model}", Hang);
        if (description.Population is { } population)
            Terminal.Prose($"            {population}", Hang);
        if (search.Confirm is { } confirm)
            Terminal.Prose($"  confirm   the best {confirm.Top} run {Times(confirm.Repeats)} more on fresh seeds, close ones on, up " +
                $"to {Figures.Count(confirm.Runs, "run")} in all{Averaging(search)}", Hang);
        var caption = "data";
        foreach (var line in objective.DataSummary?.Lines ?? [])
        {
            Terminal.Prose($"  {caption,-9} {line}", Hang);
            caption = "";
        }

        Terminal.Prose($"  cost      {cost.Sentence}", Hang);
        if (new SlotAdvice(search, objective.WorkPerEpoch).Of(search.Slots, search.Workers ?? Environment.ProcessorCount) is { } advice)
            Terminal.Prose($"            {advice}", Hang);
        Terminal.Line();
        Terminal.Styled("[bold]Space[/]");
        foreach (var line in description.ToString().Split('\n'))
            Terminal.Prose("  " + line, hang: 6);
        if (points.Count == 0)
            return;
        Terminal.Line();
        Terminal.Styled($"[bold]The first {(points.Count == 1 ? "trial" : Figures.Count(points.Count, "trial"))}[/]"
            + (!exhausted ? "" : points.Count == 1 ? ", which is all there is" : ", which are all there are"));
        var table = new TextTable().Column("trial");
        foreach (var parameter in search.Space.Searched)
            table.Column(parameter.Name, right: !parameter.Scale.IsCategorical, keep: 1);
        for (var trial = 0; trial < points.Count; trial++)
        {
            table.Row([
                trial.ToString(CultureInfo.InvariantCulture),
                .. search.Space.Searched.Select(parameter => points[trial].TryGetValue(parameter.Name, out var value)
                    ? Figures.Brief(value)
                    : "-"),
            ]);
        }

        Terminal.Table(table);
    }

    private static void WriteDocument(Utf8JsonWriter json, Search search, DataSummary? data, IReadOnlyList<Point> points, CostEstimate cost)
    {
        var description = SearchDescription.Of(search);
        json.WriteStartObject();
        json.WriteString("name", search.Name);
        json.WriteString("metric", search.Metric);
        json.WriteBoolean("maximize", search.Maximize);
        json.WriteString("sampler", description.Sampler);
        json.WriteString("sampler_choice", description.Choice);
        json.WriteString("schedule", description.Schedule);
        json.WriteString("schedule_choice", description.ScheduleChoice);
        json.WriteNumber("trials", search.Trials);
        json.WriteNumber("epochs", search.Objective.Epochs);
        json.WriteNumber("seed", search.Seed);
        json.WriteNumber("slots", search.Slots);
        json.WriteNumber("grid_points", description.GridPoints);
        json.WriteObjects("parameters", description.Parameters, static (writer, parameter) =>
        {
            writer.WriteString("name", parameter.Name);
            writer.WriteString("scale", parameter.Scale);
            writer.WriteNumber("values", parameter.Values);
            writer.WriteString("when", parameter.When);
        });
        json.WriteArray("samples", points, static (writer, point) => writer.WritePoint(point));
        json.WriteNumber("cost_seconds", cost.Seconds);
        json.WriteNumber("busy_share", cost.Busy);
        if (data is not null)
            WriteData(json, data);
        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, DataSummary data)
    {
        json.WriteStartObject("data");
        json.WriteString("task",
            data.Task switch { LearningTask.Regression => "regression", LearningTask.Binary => "binary", _ => "multiclass" });
        json.WriteString("label", data.Label);
        json.WriteNumber("train_rows", data.TrainRows);
        json.WriteNumber("dev_rows", data.DevRows);
        json.WriteNumber("test_rows", data.TestRows);
        json.WriteObjects("classes", data.Classes, static (writer, entry) =>
        {
            writer.WriteString("name", entry.Name);
            writer.WriteNumber("rows", entry.Rows);
        });
        json.WriteNumber("inputs", data.Inputs);
        json.WriteNumber("number_columns", data.NumberColumns);
        json.WriteNumber("category_columns", data.CategoryColumns);
        json.WriteString("image", data.Image?.ToString());
        json.WriteObjects("left_out", data.Reading.LeftOut, static (writer, column) =>
        {
            writer.WriteString("column", column.Name);
            writer.WriteString("reason", column.Reason);
        });
        json.WriteArray("constant_columns", data.Constant, static (writer, column) => writer.WriteStringValue(column));
        json.WriteArray("notes", data.Reading.Notes, static (writer, note) => writer.WriteStringValue(note));
        json.WriteArray("questions", data.Reading.Questions, static (writer, question) => writer.WriteStringValue(question));
        json.WriteEndObject();
    }
}
