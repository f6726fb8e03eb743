using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Planning;
using HyperSearch.Training.Models;

namespace HyperSearch.Cli.Commands;

/// <summary><c>predict</c>: labels new rows with the winner's network.</summary>
internal sealed class PredictVerb : ReadingVerb
{
    private readonly Argument<string> _data = new("DATA")
    {
        Description = "Rows as a search file reads them: a CSV or Parquet file with the columns that the network learned from, an IDX "
            + "or NPY file, or a folder of pictures.",
    };

    private readonly Option<string?> _labels = new("--labels")
    {
        HelpName = "FILE",
        Description = "The labels of an IDX or NPY file of "
        + "examples, to compare with."
    };
    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Refuse categories and classes that the network never saw, "
        + "instead of warning."
    };

    private readonly Option<bool> _raw = new("--raw")
    {
        Description = "Write classes as they are, although a spreadsheet would run what begins with =, +, - or @, and a terminal "
        + "obey control characters."
    };

    /// <summary>Makes the verb.</summary>
    public PredictVerb(Shell shell)
        : base("predict", "Label new rows with the winner's network.", shell, "predict digits new-digits.csv > labels.csv", "predict "
        + "mnist t10k-images.gz --labels t10k-labels.gz", "predict digits new-digits.csv --json")
    {
        Add(_data);
        Add(_labels);
        Add(_strict);
        Add(_raw);
    }

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var model = BestVerb.ModelOf(campaign);
        var report = Predictor.Label(model, parse.GetRequiredValue(_data), parse.GetValue(_strict), parse.GetValue(_labels));
        if (asJson)
            Documents.Write(Terminal, json =>
            {
                json.WriteStartArray();
                foreach (var prediction in report.Predictions)
                {
                    json.WriteStartObject();
                    json.WriteNumber("row", prediction.Row);
                    if (prediction.File is { } file)
                        json.WriteString("file", file);
                    json.WriteString("prediction", prediction.Answer);
                    json.WriteString("actual", prediction.Actual);
                    json.WriteBoolean("learned_from", prediction.IsLearned);
                    json.WriteMetrics("probabilities", model.Schema.Classes.Zip(prediction.Values, KeyValuePair.Create));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        else
            WriteTable(model, report, parse.GetValue(_raw));
        foreach (var warning in report.Warnings)
            Terminal.Warning(warning);
        if (report.LearnedRows > 0)
        {
            Terminal.Warning($"{Figures.Count(report.LearnedRows, "row")} of {report.Predictions.Count} "
                + $"{(report.LearnedRows == 1 ? "is" : "are")} the same as rows that the network "
                + "learned from; how well it does on them says nothing about new rows.");
        }

        if (report.Confusion is { } confusion)
            Terminal.Note($"{Figures.Count(confusion.Rows, "row")} with a label: {Figures.Brief(confusion.Error * 100)} % are "
                + $"predicted wrongly.");
        if (report.Regression is { } scores)
            Terminal.Note($"{Figures.Count(scores.Rows, "row")} with a label: RMSE {Figures.Brief(scores.Rmse)}, R² "
                + $"{Figures.Brief(scores.R2)}.");
        return ExitCode.Done;
    }

    /// <summary>A CSV table: the answer, and for classes the probability of each.</summary>
    private void WriteTable(Model model, PredictionReport report, bool raw)
    {
        if (!raw && model.Schema.Classes.FirstOrDefault(Csv.IsFormula) is { } formula)
        {
            Terminal.Warning($"The class \"{formula}\" is written with an apostrophe before it, because a spreadsheet would run it as a "
                + "formula; --raw writes it as it is.");
        }

        var ofPictures = report.Predictions[0].File is not null;
        Csv.WriteRow(Terminal.Out, ["row", .. ofPictures ? ["file"] : Array.Empty<string>(), "prediction",
            .. model.Schema.Classes.Select(name => "probability_" + name)], raw);
        foreach (var prediction in report.Predictions)
        {
            var probabilities = model.Schema.Classes.Count == 0 ? [] : prediction.Values.Select(value => value.ToString("0.######",
                CultureInfo.InvariantCulture));
            Csv.WriteRow(Terminal.Out, [prediction.Row.ToString(CultureInfo.InvariantCulture), .. ofPictures ? [prediction.File!]
                : Array.Empty<string>(), prediction.Answer, .. probabilities], raw);
        }
    }
}
