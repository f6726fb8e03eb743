using System.CommandLine;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Numerics;

namespace HyperSearch.Cli.Commands;

/// <summary><c>completion</c>: prints the script that makes a shell complete command lines.</summary>
internal sealed class CompletionVerb : Verb
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    private readonly Argument<string> _shell = new("SHELL") { Description = $"One of {string.Join(", ", Shells)}." };

    /// <summary>Makes the verb.</summary>
    public CompletionVerb(Shell shell)
        : base("completion", "Print the script that makes a shell complete verbs, options and campaigns.", shell, "completion bash",
            "completion fish > ~/.config/fish/completions/hypersearch.fish")
    {
        _shell.CompletionSources.Add(Shells);
        _shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Shells.Contains(token.Value))
                result.AddError($"SHELL is one of {string.Join(", ", Shells)}, not " +
                    $"\"{token.Value}\".{Nearest.Hint(token.Value, Shells)}");
        });
        Add(_shell);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        using var stream = typeof(CompletionVerb).Assembly.GetManifestResourceStream($"Completions.{parse.GetRequiredValue(_shell)}")!;
        using var reader = new StreamReader(stream);
        Terminal.Line(reader.ReadToEnd().TrimEnd());
        return Task.FromResult(ExitCode.Done);
    }
}
