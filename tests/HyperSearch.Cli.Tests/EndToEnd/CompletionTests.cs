using System.Diagnostics;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>The scripts in real shells: what pressing Tab would offer.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Workplace _place = new();

    public CompletionTests()
    {
        foreach (var name in new[] { "results/digits", "results/diabetes" })
        {
            Directory.CreateDirectory(_place.PathOf(name));
            _place.Write(Path.Combine(name, "journal"), "");
        }
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Bash_CompletesVerbsOptionsCampaignsAndKinds()
    {
        Assert.SkipUnless(Programs.Exist("bash"), "bash is not installed");
        var lines = new (string[] Words, string Expected)[]
        {
            (["ra"], "rank"),
            (["com"], "compare completion"),
            (["rank", ""], "diabetes digits"),
            (["rank", "dig"], "digits"),
            (["rank", "digits", "--t"], "--top"),
            (["run", "x.yaml", "--from", "di"], "diabetes digits"),
            (["new", "x", "--template", "im"], "images"),
            (["export", "digits", "--format", ""], "csv jsonl parquet"),
            (["completion", "b"], "bash"),
            (["plot", "digits", "--kind", "hi"], "history"),
            (["plot", "digits", "--kind", "history,sl"], "history,slices"),
            (["run", ""], ""), // so that bash offers files
        };
        var script = $$"""
            hypersearch() { dotnet "{{Workplace.Program}}" "$@"; }
            eval "$(hypersearch completion bash)"
            try() { COMP_WORDS=(hypersearch "$@"); COMP_CWORD=$#; _hypersearch; echo "${COMPREPLY[*]}"; }
            complete -p hypersearch > /dev/null || exit 1
            {{string.Join('\n', lines.Select(line => $"try {string.Join(' ', line.Words.Select(word => $"'{word}'"))}"))}}
            """;
        Assert.Equal(lines.Select(line => line.Expected), Run("bash", "-c", script));
    }

    [Fact]
    public void Zsh_CompletesCampaigns()
    {
        Assert.SkipUnless(Programs.Exist("zsh"), "zsh is not installed");
        Assert.Equal(["diabetes", "digits"], Run("zsh", "--no-rcs", "-c", $$"""
            hypersearch() { dotnet "{{Workplace.Program}}" "$@"; }
            compdef() { [[ $* == '_hypersearch hypersearch' ]] || exit 1; }
            compadd() { [[ $1 == -a ]] && print -l -- ${(P)2}; }
            eval "$(hypersearch completion zsh)"
            words=(hypersearch rank di); CURRENT=3
            _hypersearch
            """));
    }

    [Fact]
    public void Fish_CompletesCampaigns()
    {
        Assert.SkipUnless(Programs.Exist("fish"), "fish is not installed");
        Assert.Equal(["diabetes", "digits"], Run("fish", "--no-config", "-c", $"""
            function hypersearch; dotnet "{Workplace.Program}" $argv; end
            hypersearch completion fish | source
            complete -C 'hypersearch rank di'
            """));
    }

    private string[] Run(string program, params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _place.Folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output[..^1].Split('\n');
    }
}
