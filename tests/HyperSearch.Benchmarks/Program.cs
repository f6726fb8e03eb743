using HyperSearch.Benchmarks.Quality;
using HyperSearch.Benchmarks.Scale;

return args switch
{
    ["quality", .. var rest] => QualityCommand.Run(rest),
    ["scale", .. var rest] => ScaleCommand.Run(rest),
    _ => 2,
};
