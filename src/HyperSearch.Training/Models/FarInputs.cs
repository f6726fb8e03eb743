using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Models;

/// <summary>Numbers of new rows that lie far outside of what a model learned from, where its networks can only extrapolate.</summary>
/// <remarks>
/// A number is far when it lies more than max(30, √rows) standard deviations from the mean of the training rows of every network: among n
/// numbers none lies further than √(n − 1) of their own deviations from their mean (Samuelson, How Deviant Can You Be?, Journal of the
/// American Statistical Association 63, 1968), so that no training row was so far out. Rows that are the same count once, hence the 30.
/// Pictures and data that were not normalized have no such measure, and a column that was constant plays no part.
/// </remarks>
internal sealed class FarInputs
{
    private const double Least = 30;
    private const int MostColumns = 5;
    private readonly Model _model;
    private readonly double _limit;
    private readonly Normalization[] _measures;
    private readonly Found?[] _found;

    public FarInputs(Model model)
    {
        _model = model;
        _limit = Math.Max(Least, Math.Sqrt(model.Learned.Sorted.Length));
        _measures = model.Schema.Image is not null ? []
            : [.. model.Networks.Select(static network => network.Normalization).Where(static measure => !IsNone(measure))];
        _found = new Found?[model.Schema.FeatureNames.Count];
    }

    /// <summary>Looks at a row that the model did not learn from.</summary>
    /// <param name="inputs">As for <see cref="Model.Predict"/>.</param>
    public void See(ReadOnlySpan<float> inputs)
    {
        for (var i = 0; _measures.Length > 0 && i < inputs.Length; i++)
        {
            if (IsFar(inputs[i], i))
                _found[i] = _found[i] is { } known ? known.And(inputs[i]) : new Found(1, inputs[i], inputs[i]);
        }
    }

    /// <summary>A sentence for each column with such numbers.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            var start = 0;
            var told = 0;
            foreach (var column in _model.Schema.Columns)
            {
                if (column.Categories is null && _found[start] is { } found && ++told <= MostColumns)
                    yield return Sentence(column, start, found);
                start += column.Width;
            }

            if (told > MostColumns)
                yield return $"So do {Counted.Of(told - MostColumns, "other column")}.";
        }
    }

    private string Sentence(InputColumn column, int input, Found found)
    {
        var origin = column.Origin ?? 0;
        var (mean, deviation) = (_measures[0].Means[input] + origin, 1 / _measures[0].Scales[input]);
        var rows = found.Rows == 1 ? $"holds {Text(found.Low + origin)} in 1 row"
            : found.Low.Equals(found.High) ? $"holds {Text(found.Low + origin)} in {found.Rows} rows"
            : $"holds numbers from {Text(found.Low + origin)} to {Text(found.High + origin)} in {found.Rows} rows";
        return $"Column \"{column.Name}\" {rows}, far outside of what the model learned from: numbers around {Text(mean)} with a standard "
            + $"deviation of {Text(deviation)}. Its answer there is a guess; see that the column has the same unit.";
    }

    private bool IsFar(float number, int input)
    {
        foreach (var measure in _measures)
        {
            if (!(Math.Abs(((double)number - measure.Means[input]) * measure.Scales[input]) > _limit))
                return false;
        }

        return true;
    }

    /// <summary>Whether numbers were left as they are.</summary>
    private static bool IsNone(Normalization measure) =>
        measure.Means.All(static mean => mean == 0) && measure.Scales.All(static scale => scale == 1);

    private static string Text(double number) => number.ToString("g4", CultureInfo.InvariantCulture);

    /// <summary>How many rows have such a number, and between what they lie.</summary>
    private readonly record struct Found(int Rows, float Low, float High)
    {
        public Found And(float number) => new(Rows + 1, Math.Min(Low, number), Math.Max(High, number));
    }
}
