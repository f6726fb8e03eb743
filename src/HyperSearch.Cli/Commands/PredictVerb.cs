using System.CommandLine;
using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Training.Models;

namespace HyperSearch.Cli;

/// <summary><c>predict</c>: labels new rows with the winner's network.</summary>
internal sealed class PredictVerb : ReadingVerb
{
    private readonly Argument<string> _data = new("DATA.csv") { Description = "A CSV file with a header and the columns that the network learned from." };

    /// <summary>Makes the verb.</summary>
    public PredictVerb(Shell shell)
        : base("predict", "Label the rows of a CSV file with the winner's network.", shell, "predict digits new-digits.csv > labels.csv", "predict digits new-digits.csv --json") => Add(_data);

    /// <inheritdoc/>
    protected override int Tell(CampaignSnapshot campaign, bool asJson, ParseResult parse)
    {
        var model = BestVerb.ModelOf(campaign);
        var report = Predictor.Label(model, parse.GetRequiredValue(_data));
        if (asJson)
            Documents.Write(Terminal, json =>
            {
                json.WriteStartArray();
                foreach (var prediction in report.Predictions)
                {
                    json.WriteStartObject();
                    json.WriteNumber("row", prediction.Row);
                    json.WriteString("prediction", prediction.Answer);
                    json.WriteString("actual", prediction.Actual);
                    json.WriteMetrics("probabilities", model.Schema.Classes.Zip(prediction.Values, KeyValuePair.Create));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            });
        else
            WriteTable(model, report);
        if (report.Confusion is { } confusion)
            Terminal.Note($"{Figures.Count(confusion.Rows, "row")} with a label: {Figures.Brief(confusion.Error * 100)} % are predicted wrongly.");
        if (report.Regression is { } scores)
            Terminal.Note($"{Figures.Count(scores.Rows, "row")} with a label: RMSE {Figures.Brief(scores.Rmse)}, R² {Figures.Brief(scores.R2)}.");
        return ExitCode.Done;
    }

    /// <summary>A CSV table: the answer, and for classes the probability of each.</summary>
    private void WriteTable(Model model, PredictionReport report)
    {
        Csv.WriteRow(Terminal.Out, ["row", "prediction", .. model.Schema.Classes.Select(name => "probability_" + name)]);
        foreach (var prediction in report.Predictions)
        {
            var probabilities = model.Schema.Classes.Count == 0 ? [] : prediction.Values.Select(value => value.ToString("0.######", CultureInfo.InvariantCulture));
            Csv.WriteRow(Terminal.Out, [prediction.Row.ToString(CultureInfo.InvariantCulture), prediction.Answer, .. probabilities]);
        }
    }
}
