using System.Globalization;

namespace HyperSearch.Training;

/// <summary>What a number must satisfy, said in words.</summary>
/// <param name="Holds">The test; false for NaN.</param>
/// <param name="Words">The law after "must be".</param>
internal sealed record NumberLaw(Func<double, bool> Holds, string Words)
{
    public static NumberLaw Positive { get; } = new(x => x > 0 && double.IsFinite(x), "a positive number");

    public static NumberLaw NotNegative { get; } = new(x => x >= 0 && double.IsFinite(x), "0 or a positive number");

    public static NumberLaw BelowOne { get; } = new(x => x is >= 0 and < 1, "at least 0 and below 1");

    public static NumberLaw Probability { get; } = new(x => x is > 0 and <= 1, "above 0 and at most 1 (1 keeps everything)");

    public static NumberLaw Epsilon { get; } = new(x => x is >= 1e-30 and < 1, "at least 1e-30 and below 1 (it keeps a division from 0/0)");

    public static NumberLaw Degrees { get; } = new(x => x is >= 0 and <= 180, "from 0 to 180 degrees");

    public static int[] Layers(string text)
    {
        var parts = text.Split('-');
        var units = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out units[i]) || units[i] is < 1 or > 65536)
                throw new HyperparameterException($"layers is \"{text}\"; it must be units joined by -, each from 1 to 65536, such as 128-64.");
        }
        return units;
    }

    public static (int Epoch, double LearningRate)[] Table(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var table = new (int Epoch, double LearningRate)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var pair = parts[i].Split(':');
            if (pair.Length != 2
                || !int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                || !double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
                || !Positive.Holds(rate)
                || (i > 0 && epoch <= table[i - 1].Epoch))
            {
                throw new HyperparameterException(
                    $"decay_table is \"{text}\"; it must be epoch:learning_rate pairs with rising epochs (counted from 0), such as \"0:0.1 10:0.01\".");
            }
            table[i] = (epoch, rate);
        }
        return table;
    }
}
