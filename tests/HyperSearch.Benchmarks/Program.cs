using HyperSearch.Benchmarks.Ablation;
using HyperSearch.Benchmarks.Cluster;
using HyperSearch.Benchmarks.Commands;
using HyperSearch.Benchmarks.Confirming;
using HyperSearch.Benchmarks.Coverage;
using HyperSearch.Benchmarks.Curves;
using HyperSearch.Benchmarks.Decide;
using HyperSearch.Benchmarks.Fronts;
using HyperSearch.Benchmarks.Page;
using HyperSearch.Benchmarks.Priors;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Benchmarks.Scale;
using HyperSearch.Benchmarks.Speed;
using HyperSearch.Benchmarks.Trust;
using HyperSearch.Benchmarks.Workers;

return args switch
{
    ["ablation", .. var rest] => AblationCommand.Run(rest),
    ["cluster", .. var rest] => ClusterBenchmark.Run(rest),
    ["cluster-checkpoint", .. var rest] => CheckpointBenchmark.Run(rest),
    ["cluster-checkpoint-worker", .. var rest] => CheckpointBenchmark.Work(rest),
    ["cluster-worker", .. var rest] => ClusterBenchmark.Work(rest),
    ["commands", .. var rest] => CommandBenchmark.Run(rest),
    ["confirm", .. var rest] => ConfirmCommand.Run(rest),
    ["coverage", .. var rest] => CoverageCommand.Run(rest),
    ["curves", .. var rest] => CurvesCommand.Run(rest),
    ["fronts", .. var rest] => FrontsCommand.Run(rest),
    ["page", .. var rest] => PageBenchmark.Run(rest),
    ["prior", .. var rest] => PriorCommand.Run(rest),
    ["quality", .. var rest] => QualityCommand.Run(rest),
    ["decide", .. var rest] => DecideCommand.Run(rest),
    ["scale", .. var rest] => ScaleCommand.Run(rest),
    ["speed", .. var rest] => SpeedBenchmark.Run(rest),
    ["transfer", .. var rest] => TransferCommand.Run(rest),
    ["trust", .. var rest] => TrustCommand.Run(rest),
    ["workers", .. var rest] => WorkersCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "Which benchmark? ablation, cluster, cluster-checkpoint, commands, confirm, coverage, curves, decide, fronts, page, prior, "
        + "quality, scale, speed, transfer, trust or workers.");
    return 2;
}
