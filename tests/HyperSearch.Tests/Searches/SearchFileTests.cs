using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Searches;

public sealed class SearchFileTests
{
    [Fact]
    public void Parse_ReadsAWholeFile()
    {
        var search = Yaml.Parse(Yaml.Good + """

              seed: 7
              workers: 3
              slots: 4
              ordering: relaxed
            limits: {trial_timeout: 2m30s, retries: 1, stop_after_failures: 0, time: 1.5h, target: 0.01, patience: 40, epochs: 5000}
            schedule: none
            constraints: [hidden_units * learning_rate <= 20, "optimizer != 'sgd'"]
            enqueue:
              - {learning_rate: 0.01, hidden_units: 64, optimizer: momentum}
            """);

        Assert.Equal(("digits", "dev_error", false, 120, 7UL, 3, 4, true),
            (search.Name, search.Metric, search.Maximize, search.Trials, search.Seed, search.Workers, search.Slots, search.Relaxed));
        var training = Assert.IsType<TrainingDefinition>(search.Objective);
        Assert.Equal(("/base", "data/digits.csv", "digit", 30),
            (training.Data.Folder, training.Data.Path, training.Data.Label, training.Epochs));
        Assert.IsType<RandomSampler>(search.Sampler);
        Assert.IsType<FullSchedule>(search.Schedule);
        Assert.Equal(["learning_rate", "hidden_units", "optimizer", "adam_epsilon", "activation"],
            search.Space.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(new LogScale(1e-4, 1), search.Space.Parameters[0].Scale);
        Assert.Equal([new ParameterValue("adam")], search.Space.Parameters[3].When.Single().Accepted);
        Assert.Equal(new FixedScale("relu"), search.Space.Parameters[4].Scale);
        Assert.Equal(["hidden_units * learning_rate <= 20", "optimizer != 'sgd'"],
            search.Space.Constraints.Select(constraint => constraint.Text));
        Assert.Equal("relu", search.Enqueued.Single()["activation"].ToString());
        Assert.Equal(new HyperSearch.Planning.Limits
        {
            TrialTimeout = TimeSpan.FromSeconds(150),
            Retries = 1,
            StopAfterFailures = 0,
            Time = TimeSpan.FromMinutes(90),
            Target = 0.01,
            Patience = 40,
            Epochs = 5000
        }, search.Limits);
    }

    [Theory]
    [InlineData("all", RefitRows.All)]
    [InlineData("train_dev", RefitRows.TrainDev)]
    [InlineData("none", RefitRows.None)]
    public void Parse_TakesTheRowsOfARefitAndNoConfirmation(string word, RefitRows rows)
    {
        var refitting = Yaml.Good.Replace("epochs: 30", $"epochs: 30\n    refit: {word}", StringComparison.Ordinal);
        var search = Yaml.Parse(refitting + "\nconfirm: none\n");
        Assert.Equal(rows, ((TrainingDefinition)search.Objective).Refit);
        Assert.Null(search.Confirm);
    }

    [Fact]
    public void Parse_TakesEveryScale()
    {
        var space = Yaml.Parse("""
            objective: {command: [train, "{a}"]}
            maximize: score
            space:
              a: {uniform: [0, 1], step: 0.25}
              b: {log: [1e-3, 1], factor: 10}
              c: {one_minus_log: [0.9, 0.999]}
              d: {int: [1, 9], step: 2}
              e: {log_int: [1, 64], factor: 4}
              f: {power_of_two: [32, 512]}
              g: {choice: [1, 2.5, true, "3", x]}
              h: {fixed: 0.5, when: {g: [x, true]}}
              i: no
            method: {sampler: random, workers: auto}
            """).Space;

        Assert.Equal(["uniform [0, 1] step 0.25", "log [0.001, 1] factor 10", "one_minus_log [0.9, 0.999]", "int [1, 9] step 2",
            "log_int [1, 64] factor 4", "power_of_two [32, 512]", "choice [1, 2.5, true, 3, x]", "fixed 0.5", "fixed no"],
            space.Parameters.Select(parameter => parameter.Scale.Describe()));
        Assert.True(((ChoiceScale)space.Parameters[6].Scale).Values[3].IsWord);
    }

    [Theory]
    [InlineData("results/digits", 10, "results/digits")]
    [InlineData("{campaign: results/digits}", 10, "results/digits")]
    [InlineData("{campaign: results/digits, best: 25}", 25, "results/digits")]
    [InlineData("[results/a, results/b]", 10, "results/a", "results/b")]
    [InlineData("{campaign: [results/a, b], best: 8}", 8, "results/a", "b")]
    public void Parse_ReadsWhereToStartFrom(string written, int best, params string[] campaigns) =>
        Assert.Equal(new WarmStart([.. campaigns], best),
            Yaml.Parse(Yaml.Changed("minimize: dev_error", $"minimize: dev_error\nfrom: {written}")).From);

    [Fact]
    public void Parse_ReadsSeveralMetricsInTheOrderOfTheFile()
    {
        Assert.Equal([new Goal("dev_error"), new Goal("parameters")],
            Yaml.Parse(Yaml.Changed("minimize: dev_error", "minimize: [dev_error, parameters]")).Goals);
        Assert.Equal(
            [new Goal("dev_r2", Maximize: true), new Goal("epochs"), new Goal("seconds")],
            Yaml.Parse(Yaml.Changed("minimize: dev_error", "tradeoff: {maximize: dev_r2, minimize: [epochs, seconds]}")).Goals);
        Assert.Equal([new Goal("dev_error")], Yaml.Parse(Yaml.Good).Goals);
    }

    [Fact]
    public void Parse_ReadsHowLeadersAreConfirmed()
    {
        Assert.Equal(new Confirm { Top = 4, Repeats = 2 },
            Yaml.Parse(Yaml.Changed("minimize: dev_error", "minimize: dev_error\nconfirm: {top: 4, repeats: 2}")).Confirm);
        Assert.Equal(45, Yaml.Parse(Yaml.Changed("minimize: dev_error", "minimize: dev_error\nconfirm: {}")).Confirm!.Runs);
        Assert.Null(Yaml.Parse(Yaml.Good).Confirm);
    }

    [Fact]
    public void Parse_ReadsDefaults()
    {
        Assert.Equal(0.01, Yaml.Parse(Yaml.Changed("log: [1e-4, 1]}",
            "log: [1e-4, 1], default: 0.01}")).Space.Default!["learning_rate"].Number);
        Assert.Equal("adam", Yaml.Parse(Yaml.Changed("rmsprop, adam]", "rmsprop, adam], default: adam")).Space.Default!["optimizer"]);
        Assert.Null(Yaml.Parse(Yaml.Good).Space.Default);
    }

    [Theory]
    [InlineData("1e-4", 1e-4)]
    [InlineData("1E-4", 1e-4)]
    [InlineData(".5", 0.5)]
    [InlineData("+3.", 3)]
    [InlineData("0x10", 16)]
    [InlineData("0o17", 15)]
    [InlineData("-12", -12)]
    public void Parse_ReadsNumbersAsYamlDoes(string written, double meant) => Assert.Equal(new ParameterValue(meant), Fixed(written));

    [Theory]
    [InlineData("yes")]
    [InlineData("2024-05-01")]
    [InlineData("1_000")]
    [InlineData("1e")]
    [InlineData("1,5")]
    [InlineData("12:30:00")]
    public void Parse_LeavesWordsWords(string written) => Assert.Equal(new ParameterValue(written), Fixed(written));

    [Fact]
    public void Parse_TakesQuotedNumbersAsWords() => Assert.Equal(new ParameterValue("1"), Fixed("\"1\""));

    [Fact]
    public void Parse_TakesTheNameOfTheFileWhenItHasNone() => Assert.Equal("x", Yaml.Parse(Yaml.Changed("name: digits\n", "")).Name);

    [Theory]
    [InlineData("{generate: spirals}")]
    [InlineData("{generate: {kind: blobs, rows: 50, noise: 0.2, classes: 4, seed: 3}}")]
    [InlineData("{images: a.idx, labels: b.idx.gz}")]
    public void Parse_NeedsNoLabelWhereTheDataHaveTheirOwn(string data) =>
        Assert.IsType<TrainingDefinition>(Yaml.Parse(Yaml.Changed("data: data/digits.csv\n    label: digit", $"data: {data}")).Objective);

    [Fact]
    public void Parse_ReadsACommand()
    {
        var command = Assert.IsType<CommandDefinition>(Yaml.Parse("""
            objective:
              command: [python3, train.py, --lr, "{lr}", --n, 3, '{{"a": 1}}']
              protocol: once
              epochs: 52
              env: {OMP_NUM_THREADS: 1}
              grace: 500ms
            minimize: loss
            space: {lr: {log: [1e-5, 1]}}
            method: {sampler: random}
            """).Objective);

        Assert.Equal(["python3", "train.py", "--lr", "{lr}", "--n", "3", "{{\"a\": 1}}"], command.Arguments);
        Assert.Equal((false, 52, "1", TimeSpan.FromMilliseconds(500), "/base"),
            (command.KeepAlive, command.Epochs, command.Environment["OMP_NUM_THREADS"], command.Grace, command.WorkingDirectory));
    }

    [Fact]
    public void Parse_FollowsAnchors() =>
        Assert.Equal("log [0.1, 1]",
            Yaml.Parse(Yaml.Changed("learning_rate: {log: [1e-4, 1]}",
                "l2: {log: &ends [0.1, 1]}\n  learning_rate: {log: *ends}")).Space.Parameters[1].Scale.Describe());

    private static ParameterValue Fixed(string written)
    {
        var search = Yaml.Parse($$"""
            objective: {command: [x]}
            minimize: y
            space:
              a: {{written}}
              b: {int: [1, 2]}
            method: {sampler: random}

            """);
        return ((FixedScale)search.Space.Parameters[0].Scale).Value;
    }

    [Fact]
    public void Parse_FillsAPartialConfigurationByTheSeed()
    {
        Search At(int seed) => SearchFile.Parse($$$"""
            objective: {command: [x]}
            minimize: loss
            space: {a: {uniform: [0, 1]}, kind: {choice: [p, q]}, only_q: {uniform: [0, 1], when: {kind: q}}, layers: {int: [1, 8]}}
            constraints: [a < 0.5]
            method: {seed: {{{seed}}}}
            enqueue: [{layers: 5}, {only_q: 0.25}]
            """, "s.yaml", "/");
        var points = At(1).Enqueued;
        Assert.Equal(5, points[0]["layers"].Number);
        Assert.True(points.All(point => point["a"].Number < 0.5));
        Assert.Equal(("q", 0.25), (points[1]["kind"].ToString(), points[1]["only_q"].Number));
        Assert.Equal(points.Select(point => point.ToString()), At(1).Enqueued.Select(point => point.ToString()));
        Assert.NotEqual(points[0].ToString(), At(2).Enqueued[0].ToString());
    }

    [Fact]
    public void Parse_TakesMergeKeys()
    {
        var search = SearchFile.Parse("""
            objective: {command: [x]}
            minimize: loss
            space:
              a: &rate {log: [1e-4, 1], default: 0.01}
              b: {<<: *rate, default: 0.1}
            """, "s.yaml", "/");
        Assert.Equal([0.01, 0.1], search.Space.Parameters.Select(parameter => parameter.Default!.Value.Number));
    }

    [Fact]
    public void Describe_SaysHowManyBracketsHyperbandFills()
    {
        var search = SearchFile.Parse("""
            objective: {command: [x], epochs: 81}
            minimize: loss
            space: {a: {uniform: [0, 1]}}
            method: {trials: 30}
            schedule: {hyperband: {min_epochs: 1, factor: 3}}
            """, "s.yaml", "/");
        Assert.Equal(
            "30 trials fill 0 of 5 brackets, which take 81, 34, 15, 8, 5 trials; 143 trials fill each once",
            SearchDescription.Of(search).Brackets);
    }

    [Fact]
    public void Parse_TakesNamesOfAnyAlphabet()
    {
        var search = SearchFile.Parse("""
            name: größe-試
            objective: {command: [x, "{größe}"]}
            minimize: loss
            space: {größe: {uniform: [0, 1]}, 学習率: {log: [1e-4, 1]}}
            constraints: [größe < 0.5 or 学習率 < 0.1]
            """, "s.yaml", "/");
        Assert.Equal("größe-試", search.Name);
        Assert.Equal(["größe", "学習率"], search.Space.Parameters.Select(parameter => parameter.Name));
        var again = SearchFile.Parse(SearchText.Of(search, ""), "s.yaml", "/");
        Assert.Equal(["größe", "学習率"], again.Space.Parameters.Select(parameter => parameter.Name));
    }
}
