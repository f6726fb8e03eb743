using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Reading;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Models;

/// <summary>Labels the rows of a CSV file with a model. Columns are matched by name, in any order; others are left alone.</summary>
public static class Predictor
{
    /// <summary>Labels every row; a label column, if there is one, is only compared with.</summary>
    /// <param name="model">What answers.</param>
    /// <param name="path">A CSV file with a header and the columns that the model learned from.</param>
    /// <exception cref="DataException">The file is missing or malformed, a column is missing, or a cell is none that the model knows.</exception>
    public static PredictionReport Label(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        var file = new DataFile(null, path);
        return file.Read(stream =>
        {
            using var table = new CsvTable(stream, file.Name);
            return Label(model, table, file.Name);
        });
    }

    private static PredictionReport Label(Model model, CsvTable table, string file)
    {
        var schema = model.Schema;
        var label = table.Header.ToList().IndexOf(schema.Label);
        InputCells[] columns = [.. schema.Columns.Select(column => new InputCells(column, table.Find(column.Name, "that the model learned from")))];
        float[] cells = new float[columns.Length], inputs = new float[schema.FeatureNames.Count];
        var predictions = new List<Prediction>();
        while (table.Read())
        {
            for (var i = 0; i < columns.Length; i++)
                cells[i] = columns[i].Read(table);
            RowEncoder.Encode(schema.Columns, cells, inputs);
            var values = model.Predict(inputs);
            var actual = label < 0 || ColumnCells.IsMissing(table[label]) ? null : Actual(schema, table, label);
            predictions.Add(new Prediction(table.Row, Answer(schema, values), values, actual));
        }
        return predictions.Count > 0
            ? Report(schema, predictions)
            : throw new DataException($"{file}: there is a header but no row below it.");
    }

    private static string Answer(DataSchema schema, double[] values) => schema.Task == LearningTask.Regression
        ? values[0].ToString("R", CultureInfo.InvariantCulture)
        : schema.Classes[Enumerable.Range(0, values.Length).MaxBy(c => values[c])];

    /// <summary>A label as the schema writes it: numbers in their shortest form.</summary>
    private static string Actual(DataSchema schema, CsvTable table, int label)
    {
        var text = table.Text(label);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !schema.Classes.Contains(text))
            text = number.ToString("R", CultureInfo.InvariantCulture);
        if (schema.Task == LearningTask.Regression ? double.IsFinite(number) && number.ToString("R", CultureInfo.InvariantCulture) == text : schema.Classes.Contains(text))
            return text;
        throw new DataException(schema.Task == LearningTask.Regression
            ? $"{table.Place(label)} holds \"{text}\"; the label is a number. Correct the cell, or empty it where the label is not known."
            : $"{table.Place(label)} holds \"{text}\", which is none of the classes that the model knows: {Nearest.List(schema.Classes)}. Empty the cell where the label is not known.");
    }

    private static PredictionReport Report(DataSchema schema, List<Prediction> predictions)
    {
        var known = predictions.Where(static p => p.Actual is not null).ToArray();
        if (known.Length == 0)
            return new PredictionReport(predictions, null, null);
        if (schema.Task == LearningTask.Regression)
        {
            double[] actual = [.. known.Select(static p => double.Parse(p.Actual!, CultureInfo.InvariantCulture))];
            return new PredictionReport(predictions, null, RegressionScores.Of(actual, [.. known.Select(static p => p.Values[0])]));
        }
        var number = schema.Classes.Select(static (name, i) => (name, i)).ToDictionary(static pair => pair.name, static pair => pair.i, StringComparer.Ordinal);
        var matrix = new ConfusionMatrix(schema.Classes, [.. known.Select(p => number[p.Actual!])], [.. known.Select(p => number[p.Answer])]);
        return new PredictionReport(predictions, matrix, null);
    }
}
