using System.Text.RegularExpressions;
using HyperSearch.Numerics;
using HyperSearch.Training;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>The names of the built-in trainer's hyperparameters, and what people call them elsewhere.</summary>
internal static class TrainerNames
{
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lr"] = "learning_rate",
        ["alpha"] = "learning_rate",
        ["eta"] = "learning_rate",
        ["beta"] = "momentum",
        ["lambda"] = "l2",
        ["regularization"] = "l2",
        ["epsilon"] = "adam_epsilon",
        ["dropout"] = "keep_prob",
        ["dropout_rate"] = "keep_prob",
        ["depth"] = "hidden_layers",
        ["n_layers"] = "hidden_layers",
        ["width"] = "hidden_units",
        ["nodes"] = "hidden_units",
        ["neurons"] = "hidden_units",
        ["minibatch_size"] = "batch_size",
        ["mini_batch_size"] = "batch_size",
        ["nonlinearity"] = "activation",
        ["early_stopping"] = "patience",
        ["batchnorm"] = "batch_norm",
    };

    /// <summary>
    /// The names in the order of the catalog; a trailing <c>_N</c> stands for a layer's number. The budget of epochs is no hyperparameter
    /// of a space.
    /// </summary>
    public static IReadOnlyList<HyperparameterInfo> All { get; } = [.. TrainerOptions.Catalog.Where(info => info.Name != "epochs")];

    /// <summary>Every name with its default and its meaning, a line each, as the end of a message.</summary>
    public static string Listing { get; } =
        " It has these, with their defaults:" + string.Concat(
            All.Select(info => $"\n  {info.Name,-20} {info.Default,-12}  {Meaning(info)}"));

    /// <summary>The trainer's entry for a name; <c>null</c> when there is none.</summary>
    public static HyperparameterInfo? Find(string name) => All.FirstOrDefault(info => info.Name == name)
        ?? All.FirstOrDefault(info => info.Name.EndsWith("_N", StringComparison.Ordinal)
            && Regex.IsMatch(name, $"^{info.Name[..^1]}([1-9]|[1-5][0-9]|6[0-4])\\z", RegexOptions.CultureInvariant));

    /// <summary>Which name was probably meant, as the end of a message.</summary>
    public static string Hint(string name) => Elsewhere.TryGetValue(name, out var known)
        ? known == "keep_prob" ? " Did you mean \"keep_prob\", which is 1 - dropout?" : $" Did you mean \"{known}\"?"
        : Nearest.Hint(name, All.Select(info => info.Name));

    private static string Meaning(HyperparameterInfo info) => info.Kind == HyperparameterKind.Word
        ? $"{info.Meaning} ({string.Join(", ", info.Words)})" : info.Meaning;
}
