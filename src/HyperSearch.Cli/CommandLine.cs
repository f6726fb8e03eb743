using System.CommandLine;
using System.CommandLine.Help;
using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli;

/// <summary>The <c>hypersearch</c> command: parses, runs a verb, and turns what goes wrong into sentences and exit codes.</summary>
internal static class CommandLine
{
    private const string Description =
        "Tunes hyperparameters: samples at random on the right scale, zooms from coarse to fine around what works, keeps " +
        "every outcome, and explains it.";

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, TimeProvider time)
    {
        var root = Create(terminal, time);
        var parse = root.Parse(arguments);
        try
        {
            if (UsageErrors.Of(parse) is { Count: > 0 } errors)
                throw CommandException.Usage(string.Join('\n', errors));
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Notes
            };
            var code = await parse.InvokeAsync(configuration);
            terminal.Flush();
            return code;
        }
#pragma warning disable CA1031 // The one place where an unexpected exception becomes a sentence and an exit code.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Failures.Tell(failure, terminal, arguments.Contains("--verbose"));
        }
    }

    /// <summary>The command with all its verbs.</summary>
    internal static RootCommand Create(Terminal terminal, TimeProvider time)
    {
        var results = new Option<string>("--results")
        {
            HelpName = "DIR",
            Description = "The folder of campaigns. Default: results in the current folder.",
            Recursive = true,
        };
        var verbose = new Option<bool>("--verbose") { Description = "Say more of what happens; show stack traces.", Recursive = true };
        var shell = new Shell(terminal, time, results, verbose);
        var root = new RootCommand(Description) { results, verbose };
        Verb[] verbs =
        [
            new RunVerb(shell), new ResumeVerb(shell), new CheckVerb(shell), new NewVerb(shell), new WorkerVerb(shell),
            new ClusterVerb(shell), new StopVerb(shell), new PauseVerb(shell), new EnqueueVerb(shell), new ListVerb(shell),
            new StatusVerb(shell),
            new RankVerb(shell), new ShowVerb(shell), new LogsVerb(shell),
            new BestVerb(shell), new PredictVerb(shell), new PlotVerb(shell), new ExplainVerb(shell), new DiagnoseVerb(shell),
            new ImportanceVerb(shell), new CompareVerb(shell), new ReportVerb(shell), new ServeVerb(shell),
            new ExportVerb(shell), new DoctorVerb(shell), new GradcheckVerb(shell), new CompletionVerb(shell), new CompleteVerb(shell),
        ];
        foreach (var verb in verbs)
            root.Add(verb);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
