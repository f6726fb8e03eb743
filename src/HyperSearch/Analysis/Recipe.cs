using System.Collections.Immutable;
using HyperSearch.Campaigns;
using HyperSearch.Objectives;

namespace HyperSearch.Analysis;

/// <summary>The course's basic recipe, as lines of the search file at hand.</summary>
internal static class Recipe
{
    public static ImmutableArray<Advice> For(FitVerdict verdict, Search search) => verdict switch
    {
        FitVerdict.Bias => Bias(search),
        FitVerdict.Variance => Variance(search),
        FitVerdict.BiasAndVariance => [.. Bias(search), .. Variance(search)],
        _ => [],
    };

    private static ImmutableArray<Advice> Bias(Search search)
    {
        var epochs = search.Objective.Epochs;
        return
        [
            new("A bigger network.", [.. Wider(search, "hidden_units", "units", 4, "hidden_units: {log_int: [64, 1024]}"), .. Wider(search, "hidden_layers", "layers", 2, "hidden_layers: {int: [1, 4]}")]),
            new("Longer training.", [search.Objective is TrainingDefinition ? $"objective: {{train: {{epochs: {Figures.Plain(2 * epochs)}}}}}" : $"objective: {{epochs: {Figures.Plain(2 * epochs)}}}"]),
            new("Another optimizer.", [Has(search, "optimizer") ? "optimizer: {choice: [momentum, rmsprop, adam]}   # searched already: look at its slice" : "optimizer: {choice: [momentum, rmsprop, adam]}"]),
        ];
    }

    private static ImmutableArray<Advice> Variance(Search search)
    {
        var advice = ImmutableArray.CreateBuilder<Advice>();
        advice.Add(new("More training data: the surest cure.", []));
        advice.Add(new(
            "Regularization: L2 or dropout.",
            [Has(search, "l2") ? Stronger(search, "l2", "l2: {log: [1e-5, 10]}") : "l2: {log: [1e-6, 1]}", "keep_prob: {uniform: [0.4, 1]}"]));
        if (search.Objective is not TrainingDefinition { Data: { Images: null, Image: null, Generate: null } })
            advice.Add(new("Data augmentation, for pictures: shift, rotate, distort.", []));
        return advice.ToImmutable();
    }

    private static bool Has(Search search, string name) => search.Space.Parameters.Any(parameter => parameter.Name == name);

    private static IEnumerable<string> Wider(Search search, string name, string otherName, double factor, string otherwise)
    {
        var parameter = search.Space.Parameters.FirstOrDefault(parameter => parameter.Name == name || parameter.Name == otherName);
        if (parameter is null)
            return search.Objective is TrainingDefinition ? [otherwise] : [];
        var shape = new ScaleShape(parameter.Scale);
        if (shape.Kind == ScaleKind.Categories)
            return [];
        var key = shape.Kind == ScaleKind.Log ? "log_int" : "int";
        var high = name == "hidden_layers" ? shape.High + factor : shape.High * factor;
        return [$"{parameter.Name}: {{{key}: [{Figures.Plain(shape.Low)}, {Figures.Plain(high)}]}}"];
    }

    private static string Stronger(Search search, string name, string otherwise)
    {
        var shape = new ScaleShape(search.Space.Parameters.First(parameter => parameter.Name == name).Scale);
        return shape.Kind == ScaleKind.Log ? $"{name}: {{log: [{Figures.Plain(shape.Low * 10)}, {Figures.Plain(shape.High * 10)}]}}" : otherwise;
    }
}
