namespace HyperSearch.Cli.Tests.Durability;

/// <summary>A campaign to be killed: each kind has moments that the others do not have.</summary>
public sealed record TortureKind(string Name, int Trials, string Objective, string Space, string Rest)
{
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

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<TortureKind> All { get; } = [Halving, Coarse, Worker];

    /// <summary>The search file.</summary>
    public string Search =>
        $$"""
        name: torture
        objective: {{Objective}}
        minimize: dev_cost
        space: {{Space}}
        method: {sampler: coarse_to_fine, trials: {{Trials}}, seed: 5, workers: 2, slots: 4}
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

    /// <inheritdoc/>
    public override string ToString() => Name;
}
