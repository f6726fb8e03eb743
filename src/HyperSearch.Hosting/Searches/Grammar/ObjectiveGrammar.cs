namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>What a search file may say of its objective.</summary>
internal static class ObjectiveGrammar
{
    private static readonly NumberShape Epochs = new() { Whole = true, Min = 1, Max = int.MaxValue };
    private static readonly TextShape FilePath = new("a file's path");
    private static readonly ListShape Columns = new("a list of column names", new TextShape("a column's name"));

    private static readonly WordShape Figure = new("figure", ["spirals", "moons", "blobs", "circles", "digits"]);

    private static readonly MapShape Figures = new("generated data",
    [
        new("kind", Figure, "What to draw.") { Required = true },
        new("rows", Epochs, "Number of examples over all classes.") { Default = "1000" },
        new("noise", new NumberShape { Min = 0 }, "Spread around the ideal; each figure has its own default."),
        new("classes", new NumberShape { Whole = true, Min = 2, Max = 1000 }, "Number of classes of spirals and blobs.") { Default = "3" },
        new("seed", new NumberShape { Whole = true, Min = 0 }, "Seed of the drawing; the campaign's own when left out."),
    ]);

    private static readonly AlternativesShape Sources = new("data", "source",
    [
        ("train", new MapShape("data",
        [
            new("train", FilePath, "The training file.") { Required = true },
            new("dev", FilePath, "A development file of its own; cut from the training file when left out."),
            new("test", FilePath, "A test file of its own; cut from the training file when left out."),
        ])),
        ("images", new MapShape("data",
        [
            new("images", FilePath, "Pictures as IDX or NPY, .gz too.") { Required = true },
            new("labels", FilePath, "The labels of the pictures, IDX or NPY, .gz too.") { Required = true },
            new("dev_images", FilePath, "Development pictures of their own."),
            new("dev_labels", FilePath, "The labels of dev_images."),
            new("test_images", FilePath, "Test pictures of their own."),
            new("test_labels", FilePath, "The labels of test_images."),
        ])),
        ("generate", new MapShape("data", [new("generate", new KindShape("a figure, or {kind: spirals, rows: 1000, noise: 0.1}") { Single = Figure, Map = Figures }, "Made-up data: spirals, moons, blobs, circles or digits.") { Required = true }])),
    ]);

    /// <summary>The built-in trainer's keys.</summary>
    public static MapShape Train { get; } = new("objective.train",
    [
        new("data", new KindShape("a file, {train: …, dev: …, test: …}, {images: …, labels: …} or {generate: …}") { Single = FilePath, Map = Sources }, "A CSV file with a header, its path relative to this file; or {train: …, dev: …, test: …}, {images: …, labels: …}, {generate: …}.") { Required = true },
        new("label", new TextShape("a column's name"), "The column that is to be predicted."),
        new("task", new WordShape("task", ["classification", "regression"]), "Inferred when left out: text or few whole numbers are classes."),
        new("epochs", Epochs, "The full budget of a trial: passes over the training examples.") { Default = "30" },
        new("split", new ListShape("three shares that add up to 1, such as [0.6, 0.2, 0.2]", new NumberShape { Above = 0, Below = 1 }) { Min = 3, Max = 3 }, "Shares of training, development and test examples; sized by the amount of data when left out."),
        new("folds", new NumberShape { Whole = true, Min = 2, Max = 100 }, "Deal the rows into so many folds: each trial trains a network for each, judged by the rows it never saw. Right for tables up to some 5,000 rows."),
        new("ensemble", new EitherShape("auto, none or a whole number from 2", [new NumberShape { Whole = true, Min = 2, Max = 1000 }, new WordShape("ensemble", ["auto", "none"])]), "With folds: at most so many trials whose networks answer together; none hands over the winner's own.") { Default = "auto" },
        new("missing", new WordShape("way with missing values", ["refuse", "mean", "mode"]), "What to do about missing values: mean and mode are those of the training rows.") { Default = "refuse" },
        new("ignore", Columns, "Columns that are not inputs, such as row numbers."),
        new("categorical", Columns, "Columns whose numbers are names, such as postal codes."),
        new("image", new TextShape("a shape such as 8x8 or 32x32x3") { Pattern = "[1-9][0-9]*x[1-9][0-9]*(x[1-9][0-9]*)?" }, "The shape of the pictures in the rows."),
        new("normalize", new WordShape("normalization", ["feature", "image", "none"]), "Each input by its own mean and deviation, all pixels of a channel by one, or not at all."),
    ])
    {
        Advice = name => TrainerNames.Find(name) is null ? null : "It is a hyperparameter: put it in the space, where a bare value is fixed.",
    };

    /// <summary>The objective.</summary>
    public static AlternativesShape Objective { get; } = new("the objective", "kind of objective",
    [
        ("train", new MapShape("the objective", [new("train", Train, "The built-in trainer.") { Required = true }])),
        ("command", new MapShape("the objective",
        [
            new("command", new ListShape("the program and its arguments as a list, such as [python3, train.py, --lr, \"{learning_rate}\"]", new TextShape("an argument") { MayBeEmpty = true }), "The program and its arguments, with {parameter} where a value goes. Never a shell line.") { Required = true },
            new("protocol", new WordShape("protocol", ["once", "worker"]), "One process per job, or one per worker that stays alive and reads requests.") { Default = "once" },
            new("epochs", Epochs, "The full budget of a trial, which a schedule may cut into rungs.") { Default = "1" },
            new("env", new DictionaryShape("variables with their values", new TextShape("a value") { MayBeEmpty = true }) { NamePattern = "[A-Za-z_][A-Za-z0-9_]*" }, "Variables added to the environment of the command."),
            new("grace", new DurationShape(), "How long the program may take to leave after SIGTERM.") { Default = "5s" },
        ])),
        ("code", new MapShape("the objective",
        [
            new("code", new TextShape("a program's name"), "A function in that program, which wrote this file; only it can run the search.") { Required = true },
            new("epochs", Epochs, "The full budget of a trial.") { Default = "1" },
        ])),
    ]);
}
