using System.CommandLine;
using System.Globalization;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Training;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Diagnostics;

namespace HyperSearch.Cli.Commands;

/// <summary><c>gradcheck</c>: compares the gradients of the network that a search would train with finite differences.</summary>
internal sealed class GradcheckVerb : Verb
{
    private readonly Argument<string> _search = new("SEARCH.yaml") { Description = "A search file, such as searches/digits.yaml." };
    private readonly Option<bool> _json = new("--json") { Description = "Write one JSON document to stdout." };

    /// <summary>Makes the verb.</summary>
    public GradcheckVerb(Shell shell)
        : base("gradcheck", "Check the gradients of the network that a search would train first.", shell, "gradcheck searches/digits.yaml")
    {
        Add(_search);
        Add(_json);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        var path = parse.GetRequiredValue(_search);
        var search = SearchFile.Read(path);
        if (search.Objective is not TrainingDefinition training)
            throw CommandException.Usage($"{path} tunes a command; gradients can be checked where the built-in trainer is the " +
                $"objective (objective: {{train: …}}).");
        var point = SamplePoints.Of(search, 1).Points[0];
        using var data = DatasetLoader.Load(training.Data, search.Seed);
        var findings = GradientCheck.Run(data,
            TrainerOptions.From(point.ToDictionary(pair => pair.Key, pair => pair.Value.Boxed, StringComparer.Ordinal)), search.Seed);
        if (parse.GetValue(_json))
        {
            Documents.Write(Terminal, json =>
            {
                json.WriteStartObject();
                json.WritePoint("params", point);
                json.WriteObjects("groups", findings, static (writer, finding) =>
                {
                    writer.WriteString("group", finding.Group);
                    writer.WriteNumber("parameters", finding.Parameters);
                    writer.WriteNumber("checked", finding.Checked);
                    writer.WriteNumber("relative_difference", (double?)finding.RelativeDifference);
                    writer.WriteString("verdict", Documents.Name(finding.Agreement));
                });
                json.WriteEndObject();
            });
        }
        else
        {
            Terminal.Line($"Trial 0: {point}");
            Terminal.Line();
            var table = new TextTable().Column("parameters", right: false).Column("number").Column("checked").Column("relative difference")
                .Column("verdict", right: false);
            foreach (var finding in findings)
            {
                table.Row(
                    [
                        finding.Group, finding.Parameters.ToString(CultureInfo.InvariantCulture),
                        finding.Checked.ToString(CultureInfo.InvariantCulture),
                        finding.RelativeDifference.ToString("0.0e+00", CultureInfo.InvariantCulture),
                        Documents.Name(finding.Agreement).Replace('_', ' '),
                    ],
                    finding.Agreement == GradientAgreement.Worry ? "red" : "");
            }

            Terminal.Table(table);
            Terminal.Remark("To 1e-7 great; above, look again: near a kink of relu a difference is not an error; above " +
                "1e-3 the gradient is wrong.");
        }

        return Task.FromResult(findings.Any(finding => finding.Agreement == GradientAgreement.Worry) ? ExitCode.Failed : ExitCode.Done);
    }
}
