using HyperSearch.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System);
