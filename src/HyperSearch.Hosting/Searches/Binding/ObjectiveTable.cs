using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The fields of an objective, by its kind.</summary>
internal static class ObjectiveTable
{
    private static readonly Form<IReadOnlyList<string>> Columns =
        Form.List(new ListShape("a list of column names", new TextShape("a column's name")), Form.Text(new TextShape("a column's name")));

    private static readonly Section<TrainingDefinition> Train = new("objective.train",
        new TrainingDefinition(new DataSource()) { Epochs = 30 })
    {
        new Field<TrainingDefinition>(new Key(
            "data",
            SourceTable.Shape,
            "A CSV file with a header, a Parquet file, an NPY matrix or a folder of PNG or JPEG pictures with a folder for each class, its "
            + "path relative to this file; or {train: …, dev: …, test: …}, {images: …, labels: …}, {generate: …}.") { Required = true })
        {
            Read = (training, node, reading) =>
                training with { Data = SourceTable.Read(training.Data with { Folder = reading.Folder }, node, reading) },
            Write = training => SourceTable.Of(training.Data) is { } source
                ? source.Write(training.Data) : SpaceText.Quoted(training.Data.Path ?? ""),
            Facts = training => SourceTable.Of(training.Data) is { } source
                ? source.Facts(training.Data, "data")
                : [new Fact("data", training.Data.Path ?? "", MayChange: false)],
        },
        OfData("label", Form.Text(new TextShape("a column's name")), data => data.Label, (data, v) => data with { Label = v },
            "The column that is to be predicted."),
        OfData(
            "task", Form.Word("task", "classification", "regression"), data => data.Task, (data, v) => data with { Task = v },
            "Inferred when left out: text or few whole numbers are classes."),
        OfData("positive", Form.Text(new TextShape("a class")), data => data.Positive, (data, v) => data with { Positive = v },
            "Which of two classes dev_f1 is told of, as the data spell it; the mean of both when left out."),
        {
            "epochs", Form.Count(1), training => training.Epochs, (training, v) => training with { Epochs = v },
            "The full budget of a trial: passes over the training examples."
        },
        OfData(
            "split",
            Form.List(
                new ListShape("three shares that add up to 1, such as [0.6, 0.2, 0.2]",
                    new NumberShape { Above = 0, Below = 1 }) { Min = 3, Max = 3 },
                Form.Number(new NumberShape())),
            data => data.Split, (data, v) => data with { Split = v },
            "Shares of training, development and test examples; sized by the amount of data when left out."),
        Field<TrainingDefinition>.OrNone(
            "folds", Form.Count(2, 100), training => (training.Folds > 0, training.Folds), (training, v) => training with { Folds = v },
            "Deal the rows into so many folds: each trial trains a network for each, judged by the rows it never saw. "
            + "Right for tables up to some 5,000 rows.", Rules.None),
        {
            "ensemble", EnsembleSize(), training => training.Ensemble, (training, v) => training with { Ensemble = v },
            "With folds: at most so many trials whose networks answer together. Without: auto averages the winner's confirmed repeats "
            + "where that helps on the dev rows. none hands over the winner's own."
        },
        Field<TrainingDefinition>.OrNone(
            "refit", Form.Word("refit", "all", "train_dev", "none"),
            training => training.Refit switch { RefitRows.All => (true, "all"), RefitRows.None => (true, "none"), _ => default },
            (training, v) => training with
            {
                Refit = v switch { "all" => RefitRows.All, "none" => RefitRows.None, _ => RefitRows.TrainDev },
            },
            "Without folds: the rows that the winner is trained on once more; train_dev when left out. "
            + "all: once the test figure stands, on all rows. none: the trial's own network is handed over.", Rules.None),
        OfData(
            "missing", Form.Word("way with missing values", "refuse", "mean", "mode"), data => data.Missing,
                (data, v) => data with { Missing = v },
            "The way with missing values: mean and mode come from the training rows."),
        OfData(
            "ignore", Columns, data => data.Ignore.Count > 0 ? data.Ignore : null, (data, v) => data with { Ignore = v },
            "Columns that are not inputs, such as row numbers."),
        OfData(
            "categorical", Columns, data => data.Categorical.Count > 0 ? data.Categorical : null,
                (data, v) => data with { Categorical = v },
            "Columns whose numbers are names, such as postal codes, or whose texts are categories however many there are."),
        Field<TrainingDefinition>.OrNone(
            "header", Form.Boolean, training => training.Data.Header is { } header ? (true, header) : default,
                (training, v) => training with { Data = training.Data with { Header = v } },
            "Whether the first line of a CSV file names the columns; without a header they are x0, x1, and so on.", Rules.None),
        OfData(
            "separator", Form.Word("separator", "comma", "semicolon", "tab", "bar", "space"), data => data.Separator,
                (data, v) => data with { Separator = v },
            "The separator of the cells of a CSV file; found in its first lines when left out. A space is any run of blanks."),
        OfData(
            "decimal", Form.Word("decimal mark", "point", "comma"), data => data.DecimalMark, (data, v) => data with { DecimalMark = v },
            "The decimal mark of a CSV file; found in each column when left out."),
        OfData(
            "image", Form.Text(new TextShape("a shape such as 8x8 or 32x32x3") { Pattern = "[1-9][0-9]*x[1-9][0-9]*(x[1-9][0-9]*)?" }),
            data => data.Image, (data, v) => data with { Image = v }, "The shape of the pictures in the rows."),
        OfData(
            "normalize", Form.Word("normalization", "feature", "image", "none"), data => data.Normalize,
                (data, v) => data with { Normalize = v },
            "Each input by its own mean and deviation, all pixels of a channel by one, or not at all."),
    };

    private static readonly Section<CommandDefinition> Command = new("the objective", new CommandDefinition([], ""))
    {
        {
            "command",
            Form.List(
                new ListShape(
                    "the program and its arguments as a list, such as [python3, train.py, --lr, \"{learning_rate}\"]",
                        new TextShape("an argument") { MayBeEmpty = true }),
                Form.Text(new TextShape("an argument"))),
            command => command.Arguments, (command, v) => command with { Arguments = [.. v] },
            "The program and its arguments, with {parameter} where a value goes. Never a shell line. Linux only.", Rules.Required
        },
        {
            "protocol", Form.Choice("protocol", "once", "worker"), command => command.KeepAlive,
                (command, v) => command with { KeepAlive = v },
            "One process per job, or one per worker that stays alive and reads requests."
        },
        {
            "epochs", Form.Count(1), command => command.Epochs, (command, v) => command with { Epochs = v },
            "The full budget of a trial, which a schedule may cut into rungs."
        },
        Field<CommandDefinition>.OrNone(
            "env", Variables(), command => (!command.Environment.IsEmpty, command.Environment),
                (command, v) => command with { Environment = v },
            "Variables added to the environment of the command, with {parameter} where a value goes; {worker} is the worker's number.",
            Rules.None),
        Field<CommandDefinition>.OrNone(
            "devices",
            Form.List(
                new ListShape("a list of devices, such as [0, 1, 2, 3]", new TextShape("a device's number or name")),
                Form.Text(new TextShape("a device's number or name"))),
            command => (!command.Devices.IsEmpty, command.Devices), (command, v) => command with { Devices = [.. v] },
            "The devices that workers take in turn: each runs its trials with its own in CUDA_VISIBLE_DEVICES. " +
            "Set workers to their number.",
            Rules.MayChange),
        Field<CommandDefinition>.OrNone(
            "files",
            Form.List(
                new ListShape("a list of files, such as [train.py, lib/**]", new TextShape("a file's path")),
                Form.Text(new TextShape("a file's path"))),
            command => (!command.Files.IsEmpty, command.Files), (command, v) => command with { Files = [.. v] },
            "The files that workers on other machines are sent, up to 100 MiB; * and ? stand for a part of a name, ** for any folders. "
            + "Their copy is the command's working directory there. Without it they must have this file's folder themselves.",
            Rules.MayChange),
        {
            "keep_checkpoints", Form.Count(0), command => command.KeepCheckpoints, (command, v) => command with { KeepCheckpoints = v },
            "How many of the best trials keep their checkpoint folders. Trials that may go on keep theirs too; all others are removed.",
            Rules.MayChange
        },
        {
            "grace", Form.Duration, command => command.Grace, (command, v) => command with { Grace = v },
            "How long the program may take to leave after SIGTERM.", Rules.MayChange
        },
    };

    private static readonly Section<DelegateDefinition> Code = new("the objective", new DelegateDefinition())
    {
        Field<DelegateDefinition>.Of(
            "code", Form.Text(new TextShape("a program's name")), code => code.Program, (code, v) => code with { Program = v },
            "A function in that program, which wrote this file; only it can run the search.", Rules.Required) with
        {
            Facts = _ => [new Fact("code", "given in code", MayChange: false)],
        },
        { "epochs", Form.Count(1), code => code.Epochs, (code, v) => code with { Epochs = v }, "The full budget of a trial." },
    };

    /// <summary>The form of the built-in trainer's map.</summary>
    public static MapShape TrainShape { get; } = Train.Shape with
    {
        Advice = name => TrainerNames.Find(name) is null
            ? null : "It is a hyperparameter: put it in the space, where a bare value is fixed.",
    };

    /// <summary>The objective of a search.</summary>
    public static Field<Search> Field { get; } = new(new Key(
        "objective",
        new AlternativesShape("the objective", "kind of objective",
        [
            ("train", new MapShape("the objective", [new("train", TrainShape, "The built-in trainer.") { Required = true }])),
            ("command", Command.Shape),
            ("code", Code.Shape),
        ]),
        "The objective evaluates a trial: `train:` is the built-in trainer on your data, `command:` your own program.")
    { Required = true })
    {
        Read = (search, node, reading) => search with { Objective = ReadObjective(node, reading) },
        Write = search => search.Objective switch
        {
            TrainingDefinition training => $"{{train: {Train.Write(training)}}}",
            CommandDefinition command => Command.Write(command),
            var other => Code.Write(AsCode(other)),
        },
        Facts = search => search.Objective switch
        {
            TrainingDefinition training => Train.Facts(training, "objective.train"),
            CommandDefinition command => Command.Facts(command, "objective"),
            var other => Code.Facts(AsCode(other), "objective"),
        },
    };

    private static ObjectiveDefinition ReadObjective(Node node, Reading reading)
    {
        if (node["code"] is not null)
            return Code.Read(Code.Untouched, node, reading);
        if (node["train"] is not { } train)
            return Command.Read(new CommandDefinition([], reading.Folder), node, reading);
        var training = Train.Read(Train.Untouched, train, reading);
        try
        {
            DatasetLoader.Check(training.Data);
            if (train["ensemble"] is ScalarNode { Text: not ("auto" or "none") } ensemble && train["folds"] is null)
                reading.Problems.Add(ensemble,
                    "A size of the ensemble goes with folds: that many trials' networks answer together. Add folds: 5; or say auto, which "
                    + "averages the winner's confirmed repeats where that helps, or none.");
            if (train["refit"] is ScalarNode refit && train["folds"] is ScalarNode { Text: not "none" })
                reading.Problems.Add(refit,
                    "refit goes without folds: with folds the networks of the folds are handed over, and none is trained again. " +
                    "Take one of the two away.");
            if (IsTable(training.Data) && training.Data.Label is null)
                reading.Problems.Add(train,
                    "objective.train: the key \"label\" is missing. It names the column of the CSV file that is to be predicted.");
        }
        catch (DataException refusal)
        {
            reading.Problems.Add(train["split"] ?? train["data"]!, refusal.Message);
        }

        return training;
    }

    /// <summary>Notes the mistakes in the data, beside mistakes of the file, as far as the file says how to read them.</summary>
    /// <param name="train">The trainer's map; parts of it may be unsound.</param>
    /// <param name="reading">The file.</param>
    public static void CheckData(MapNode train, Reading reading)
    {
        if (train["data"] is not { } place || !reading.Problems.IsSound(place)
            || (train["label"] is { } label && !reading.Problems.IsSound(label)))
            return;
        var source = Train.Read(Train.Untouched, train, reading).Data;
        try
        {
            if (source.Generate is null && (source.Label is not null || !IsTable(source)))
                DatasetLoader.Load(source, 1).Dispose();
        }
        catch (DataException refusal)
        {
            foreach (var problem in refusal.Problems)
                reading.Problems.Add(place, problem);
        }
    }

    private static bool IsTable(DataSource source) => (source.Path ?? source.Train) is { } path && !source.NamesFolder()
        && !path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".npy.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>An objective that a file can only say to be in code: a definition of the user's own among them.</summary>
    private static DelegateDefinition AsCode(ObjectiveDefinition definition) => definition as DelegateDefinition
        ?? new DelegateDefinition { Epochs = definition.Epochs };

    private static Field<TrainingDefinition> OfData<V>(string name, Form<V> form, Func<DataSource, V?> get, Func<DataSource, V,
        DataSource> set, string meaning)
        where V : class =>
        Field<TrainingDefinition>.OrNone(
            name, form, training => (get(training.Data) is not null, get(training.Data)!),
                (training, v) => training with { Data = set(training.Data, v) }, meaning, Rules.None);

    /// <summary>The largest size of an ensemble: a word for the usual one and for a single trial's networks.</summary>
    private static Form<int> EnsembleSize()
    {
        var usual = new TrainingDefinition(new DataSource()).Ensemble;
        return new(
            new EitherShape("auto, none or a whole number from 2",
                [new WordShape("ensemble", ["auto", "none"]), Form.Count(2, 1000).Shape]),
            node => node.AsText() switch
            {
                "auto" => usual,
                "none" => 1,
                _ => node.AsCount(),
            },
            size => size == usual ? "auto" : size == 1 ? "none" : NumberText.Of(size));
    }

    private static Form<ImmutableSortedDictionary<string, string>> Variables() => new(
        new DictionaryShape("variables with their values",
            new TextShape("a value") { MayBeEmpty = true })
        { NamePattern = "[A-Za-z_][A-Za-z0-9_]*" },
        node => ((MapNode)node)
            .Entries.ToImmutableSortedDictionary(entry => entry.Key.Text, entry => entry.Value.AsText(), StringComparer.Ordinal),
        variables => $"{{{string.Join(", ", variables.Select(variable => $"{variable.Key}: {SpaceText.Quoted(variable.Value)}"))}}}");
}
