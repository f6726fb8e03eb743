using System.CommandLine;
using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Output;
using HyperSearch.Tests.Conventions;

namespace HyperSearch.Cli.Tests;

public sealed class VerbPageTests
{
    [Fact]
    public void Verbs_HasEveryVerbWithItsOptionsAndExamples()
    {
        var root = CommandLine.Create(Terminal.Piped(TextWriter.Null, TextWriter.Null), TimeProvider.System);
        ReferencePage.AssertHolds("verbs.md", new Dictionary<string, string>
        {
            ["everywhere"] = Options(root),
            ["verbs"] = string.Join("\n\n", root.Subcommands.OfType<Verb>().Where(verb => !verb.Hidden).Select(Text)),
        });
    }

    [Fact]
    public void EveryVerb_IsListed() => Assert.Equal(
        typeof(Verb).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Verb)) && !type.IsAbstract)
            .Select(type => type.Name).Order(),
        CommandLine.Create(Terminal.Piped(TextWriter.Null, TextWriter.Null), TimeProvider.System).Subcommands
            .Select(verb => verb.GetType().Name).Order());

    private static string Text(Verb verb)
    {
        var usage = string.Join(' ', [verb.Name, .. verb.Arguments.Select(Usage)]);
        var options = verb.Options.Any(option => !option.Hidden) ? $"\n\n{Options(verb)}" : "";
        var examples = string.Join('\n', verb.Examples.Select(line => $"hypersearch {line}"));
        return $"### {usage}\n{verb.Description}{options}\n\n```\n{examples}\n```";
    }

    private static string Usage(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        name = argument.Arity.MaximumNumberOfValues > 1 ? $"{name} …" : name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Options(Command command) => ReferencePage.Table(["option", "meaning"], command.Options
        .Where(option => !option.Hidden)
        .Select(option => new[]
        {
            option.HelpName is { } value ? $"`{option.Name} {value}`" : $"`{option.Name}`", option.Description ?? "",
        }));
}
