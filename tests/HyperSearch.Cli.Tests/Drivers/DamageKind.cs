namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>A small campaign whose folder is damaged.</summary>
internal sealed record DamageKind(string Name, string Objective, int Trials, string Rest = "")
{
    /// <summary>The trials of the first of two sessions; 0 for a single session.</summary>
    public int First { get; init; }

    /// <summary>All kinds: each schedule, folds, repeats, a script, and a campaign that was extended.</summary>
    public static IReadOnlyList<DamageKind> All { get; } =
    [
        new("asha", Trainer(9), 14, "schedule: {asha: {min_epochs: 1, factor: 3}}"),
        new("hyperband", Trainer(9), 14, "schedule: {hyperband: {min_epochs: 1, factor: 3}}"),
        new("thawed", Trainer(9), 14, "schedule: {freeze_thaw: {min_epochs: 1, guard: 1}}"),
        new("halving", Trainer(9), 12, "schedule: {successive_halving: {min_epochs: 1, factor: 3}}"),
        new("median", Trainer(6), 12, "schedule: median"),
        new("folds", "{train: {data: points.csv, label: side, epochs: 3, folds: 3}}", 8),
        new("confirmed", Trainer(3), 8, "confirm: {top: 2, repeats: 2}"),
        new("script", "{command: [python3, worker.py], protocol: worker, epochs: 9}", 12, "schedule: {asha: {min_epochs: 1, factor: 3}}"),
        new("extended", Trainer(9), 14, "schedule: {asha: {min_epochs: 1, factor: 3}}") { First = 8 },
    ];

    /// <summary>A program whose answers depend on the configuration and the epoch alone.</summary>
    public const string Program =
        """
        import json, math, sys
        for line in sys.stdin:
            job = json.loads(line)
            rate = job["params"]["learning_rate"]
            for epoch in range(1, job["epochs"] + 1):
                value = (math.log10(rate) + 1.7) ** 2 + 1 / epoch + 0.1 * math.sin(9 * math.log10(rate) * epoch)
                print(json.dumps({"trial": job["trial"], "epoch": epoch, "dev_cost": value}))
            print(json.dumps({"trial": job["trial"], "done": True}), flush=True)
        """;

    /// <summary>The search file.</summary>
    public string Search =>
        $$"""
        name: {{Name}}
        objective: {{Objective}}
        minimize: dev_cost
        space: {learning_rate: {log: [1e-3, 1]}{{(Name == "script" ? "" : ", hidden_units: {int: [2, 8]}")}}}
        method: {sampler: coarse_to_fine, trials: {{(First > 0 ? First : Trials)}}, seed: 5, workers: 2, slots: 3}
        {{Rest}}
        """;

    private static string Trainer(int epochs) => $"{{train: {{data: points.csv, label: side, epochs: {epochs}}}}}";
}
