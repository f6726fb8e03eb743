using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Data.Reading;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Models;

/// <summary>Labels new rows with a model, from whatever kind of file it can be trained on.</summary>
public static class Predictor
{
    /// <summary>Labels every row; a label, where there is one, is only compared with.</summary>
    /// <param name="model">The model that answers.</param>
    /// <param name="path">
    /// A CSV file with the columns that the model learned from, in any order and among others; an IDX or NPY file of examples, in which a
    /// label may be the last column;
    /// or a folder of pictures, whose folders are classes. Files may be .gz.
    /// </param>
    /// <param name="isStrict">Whether a category or class that the model never saw is a mistake. Default false: it is a warning.</param>
    /// <param name="labels">Labels of the examples in an IDX or NPY file, as a file of their own. Default: none.</param>
    /// <exception cref="DataException">The file is missing or malformed, a column is missing, or a cell is none that the model
    /// knows.</exception>
    public static PredictionReport Label(Model model, string path, bool isStrict = false, string? labels = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        var file = new DataFile(null, path);
        if (labels is not null && (file.IsFolder || !file.IsArray()))
            throw new DataException($"{labels}: labels of their own go with an IDX or NPY file of examples; {file.Name} is "
                + $"{(file.IsFolder ? "a folder of pictures, whose folders are the classes" : "a table with a column for the label")}.");
        var answers = new Answers(model, isStrict);
        if (file.IsFolder)
            answers.AddPictures(file);
        else if (file.IsArray())
            answers.AddArray(file, labels is null ? null : new DataFile(null, labels));
        else
            answers.AddTable(file);
        return answers.Report();
    }

    /// <summary>The answers of a model, collected row by row.</summary>
    private sealed class Answers(Model model, bool isStrict)
    {
        private readonly DataSchema _schema = model.Schema;
        private readonly DataProblems _problems = new();
        private readonly List<string> _warnings = [];
        private readonly List<Prediction> _predictions = [];
        private readonly FarInputs _far = new(model);
        private readonly SortedDictionary<string, int> _strange = new(StringComparer.Ordinal);

        public void AddTable(DataFile file)
        {
            var csv = new CsvFile(file, null, LacksHeader(file) ? false : null);
            csv.Read(_problems, table =>
            {
                var label = table.IndexOf(_schema.Label);
                var positions = _schema.Columns.Select(column => table.IndexOf(column.Name)).ToArray();
                if (csv.Form.Header == false && label >= 0 && table.Header.Count == _schema.Columns.Count)
                    // the label is left out, so the columns behind it move up
                    (label, positions) = (-1, [.. Enumerable.Range(0, table.Header.Count)]);
                string[] used = [_schema.Label, .. _schema.Columns.Select(static column => column.Name)];
                for (var i = 0; i < positions.Length; i++)
                {
                    if (positions[i] < 0)
                        _problems.Add(table.Missing(_schema.Columns[i].Name, "that the model learned from", used));
                }
                _problems.ThrowIfAny();
                AddRows(table, [.. _schema.Columns.Zip(positions, static (column, position) => new InputCells(column, position))], label);
                return _predictions.Count > 0 || !_problems.IsEmpty ? 0 : throw new DataException($"{file.Name}: there is a header but "
                    + $"no row below it.");
            });
            _problems.ThrowIfAny();
        }

        public void AddArray(DataFile file, DataFile? labelFile)
        {
            var (rows, own) = ArrayFiles.ReadNew(file, _schema.Columns);
            using (rows)
            {
                var labels = labelFile is null ? own : ArrayFiles.ReadLabels(labelFile);
                if (labels is not null && labels.Count != rows.Rows)
                    throw new DataException($"{labelFile!.Name} has {labels.Count} labels; {file.Name} has {rows.Rows} examples. Each "
                        + $"example needs one.");
                for (var row = 0; row < rows.Rows; row++)
                    Add(row + 1, rows.Row(row), labels is null ? null : Actual(labels.Text(row), $"{(labelFile ?? file).Name}: label "
                        + $"{row + 1}"));
            }
            _problems.ThrowIfAny();
        }

        public void AddPictures(DataFile folder)
        {
            var shape = _schema.Image ?? throw new DataException($"{folder.Name} is a folder; the model did not learn from pictures. "
                + $"Name a file.");
            var (rows, pictures) = PictureFolder.ReadNew(folder, shape);
            using (rows)
            {
                for (var row = 0; row < rows.Rows; row++)
                {
                    var name = pictures[row].Class;
                    Add(row + 1, rows.Row(row), name is null || !_schema.Classes.Contains(name) ? null : name, pictures[row].Name);
                }
            }
        }

        public PredictionReport Report()
        {
            var warnings = _warnings.Concat(_far.Warnings).Concat(_strange.Select(pair => $"The label \"{pair.Key}\" of "
                + $"{(pair.Value == 1 ? "1 row" : $"{pair.Value} rows")} is none of the classes that the model knows: "
                + $"{Nearest.List(_schema.Classes)}. Scores leave {(pair.Value == 1 ? "it" : "them")} out.")).ToList();
            var known = _predictions.Where(p => p.Actual is not null && (_schema.Task == LearningTask.Regression
                || _schema.Classes.Contains(p.Actual))).ToArray();
            if (known.Length == 0)
                return new PredictionReport(_predictions, null, null) { Warnings = warnings };
            if (_schema.Task == LearningTask.Regression)
            {
                double[] actual = [.. known.Select(static p => double.Parse(p.Actual!, CultureInfo.InvariantCulture))];
                return new PredictionReport(_predictions, null, RegressionScores.Of(actual, [.. known.Select(static p =>
                    p.Values[0])]))
                { Warnings = warnings };
            }
            var number = _schema.Classes.Select(static (name, i) => (name, i)).ToDictionary(static pair => pair.name, static pair =>
                pair.i, StringComparer.Ordinal);
            var matrix = new ConfusionMatrix(_schema.Classes, [.. known.Select(p => number[p.Actual!])], [.. known.Select(p =>
                number[p.Answer])]);
            return new PredictionReport(_predictions, matrix, null) { Warnings = warnings };
        }

        private void AddRows(CsvTable table, InputCells[] columns, int label)
        {
            float[] cells = new float[columns.Length], inputs = new float[_schema.FeatureNames.Count];
            while (table.Read())
            {
                for (var i = 0; i < columns.Length; i++)
                    cells[i] = columns[i].Read(table, isStrict, _problems);
                var actual = label < 0 || MissingWords.Contain(table[label]) ? null : Actual(table.Text(label), table.Place(label));
                if (!_problems.IsEmpty)
                    continue;
                RowEncoder.Encode(_schema.Columns, cells, inputs);
                Add(table.Row, inputs, actual);
            }
            _warnings.AddRange(columns.SelectMany(static column => column.Warnings));
        }

        private void Add(int row, ReadOnlySpan<float> inputs, string? actual, string? file = null)
        {
            var values = model.Predict(inputs);
            var isLearned = model.LearnedFrom(inputs);
            if (!isLearned)
                _far.See(inputs);
            _predictions.Add(new Prediction(row, Answer(values), values, actual) { IsLearned = isLearned, File = file });
        }

        /// <summary>Whether a file begins with numbers although the model's columns were numbered for want of a header.</summary>
        private bool LacksHeader(DataFile file)
        {
            if (!_schema.Columns.All(static column => column.Name is ['x', .. var digits] && digits.Length > 0
                && digits.All(char.IsAsciiDigit)))
                return false;
            var csv = new CsvFile(file, null, true);
            return csv.Read(new DataProblems(), table => !table.Names.Contains(_schema.Columns[0].Name));
        }

        private string Answer(double[] values) => _schema.Task == LearningTask.Regression
            ? values[0].ToString("R", CultureInfo.InvariantCulture)
            : _schema.Classes[Enumerable.Range(0, values.Length).MaxBy(c => values[c])];

        /// <summary>A label as the schema writes it: a class by its spelling, or by its number where only one class has it.</summary>
        private string? Actual(string text, string place)
        {
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                || DecimalComma.TryParse(text, out number);
            if (_schema.Task == LearningTask.Regression)
            {
                if (isNumber && double.IsFinite(number))
                    return number.ToString("R", CultureInfo.InvariantCulture);
                _problems.AddRow("label", () => $"{place} holds \"{text}\"; the label is a number. Correct the cell, or empty it where "
                    + $"the label is not known.");
                return null;
            }
            if (_schema.Classes.Contains(text))
                return text;
            var same = isNumber ? _schema.Classes.Where(name => double.TryParse(name, NumberStyles.Float,
                CultureInfo.InvariantCulture, out var own) && own.Equals(number)).ToArray() : [];
            if (same is [var one])
                return one;
            if (isStrict)
                _problems.AddRow($"class {text}", () => $"{place} holds \"{text}\", which is none of the classes that the model knows: "
                    + $"{Nearest.List(_schema.Classes)}. Empty the cell where the label is not known.");
            else
                _strange[text] = _strange.GetValueOrDefault(text) + 1;
            return text;
        }
    }
}
