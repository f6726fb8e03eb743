using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>The course's basic recipe, as lines of the search file at hand. A step that the best trials speak against is said, not
/// advised.</summary>
internal sealed class NextSteps
{
    private readonly Search _search;
    private readonly BestTenth? _leaders;

    private readonly Trial? _best;

    private NextSteps(CampaignSnapshot snapshot) =>
        (_search, _leaders, _best) = (snapshot.Search, BestTenth.Of(snapshot), Ranking.Best(snapshot));

    public static ImmutableArray<Advice> For(FitQuality fit, CampaignSnapshot snapshot)
    {
        var recipe = new NextSteps(snapshot);
        return fit switch
        {
            FitQuality.Bias => recipe.Bias(),
            FitQuality.Variance => recipe.Variance(),
            FitQuality.BiasAndVariance => [.. recipe.Bias(), .. recipe.Variance()],
            _ => [],
        };
    }

    private ImmutableArray<Advice> Bias()
    {
        var epochs = NumberText.Of(2 * _search.Objective.Epochs);
        var (units, layers) = (Find("hidden_units") ?? Find("units"), Find("hidden_layers") ?? Find("layers"));
        return
        [
            Unless([(units, true), (layers, true)], "A bigger network", ".",
                [Upward(units, fixedAt => 4 * fixedAt, "hidden_units: {log_int: [64, 1024]}"),
                    Upward(layers, fixedAt => fixedAt + 2, "hidden_layers: {int: [1, 4]}")]),
            .. EndedEarly() ? Array.Empty<Advice>() : [new("Longer training.",
                [_search.Objective.IsBuiltInTrainer ? $"objective: {{train: {{epochs: {epochs}}}}}" : $"objective: {{epochs: {epochs}}}"])],
            .. Find("optimizer") is { IsFixed: false }
                ? Array.Empty<Advice>() // it was searched, and its slice shows more than a line could
                : [new("Another optimizer.", ["optimizer: {choice: [momentum, rmsprop, adam]}"])],
        ];
    }

    /// <summary>Whether the winner ended with its best weights before its last epoch, so that more epochs would change nothing.</summary>
    private bool EndedEarly() => _best is { State: OutcomeState.Completed } best && best.Epochs < _search.Objective.Epochs;

    private ImmutableArray<Advice> Variance()
    {
        var (l2, keep) = (Find("l2"), Find("keep_prob"));
        var advice = ImmutableArray.CreateBuilder<Advice>();
        advice.Add(new("More training data: the surest cure.", []));
        advice.Add(Unless([(l2, true), (keep, false)], "Regularization", ": L2 or dropout.",
            [l2 is null ? "l2: {log: [1e-6, 1]}" : Stronger(l2), "keep_prob: {uniform: [0.4, 1]}"]));
        if (_search.Objective.MayLearnFromPictures)
            advice.Add(new("Data augmentation, for pictures: shift, rotate, distort.", []));
        return advice.ToImmutable();
    }

    /// <summary>Advice to widen ranges, a line each, without those from whose end the best trials stay away; where it is all of those that
    /// were searched, that it will hardly help.</summary>
    private Advice Unless((Parameter? Parameter, bool High)[] ends, string text, string rest, string?[] lines)
    {
        var absent = ends.Select(end => end.Parameter is { When.IsEmpty: false } parameter && _leaders?.DoWithout(parameter) == true)
            .ToArray();
        var against = ends.Select((end, i) =>
            absent[i] || (end.Parameter is { } parameter && _leaders?.Shun(parameter, end.High) == true)).ToArray();
        var searched = ends.Select(end => end.Parameter is { } parameter && _search.Space.Searched.Contains(parameter)).ToArray();
        var reasons = ends.Where((_, i) => against[i] && !absent[i])
            .Select(end => $"the {(end.High ? "lower" : "upper")} half of {end.Parameter!.Name}").ToArray();
        if (reasons.Length == 0 || against.Count(known => known) < searched.Count(known => known))
            return new(text + rest, [.. lines.Where((line, i) => line is not null && !against[i]).Select(line => line!)]);
        return new($"{text} will hardly help: the best trials lie in {string.Join(" and ", reasons)}.", []);
    }

    private Parameter? Find(string name) => _search.Space.Parameters.FirstOrDefault(parameter => parameter.Name == name);

    /// <summary>The line that continues a range upwards, or makes one of a fixed whole number; the line for the built-in trainer where the
    /// search has no such parameter; <c>null</c> where no line would.</summary>
    private string? Upward(Parameter? parameter, Func<long, long> beyond, string otherwise) => parameter switch
    {
        null => _search.Objective.IsBuiltInTrainer ? otherwise : null,
        { Scale: FixedScale { Value: { IsNumber: true, Number: var number and >= 1 and < int.MaxValue } } } =>
            double.IsInteger(number) ? Line(parameter, new IntScale((long)number, beyond((long)number))) : null,
        _ => Line(parameter, parameter.Scale.Widened(high: true)),
    };

    private static string? Stronger(Parameter l2) => l2.Scale is LogScale { Step: null, Factor: null, High: < double.MaxValue / 10 } log
        ? Line(l2 with { Default = null }, new LogScale(NiceNumbers.Digits(log.Low * 10, 12), NiceNumbers.Digits(log.High * 10, 12)))
        : Line(l2 with { Default = null }, new LogScale(1e-5, 10));

    private static string? Line(Parameter parameter, Scale? scale) =>
        scale is null ? null : SpaceText.Line(parameter with { Scale = scale });
}
