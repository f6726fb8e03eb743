using HyperSearch.Cli;
using HyperSearch.Cli.Output;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System);
