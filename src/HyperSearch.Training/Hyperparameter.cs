using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Training;

/// <summary>A named hyperparameter, its law, and how its value enters the options.</summary>
/// <param name="Info">Its name, default and meaning.</param>
/// <param name="Law">The law of its numbers; null for words, switches and texts.</param>
/// <param name="Set">Sets the value under the name given (with its layer's number) and returns the new options.</param>
internal sealed record Hyperparameter(HyperparameterInfo Info, NumberLaw? Law, Func<TrainerOptions, string, object, TrainerOptions> Set)
{
    /// <summary>The most hidden layers, and so the highest number of a layer.</summary>
    public const int MostLayers = 64;

    public static Hyperparameter Number(
        string name, string standard, string meaning, NumberLaw law, Func<TrainerOptions, double, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Number, []), law, (o, given, value) => set(o, AsNumber(given, value, law)));

    public static Hyperparameter NumberOfLayer(
        string name, string standard, string meaning, NumberLaw law, Func<TrainerOptions, int, double, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Number, []), law,
            (o, given, value) => set(o, LayerOf(given), AsNumber(given, value, law)));

    public static Hyperparameter Integer(
        string name, string standard, string meaning, NumberLaw law, Func<TrainerOptions, int, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Whole, []), law, (o, given, value) => set(o, (int)AsNumber(given, value, law)));

    public static Hyperparameter IntegerOfLayer(
        string name, string standard, string meaning, NumberLaw law, Func<TrainerOptions, int, int, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Whole, []), law,
            (o, given, value) => set(o, LayerOf(given), (int)AsNumber(given, value, law)));

    /// <summary>A whole number, or a word that stands for 0.</summary>
    public static Hyperparameter IntegerOrWord(
        string name, string standard, string meaning, NumberLaw law, string word, Func<TrainerOptions, int, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Whole, [word]), law, (o, given, value) =>
            set(o, value is string text && text == word ? 0 : (int)AsNumber(given, value, law)));

    public static Hyperparameter Switch(string name, string standard, string meaning, Func<TrainerOptions, bool, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Switch, ["true", "false"]), null, (o, given, value) => set(o, value switch
        {
            bool known => known,
            "true" => true,
            "false" => false,
            _ => throw Broken(given, value, "true or false"),
        }));

    public static Hyperparameter Text(string name, string standard, string meaning, Func<TrainerOptions, string, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Word, []), null, (o, given, value) => set(o, value switch
        {
            string text => text,
            double number => number.ToString(CultureInfo.InvariantCulture), // one layer: 128 is read as a number
            _ => throw Broken(given, value, "a text"),
        }));

    public static Hyperparameter Word<TWord>(
        string name, string standard, string meaning, (string Word, TWord Value)[] words,
        Func<TrainerOptions, TWord, TrainerOptions> set) =>
        new(new(name, standard, meaning, HyperparameterKind.Word, [.. words.Select(w => w.Word)]), null, (o, given, value) =>
        {
            foreach (var (word, meant) in words)
            {
                if (value is string text && text == word)
                    return set(o, meant);
            }
            var known = words.Select(w => w.Word);
            throw Broken(given, value, "one of " + string.Join(", ", known), Nearest.Hint(Show(value), known));
        });

    /// <summary>The hyperparameter of that name, layer numbers included.</summary>
    public static Hyperparameter Find(string name, IReadOnlyList<Hyperparameter> all)
    {
        foreach (var entry in all)
        {
            if (entry.Info.Name == name)
                return entry;
            if (entry.Info.Name.EndsWith("_N", StringComparison.Ordinal)
                && LayerOf(name) is > 0 and <= MostLayers
                && entry.Info.Name[..^1] == Stem(name))
                return entry;
        }
        var known = all.Select(e => e.Info.Name);
        throw new HyperparameterException(
            $"There is no hyperparameter \"{name}\".{Nearest.Hint(name, known)} Known: {string.Join(", ", known)}.");
    }

    private static string Stem(string name) => name[..(name.LastIndexOf('_') + 1)];

    private static int LayerOf(string name) =>
        int.TryParse(name.AsSpan(name.LastIndexOf('_') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : 0;

    private static double AsNumber(string name, object value, NumberLaw law)
    {
        var number = value switch { double d => d, float f => f, int i => i, long l => l, _ => double.NaN };
        return law.Holds(number) ? number : throw Broken(name, value, law.Words);
    }

    private static HyperparameterException Broken(string name, object value, string law, string hint = "") =>
        new($"{name} is {Show(value)}; it must be {law}.{hint}");

    private static string Show(object value) => value switch
    {
        string text => text,
        bool known => known ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "nothing",
    };
}
