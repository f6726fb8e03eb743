namespace HyperSearch.Cli.Tests.Durability;

/// <summary>A campaign to be killed: each kind has moments that the others do not have.</summary>
public sealed record TortureKind(string Name, int Trials, string Objective, string Space, string Rest)
{
    private const string Few = "{learning_rate: {log: [1e-3, 1]}, hidden_units: {int: [2, 24]}}";

    /// <summary>The sampler, as a search file says it.</summary>
    public string Sampler { get; init; } = "coarse_to_fine";

    /// <summary>The metric or metrics that decide.</summary>
    public string Minimize { get; init; } = "dev_cost";

    /// <summary>Trials of several jobs of the built-in trainer, with checkpoints between them.</summary>
    public static TortureKind Halving { get; } = new(
        "halving", 120, "{train: {data: points.csv, label: side, epochs: 320}}",
        "{learning_rate: {log: [1e-3, 1]}, hidden_units: {int: [2, 24]}, batch_size: {power_of_two: [8, 64]}}",
        "schedule: {asha: {min_epochs: 20, factor: 4}}");

    /// <summary>Many trials of one job of the built-in trainer.</summary>
    public static TortureKind Coarse { get; } = new(
        "coarse", 300, "{train: {data: points.csv, label: side, epochs: 12}}",
        "{learning_rate: {log: [1e-3, 1]}, hidden_units: {int: [2, 24]}}", "");

    /// <summary>Trials that a program of the user's answers faster than the disk flushes, so that groups are large and the index is fed
    /// beside them.</summary>
    public static TortureKind Worker { get; } = new(
        "worker", 2_000, "{command: [python3, worker.py], protocol: worker}",
        "{learning_rate: {log: [1e-3, 1]}, l2: {log: [1e-6, 1]}}", "");

    /// <summary>Trials of several networks each, of which an ensemble is made at the end.</summary>
    public static TortureKind Folds { get; } = new(
        "folds", 60, "{train: {data: points.csv, label: side, epochs: 20, folds: 3, ensemble: 5}}", Few, "");

    /// <summary>Brackets of rungs.</summary>
    public static TortureKind Hyperband { get; } = new(
        "hyperband", 80, "{train: {data: points.csv, label: side, epochs: 81}}", Few, "schedule: {hyperband: {min_epochs: 3, factor: 3}}");

    /// <summary>Trials that pause, and go on as a model decides.</summary>
    public static TortureKind Thawed { get; } = new(
        "thawed", 60, "{train: {data: points.csv, label: side, epochs: 81}}", Few, "schedule: {freeze_thaw: {min_epochs: 3, guard: 1}}");

    /// <summary>Trials that stop below the median, and leaders that run again.</summary>
    public static TortureKind Confirmed { get; } = new(
        "confirmed", 60, "{train: {data: points.csv, label: side, epochs: 60}}", Few,
        "schedule: median\nconfirm: {top: 3, repeats: 3}");

    /// <summary>A process for each job, which goes on from its checkpoint.</summary>
    public static TortureKind Once { get; } = new(
        "once", 12, "{command: [python3, once.py, \"{learning_rate}\"], epochs: 9}", "{learning_rate: {log: [1e-3, 1]}}",
        "schedule: {asha: {min_epochs: 1, factor: 3}}");

    /// <summary>Networks that go on from the checkpoints of others.</summary>
    public static TortureKind Population { get; } = new(
        "population", 60, "{train: {data: points.csv, label: side, epochs: 60}}",
        "{learning_rate: {log: [1e-3, 1]}, hidden_units: {int: [2, 24]}, batch_size: {power_of_two: [8, 64]}}",
        "schedule: {pbt: {population: 12, step_epochs: 6}}");

    /// <summary>A process for each job, which goes on from its checkpoint or that of another trial: what it measures depends on all that
    /// its network was trained with.</summary>
    public static TortureKind Copied { get; } = new(
        "copied", 16, "{command: [python3, once.py, \"{learning_rate}\"], epochs: 9}", "{learning_rate: {log: [1e-3, 1]}}",
        "schedule: {pbt: {population: 6, step_epochs: 2}}");

    /// <summary>A model of the space that has conditions and a constraint.</summary>
    public static TortureKind Conditional { get; } = new(
        "conditional", 60, "{train: {data: points.csv, label: side, epochs: 40}}",
        "{learning_rate: {log: [1e-3, 1]}, hidden_units: {int: [2, 24]}, optimizer: {choice: [momentum, adam]}, "
            + "momentum: {one_minus_log: [0.8, 0.99], when: {optimizer: momentum}}}",
        "constraints: [\"learning_rate * hidden_units < 8\"]")
    { Sampler = "gp" };

    /// <summary>Two goals, of which the search looks for the front.</summary>
    public static TortureKind Front { get; } = new(
        "front", 200, "{train: {data: points.csv, label: side, epochs: 12}}", Few, "")
    { Minimize = "[dev_cost, parameters]" };

    /// <summary>Trials that fail while a file called <c>broken</c> lies beside the search.</summary>
    public static TortureKind Broken { get; } = Once with
    {
        Name = "broken",
        Rest = Once.Rest + "\nlimits: {retries: 0, stop_after_failures: 0}",
    };

    /// <summary>All kinds of <see cref="KillTests"/>.</summary>
    public static IReadOnlyList<TortureKind> All { get; } =
        [Halving, Coarse, Worker, Folds, Hyperband, Thawed, Confirmed, Once, Population, Copied, Conditional, Front];

    /// <summary>The search file.</summary>
    public string Search =>
        $$"""
        name: torture
        objective: {{Objective}}
        minimize: {{Minimize}}
        space: {{Space}}
        method: {sampler: {{Sampler}}, trials: {{Trials}}, seed: 5, workers: 2, slots: 4}
        {{Rest}}
        """;

    /// <summary>The program of <see cref="Worker"/>.</summary>
    public const string WorkerProgram =
        """
        import json, math, sys
        for line in sys.stdin:
            job = json.loads(line)
            rate, l2 = job["params"]["learning_rate"], job["params"]["l2"]
            cost = (math.log10(rate) + 1.7) ** 2 + 0.1 * math.sin(9 * math.log10(l2))
            print(json.dumps({"trial": job["trial"], "epoch": 1, "dev_cost": cost}))
            print(json.dumps({"trial": job["trial"], "done": True}), flush=True)
        """;

    /// <summary>The program of <see cref="Once"/>.</summary>
    public const string OnceProgram =
        """
        import json, math, os, sys
        rate = float(sys.argv[1])
        if rate > 0.05 and os.path.exists("broken"):
            sys.exit(3)
        kept = os.path.join(os.environ["HYPERSEARCH_CHECKPOINT_DIR"], "epoch")
        done, weight = json.load(open(kept)) if os.path.exists(kept) else (0, 0)
        for epoch in range(done + 1, int(os.environ["HYPERSEARCH_EPOCHS"]) + 1):
            weight = 0.9 * weight + 0.1 * (math.log10(rate) + 1.7) ** 2
            value = weight + 1 / epoch + 0.1 * math.sin(9 * math.log10(rate) * epoch)
            print(json.dumps({"epoch": epoch, "dev_cost": value}), flush=True)
            with open(kept + ".new", "w") as file:
                json.dump([epoch, weight], file)
            os.replace(kept + ".new", kept)
        """;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
