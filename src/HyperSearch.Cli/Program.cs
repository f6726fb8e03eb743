using System.Runtime.CompilerServices;
using HyperSearch.Cli;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;

// Nothing but this file and these two is loaded before they have looked: each library that is loaded takes two open files.
if (OpenFiles.Refuse())
    return ExitCode.Failed;
Signals.Listen(args);
// The program is published as one that generates no code at run time, which saves its verbs time; the cluster's library has to.
if (args is ["worker", ..] || args.Any(argument => argument.StartsWith("--listen", StringComparison.Ordinal)))
    AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", true);
return Start(args);

[MethodImpl(MethodImplOptions.NoInlining)]
static int Start(string[] args) => CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System).GetAwaiter().GetResult();
