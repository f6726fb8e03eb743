using System.CommandLine;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Cluster.Security;

namespace HyperSearch.Cli.Commands;

/// <summary><c>cluster secret</c>: makes what a campaign and its workers on other machines share.</summary>
internal sealed class ClusterVerb : Verb
{
    private readonly Argument<string> _what = new("secret") { Description = "The word secret: 32 new random bytes as one word." };

    private readonly Option<string?> _out = new("--out")
    {
        HelpName = "FILE",
        Description = "Write it to a new file that only you can read, instead of printing it.",
    };

    /// <summary>Makes the verb.</summary>
    public ClusterVerb(Shell shell)
        : base("cluster", "Make a secret that a campaign and its workers on other machines share.", shell, "cluster secret",
            "cluster secret --out cluster.secret")
    {
        _what.CompletionSources.Add("secret");
        _what.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value != "secret")
                result.AddError($"cluster makes a secret, and nothing else: hypersearch cluster secret, not \"{token.Value}\".");
        });
        Add(_what);
        Add(_out);
    }

    /// <inheritdoc/>
    public override string Remark =>
        """
        Host and workers read it from HYPERSEARCH_SECRET or by --secret-file. A host
        without one makes its own and prints it.
        """;

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        if (parse.GetValue(_out) is not { } file)
        {
            Terminal.Line(ClusterSecret.New().Reveal());
            return Task.FromResult(ExitCode.Done);
        }

        OutputFile.RequirePlace(file);
        if (File.Exists(file))
            throw CommandException.Usage($"{file} exists already, and workers may know the secret in it; name another file.");
        SecretFile.New(file);
        Terminal.Note($"Wrote a new secret to {file}, which only you can read. Host and workers take it by --secret-file {file}.");
        return Task.FromResult(ExitCode.Done);
    }
}
