using HyperSearch.Benchmarks.Quality;

return args switch
{
    ["quality", .. var rest] => QualityCommand.Run(rest),
    _ => 2,
};
