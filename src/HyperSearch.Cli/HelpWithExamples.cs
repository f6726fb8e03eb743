using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli;

/// <summary>The usual help, followed by a verb's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        configuration.Output = text;
        var code = usual.Invoke(parseResult);
        configuration.Output = output;

        // The usual help names the file that was started; people type the command.
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName}", "  hypersearch", StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is Verb verb)
            WriteMore(output, verb);
        return code;
    }

    private static void WriteMore(TextWriter output, Verb verb)
    {
        var columns = Console.IsOutputRedirected ? int.MaxValue : Math.Max(Console.WindowWidth, 40);
        var words = verb.Words.ToList();
        if (words.Count > 0)
        {
            var width = words.Max(word => word.Word.Length);
            output.WriteLine("Kinds:");
            foreach (var (word, meaning) in words)
                output.WriteLine(Terminal.Hung($"  {word.PadRight(width)}  {meaning}", columns, width + 4));
            output.WriteLine();
        }

        output.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in verb.Examples)
            output.WriteLine(Terminal.Hung($"  hypersearch {example}", columns, 6));
        output.WriteLine();
        if (verb.Remark is { } remark)
            output.WriteLine(remark + "\n");
    }
}
