using CsCheck;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Numerics;

namespace HyperSearch.Tests.Searches;

public sealed class SearchFileErrorTests
{
    [Fact]
    public void Parse_NamesTheNearestSamplerWhereItStands() => Assert.StartsWith(
        "searches/x.yaml:15:12: unknown sampler \"randon\". Did you mean \"random\"? Known: ",
        Yaml.Error(Yaml.Changed("sampler: random", "sampler: randon")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Parse_ReportsFiveMistakesAtOnceInTheOrderOfTheFile()
    {
        var errors = Yaml.Errors(Yaml.Good
            .Replace("label: digit", "lable: digit", StringComparison.Ordinal)
            .Replace("log: [1e-4, 1]", "log: [0, 1]", StringComparison.Ordinal)
            .Replace("log_int: [16, 256]", "log_int: [256, 16]", StringComparison.Ordinal)
            .Replace("when: {optimizer: adam}", "when: {optimiser: adam}", StringComparison.Ordinal)
            .Replace("trials: 120", "trials: many", StringComparison.Ordinal));

        Assert.Equal([(5, 5), (9, 25), (10, 27), (12, 45), (16, 11)], errors.Select(error => (error.Line, error.Column)));
    }

    [Fact]
    public void Parse_ChecksTheMetricWhateverElseIsWrongWithTheObjective()
    {
        var errors = Yaml.Errors(Yaml.Good
            .Replace("label: digit", "lable: digit", StringComparison.Ordinal)
            .Replace("minimize: dev_error", "minimize: dev_eror", StringComparison.Ordinal));
        Assert.Equal(2, errors.Length);
        Assert.Contains("Did you mean \"dev_error\"?", errors[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    // Keys.
    [InlineData("minimize: dev_error", "minimise: dev_error", "unknown key \"minimise\" in a search file. Did you mean \"minimize\"?")]
    [InlineData("epochs: 30", "epoch: 30", "Did you mean \"epochs\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nslots: 3", "It belongs under method.")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nmaximize: dev_error", "takes only one of minimize, maximize")]
    [InlineData("minimize: dev_error\n", "", "one of the keys minimize, maximize, tradeoff is missing")]
    [InlineData("    label: digit\n", "", "the key \"label\" is missing. It names the column")]
    [InlineData("name: digits\n", "name: digits\nname: again\n",
        "the key \"name\" stands here for the second time; the first is in line 1")]
    [InlineData("name: digits", "name: a/b", "expected a name that can be a folder's")]
    // Ranges.
    [InlineData("log: [1e-4, 1]", "log: [0, 1]", "A log range cannot reach 0")]
    [InlineData("log: [1e-4, 1]", "log: [1, 1e-4]", "Did you mean [0.0001, 1]?")]
    [InlineData("log: [1e-4, 1]", "log: [1, 1]", "For a single value write the value itself.")]
    [InlineData("log: [1e-4, 1]", "log: [1]", "expected a range [low, high] of two numbers")]
    [InlineData("log: [1e-4, 1]", "log: [a, 1]", "expected a number above 0, but here is the word \"a\"")]
    [InlineData("log: [1e-4, 1]", "lgo: [1e-4, 1]", "unknown scale \"lgo\" in a parameter. Did you mean \"log\"?")]
    [InlineData("log: [1e-4, 1]", "log: [1e-4, 1], uniform: [0, 1]", "takes one scale")]
    [InlineData("{log: [1e-4, 1]}", "[1e-4, 1]", "expected a value, or a range such as {log: [0.0001, 1]}, but here is a list")]
    [InlineData("{log: [1e-4, 1]}", "{}", "needs one of the keys uniform, log")]
    [InlineData("{log: [1e-4, 1]}", "", "but here is nothing")]
    [InlineData("log: [1e-4, 1]", "one_minus_log: [0.9, 1]", "take an end such as 0.999")]
    [InlineData("log_int: [16, 256]", "int: [16, 256.5]", "expected a whole number, but here is the number 256.5")]
    [InlineData("log_int: [16, 256]", "power_of_two: [16, 255]", "the nearest are 128 and 256")]
    [InlineData("log_int: [16, 256]", "uniform: [0, 1], step: 0.3", "Steps from 0 must land on 1")]
    [InlineData("choice: [momentum, rmsprop, adam]", "choice: [adam, adam]", "names each value once")]
    [InlineData("choice: [momentum, rmsprop, adam]", "choice: []", "expected a list of at least one value")]
    // Conditions.
    [InlineData("when: {optimizer: adam}", "when: {optimiser: adam}", "which the space does not have. Did you mean \"optimizer\"?")]
    [InlineData("when: {optimizer: adam}", "when: {optimizer: adm}",
        "\"optimizer\" never has the value adm: it is choice [momentum, rmsprop, adam]. Did you mean \"adam\"?")]
    [InlineData("when: {optimizer: adam}", "when: {adam_epsilon: 1}", "cannot depend on itself")]
    [InlineData("when: {optimizer: adam}", "when: adam", "expected a condition, such as {optimizer: adam}")]
    [InlineData("log_int: [16, 256]",
        "log_int: [16, 256], when: {hidden_layers: 2}}\n  hidden_layers: {int: [1, 2], when: {hidden_units: 16}",
        "hidden_units depends on hidden_layers depends on hidden_units")]
    // Method, limits, schedule.
    [InlineData("trials: 120", "schedule: asha", "It belongs at the top of the file, not under another key.")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nlimits: {slots: 4}", "It belongs under method.")]
    [InlineData("trials: 120", "trials: 0", "expected a whole number from 1 to")]
    [InlineData("trials: 120", "slots: 0", "expected auto or a whole number from 1")]
    [InlineData("trials: 120", "seed: -1", "expected a whole number of at least 0")]
    [InlineData("trials: 120", "workers: many", "expected auto or a whole number from 1 to 1024")]
    [InlineData("trials: 120", "workers: 100000", "from 1 to 1024")]
    [InlineData("trials: 120", "ordering: relax", "unknown ordering \"relax\". Did you mean \"relaxed\"?")]
    [InlineData("sampler: random", "sampler: {random: {sed: 1}}", "unknown key \"sed\" in the options of random. There are none.")]
    [InlineData("sampler: random", "sampler: {random: {}, none: {}}", "a sampler is one name")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nschedule: nona", "Did you mean \"none\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nschedule: auot", "Did you mean \"auto\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nlimits: {time: 10}", "expected a duration with its unit")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nlimits: {retrys: 1}", "Did you mean \"retries\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nschedule: {asha: {min_epochs: 40}}",
        "min_epochs is at most the full budget, here 30 epochs")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nschedule: {asha: {factor: 1}}", "factor is at least 1.5")]
    [InlineData("sampler: random", "sampler: {coarse_to_fine: {global_share: 2}}", "global_share is a share, from 0 to 1.")]
    [InlineData("sampler: random", "sampler: {coarse_to_fine: {design: 2.5}}", "expected a whole number")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nconfirm: {tops: 3}", "Did you mean \"top\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nconfirm: {top: 5, repeats: 3, at_most: 14}",
        "at_most is at least top times repeats, here 5 x 3 = 15.")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nconfirm: yes", "expected confirm as a map with keys such as top")]
    // Several metrics.
    [InlineData("minimize: dev_error", "minimize: [dev_error]", "at least two metrics")]
    [InlineData("minimize: dev_error", "minimize: [dev_error, parametrs]", "Did you mean \"parameters\"?")]
    [InlineData("minimize: dev_error", "minimize: parameters", "does not measure \"parameters\"")]
    [InlineData("minimize: dev_error", "minimize: [dev_error, dev_error]", "one of them stands twice")]
    [InlineData("minimize: dev_error", "tradeoff: {minimize: dev_error, maximise: dev_r2}", "Did you mean \"maximize\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nmaximize: dev_r2", "takes only one of minimize, maximize, tradeoff")]
    [InlineData("minimize: dev_error", "minimize: [dev_error, seconds]\nschedule: asha", "a schedule stops trials by one metric")]
    [InlineData("minimize: dev_error", "minimize: [dev_error, seconds]\nconfirm: {top: 2}", "confirm ranks by the mean of one metric")]
    // Objective.
    [InlineData("minimize: dev_error", "minimize: dev_eror", "does not measure \"dev_eror\". Did you mean \"dev_error\"?")]
    [InlineData("minimize: dev_error", "maximize: dev_error", "write minimize")]
    [InlineData("epochs: 30", "epochs: 0", "expected a whole number from 1 to")]
    [InlineData("epochs: 30", "split: [0.6, 0.2, 0.3]", "add up to 1")]
    [InlineData("data: data/digits.csv", "data: \" \"", "The name of a data file is empty; write the path of a file.")]
    [InlineData("data: data/digits.csv", "data: {train: \"a\\0.csv\"}", "The name of a data file is empty")]
    [InlineData("epochs: 30", "ignore: [digit]", "also listed under ignore")]
    [InlineData("epochs: 30", "task: regresion", "Did you mean \"regression\"?")]
    [InlineData("data: data/digits.csv", "data: {images: a.idx}", "the key \"labels\" is missing")]
    [InlineData("data: data/digits.csv", "data: {generate: spiral}", "Did you mean \"spirals\"?")]
    [InlineData("  train:", "  trian:", "unknown kind of objective \"trian\" in the objective. Did you mean \"train\"?")]
    // The trainer's hyperparameters.
    [InlineData("activation: relu", "activation: rely",
        "activation is rely; it must be one of relu, leaky_relu, tanh, sigmoid. Did you mean \"relu\"?")]
    [InlineData("activation: relu", "activatoin: relu",
        "the built-in trainer has no hyperparameter \"activatoin\". Did you mean \"activation\"? It has these, with their " +
        "defaults:\n  learning_rate ")]
    [InlineData("activation: relu", "dropout: 0.2", "Did you mean \"keep_prob\", which is 1 - dropout?")]
    [InlineData("activation: relu", "zebra: 0.2",
        "has no hyperparameter \"zebra\". It has these, with their defaults:\n  learning_rate        0.001         α of every update")]
    [InlineData("activation: relu", "lr: 0.2", "Did you mean \"learning_rate\"?")]
    [InlineData("activation: relu", "hidden_units_2: 0", "hidden_units_2 is 0; it must be a whole number from 1")]
    [InlineData("activation: relu", "keep_prob: {uniform: [0.5, 2]}", "keep_prob is 2; it must be above 0 and at most 1")]
    [InlineData("activation: relu", "batch_size: {uniform: [32, 512]}", "Whole numbers come from int, log_int or power_of_two.")]
    [InlineData("activation: relu", "epochs: 20", "stands under objective.train. Move it there.")]
    [InlineData("momentum, rmsprop, adam]}", "momentum, rmsprop, adam, adm]}", "optimizer is adm; it must be one of")]
    [InlineData("epochs: 30", "learning_rate: 0.1", "It is a hyperparameter: put it in the space")]
    // Constraints.
    [InlineData("minimize: dev_error", "minimize: dev_error\nconstraints: [hidden_unit < 64]",
        "names \"hidden_unit\", which the space does not have. Did you mean \"hidden_units\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nconstraints: [hidden_units * 2]", "is neither true nor false")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nconstraints: [hidden_units < 1]", "Almost no point satisfies the constraints")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nconstraints: hidden_units < 1", "expected a list of conditions")]
    [InlineData("minimize: dev_error",
        "minimize: dev_error\nconstraints: [hidden_units < 64]\nenqueue: [{learning_rate: 1, hidden_units: 65, optimizer: rmsprop}]",
        "breaks the constraint")]
    // Enqueued configurations.
    [InlineData("minimize: dev_error", "minimize: dev_error\nenqueue: [{learning_rate: 2, hidden_units: 16, optimizer: rmsprop}]",
        "\"learning_rate\" cannot be 2: it is log [0.0001, 1].")]
    [InlineData("hidden_units: ", "momentum: {lr: {log: [1e-4, 1]}}\n  hidden_units: ", "Name each in full: momentum.lr: …")]
    [InlineData("hidden_units: ", "beta1: {<<: 3, uniform: [0.5, 0.9]}\n  hidden_units: ", "<< takes over the entries of another map")]
    [InlineData("minimize: dev_error",
        "minimize: dev_error\nenqueue: [{learning_rate: 1, hidden_units: 16, optimizer: rmsprop, adam_epsilon: 1e-8}]",
        "plays no part in this configuration")]
    [InlineData("log: [1e-4, 1]", "log: [1e-4, 1], default: 2", "the default of \"learning_rate\" cannot be 2: it is log [0.0001, 1].")]
    [InlineData("rmsprop, adam]", "rmsprop, adam], default: adma", "Did you mean \"adam\"?")]
    [InlineData("minimize: dev_error\nspace:\n  learning_rate: {log: [1e-4, 1]}",
        "minimize: dev_error\nconstraints: [learning_rate < 0.01]\nspace:\n  learning_rate: {log: [1e-4, 1], default: 0.1}",
        "The default configuration, learning_rate=0.1")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nfrom: {campain: results/x}", "Did you mean \"campaign\"?")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nfrom: [results/x, []]", "a campaign's name or path, such as results/digits")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nenqueue: [{learning_rat: 1, hidden_units: 16, optimizer: rmsprop}]",
        "no parameter \"learning_rat\". Did you mean \"learning_rate\"?")]
    public void Parse_SaysWhatIsWrongAndTheWayOut(string piece, string by, string said) =>
        Assert.Contains(said, Yaml.Error(Yaml.Changed(piece, by)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a: [1, 2\nb: 3\n", "1:4: not valid YAML: the bracket that opens here is never closed.")]
    [InlineData("a: {b: 1\n", "2:1: not valid YAML: a { is not closed")]
    [InlineData("a: 1\n\tb: 2\n", "2:1: not valid YAML: a tab indents this line")]
    [InlineData("a: 'abc\nb: 2\n", "1:4: not valid YAML: the quote that opens here is never closed.")]
    [InlineData("a: b: c\n", "1:5: not valid YAML: there is a second")]
    [InlineData("a:\n  b: 1\n c: 2\n", "3:2: not valid YAML: this does not fit the lines above it")]
    [InlineData("a: @x\n", "1:4: not valid YAML: a value cannot begin with this character")]
    [InlineData("a: *x\n", "1:4: not valid YAML: nothing before this line is named &x.")]
    [InlineData("", "1:1: the file is empty.")]
    [InlineData("- a\n", "1:1: expected a search file as a map")]
    [InlineData("hello\n", "1:1: expected a search file as a map")]
    public void Parse_SaysWhereTheYamlBreaks(string text, string said) =>
        Assert.StartsWith("searches/x.yaml:" + said, Yaml.Error(text).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Parse_SaysThatANameWithAColonNeedsQuotes() => Assert.Equal(
        "searches/x.yaml:6:18: expected a column's name, but here is a map with the key \"Unnamed\". A text with a colon stands in quotes: "
            + "\"Unnamed: 0\".",
        Yaml.Error(Yaml.Changed("label: digit", "label: digit\n    ignore: [id, Unnamed: 0]")).ToString());

    [Fact]
    public void Parse_ReadsEveryNameThatAdviceWrites() => Gen
        .OneOf(Gen.String, Gen.Const("Unnamed: 0"), Gen.Const("a, b"), Gen.Const("null"), Gen.Const("# x"))
        .Where(static name => name.Length > 0 && !name.Any(char.IsSurrogate)).Sample(static name =>
            ((TrainingDefinition)Yaml.Parse(Yaml.Changed("label: digit", $"label: digit\n    ignore: [{YamlWord.Of(name)}]"))
                .Objective).Data.Ignore.SequenceEqual([name]));

    [Theory]
    [InlineData("[hidden_units <]", 8, 29)]
    [InlineData("['hidden_units <']", 8, 30)]
    public void Parse_SaysWhereAConstraintBreaks(string constraints, int line, int column)
    {
        var error = Yaml.Error(Yaml.Changed("minimize: dev_error", $"minimize: dev_error\nconstraints: {constraints}"));
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Parse_RefusesAConstraintThatIsTooLongForTheStack()
    {
        var sum = string.Concat(Enumerable.Repeat("hidden_units + ", 30_000));
        Assert.Contains("a constraint has at most 2000 words, numbers and signs. Write several constraints instead.",
            Yaml.Error(Yaml.Changed("minimize: dev_error", $"minimize: dev_error\nconstraints: ['{sum}1 > 0']")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("space", 5)]
    [InlineData("enqueue", 2000)]
    [InlineData("constraints", 2000)]
    public void Parse_TellsAHundredMistakesAndThatThereAreMore(string where, int parameters)
    {
        var space = string.Concat(Enumerable.Range(0, parameters).Select(i => $"  p{i}: {{uniform: [0, 1]}}\n"));
        var wrong = Enumerable.Range(0, 2_000).Select(i => where switch
        {
            "space" => $"  x{i}: {{uniform: [0, 1], when: {{y{i}: 1}}}}\n",
            "enqueue" => $"- {{q{i}: 1}}\n",
            _ => $"- q{i} < 1\n",
        });
        var head = where == "space" ? "" : $"{where}:\n";
        var text = $"objective: {{command: [\"true\"]}}\nminimize: loss\nspace:\n{space}{head}{string.Concat(wrong)}"
            + "method: {trials: 2}\n";
        var errors = Yaml.Errors(text);
        Assert.Equal(101, errors.Length);
        Assert.All(errors[..100], error => Assert.True(error.Line > 0));
        Assert.Equal("searches/x.yaml: the file has more than 100 mistakes; these are the first that were found.", errors[100].ToString());
    }

    [Fact]
    public void Parse_FollowsAChainOfConditionsAsLongAsTheSpace()
    {
        var chain = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  x{i}: {{choice: [1, 2], when: {{x{i + 1}: 1}}}}\n"));
        var search = OnASmallStack(() => Yaml.Parse(
            $"objective: {{command: [\"true\"]}}\nminimize: loss\nspace:\n{chain}  x20000: {{choice: [1, 2]}}\nmethod: {{trials: 2}}\n"));
        Assert.Equal(20_001, search.Space.Dimensions);
        var circle = OnASmallStack(() => Yaml.Errors(
            $"objective: {{command: [\"true\"]}}\nminimize: loss\nspace:\n{chain}  x20000: {{choice: [1, 2], when: {{x0: 1}}}}\n"
            + "method: {trials: 2}\n"));
        Assert.StartsWith("conditions form a cycle: x0 depends on x1 depends on x2 depends on ", circle.Single().Message,
            StringComparison.Ordinal);
        Assert.EndsWith(" depends on … depends on x0. Remove one of them.", circle.Single().Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_OfADeviceThatNeverEndsIsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a device that never ends.");
        var refusal = await Task.Run(() => Assert.Throws<SearchFileException>(() => SearchFile.Read("/dev/zero")),
            TestContext.Current.CancellationToken);
        Assert.Contains("larger than any search file", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Does something on a thread whose stack is as small as some services give.</summary>
    private static T OnASmallStack<T>(Func<T> work)
    {
        T? result = default;
        var thread = new Thread(() => result = work(), maxStackSize: 256 << 10);
        thread.Start();
        thread.Join();
        return result!;
    }

    [Fact]
    public void Parse_TellsTheFirstOfManyUnknownKeysOneByOne()
    {
        var keys = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"\nunknown{i}: 1"));
        var errors = Yaml.Errors(Yaml.Good + keys);
        Assert.Equal(51, errors.Length);
        Assert.StartsWith("unknown key \"unknown0\" in a search file.", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal("99950 more keys from here on are unknown in a search file.", errors[50].Message);
    }

    [Fact]
    public void Parse_RefusesBottomlessNesting() =>
        Assert.Contains("nesting", Yaml.Error("a: " + new string('[', 100_000)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_RefusesAPlaceholderThatNamesNoParameter() => Assert.Contains("names \"learning\", which is no parameter of the " +
        "space. Did you mean \"learning_rate\"?",
        Yaml.Error("objective: {command: [train, \"--lr={learning}\"]}\nminimize: loss\nspace: {learning_rate: {log: [0.1, 1]}}\nmethod: " +
            "{sampler: random}").Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_RefusesASpaceInWhichNothingIsSearched() => Assert.Contains("all 100 trials would be the same",
        Yaml.Error("objective: {command: [train]}\nminimize: loss\nspace: {a: 1}\nmethod: {sampler: random}").Message,
        StringComparison.Ordinal);

    [Fact]
    public void Parse_RefusesAnEmptySpace() => Assert.Contains("expected at least one parameter",
        Yaml.Error("objective: {command: [train]}\nminimize: loss\nspace: {}\n").Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_AsksForAListWhereACommandIsALine() => Assert.Contains("the program and its arguments as a list",
        Yaml.Error("objective: {command: python3 train.py}\nminimize: loss\nspace: {a: {int: [1, 2]}}\n").Message,
        StringComparison.Ordinal);

    [Fact]
    public void Read_NamesTheNearestFile()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "digits.yaml"), Yaml.Good);
            var missing = Path.Combine(folder.FullName, "digit.yaml");
            var error = Assert.Throws<SearchFileException>(() => SearchFile.Read(missing)).Errors.Single();
            Assert.Equal($"{missing}: there is no such file. Did you mean \"digits.yaml\"?", error.ToString());
            Assert.Equal("digits", SearchFile.Read(Path.Combine(folder.FullName, "digits.yaml")).Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>It is a whole number; the reason was that it is none.</summary>
    [Fact]
    public void AWholeNumberThatIsTooLarge_IsSaidToBeTooLarge() => Assert.Contains(
        "is too large for a whole number: up to 2^53",
        Yaml.Error("objective: {command: [x]}\nminimize: loss\nspace: {a: {int: [0, 9223372036854775807]}}\nmethod: {sampler: random}\n")
            .Message, StringComparison.Ordinal);
}
