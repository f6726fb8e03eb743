using HyperSearch.Benchmarks.Quality;
using HyperSearch.Benchmarks.Scale;
using HyperSearch.Benchmarks.Speed;

return args switch
{
    ["quality", .. var rest] => QualityCommand.Run(rest),
    ["scale", .. var rest] => ScaleCommand.Run(rest),
    ["speed", .. var rest] => SpeedBenchmark.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Which benchmark? quality, scale or speed.");
    return 2;
}
