using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A condition on trials in the words of the search file, such as <c>learning_rate &lt; 0.01 and state = completed</c>.</summary>
/// <remarks>
/// A name is a parameter's, else one of <c>trial</c>, <c>state</c>, <c>value</c> (the metric that decides), <c>epochs</c>, <c>seconds</c>
/// and <c>origin</c>, else of metrics. There are comparisons, <c>in (…)</c>, <c>and</c>, <c>or</c>, <c>not</c> and arithmetic; words of
/// choices and states need no quotes. A comparison with a value that a trial does not have is false.
/// </remarks>
/// <example>
/// <code>
/// var filter = TrialFilter.Parse("optimizer in (adam, rmsprop) and dev_error &lt; 0.02", snapshot.Search);
/// var few = snapshot.Trials.Where(filter.Matches);
/// </code>
/// </example>
public sealed class TrialFilter
{
    private static readonly string[] Fields = ["trial", "state", "value", "epochs", "seconds", "origin"];
    private readonly Expression _expression;
    private readonly IReadOnlySet<string> _parameters;

    private TrialFilter(string text, Expression expression, IReadOnlySet<string> parameters) =>
        (Text, _expression, _parameters) = (text, expression, parameters);

    /// <summary>The condition as it was written.</summary>
    public string Text { get; }

    /// <summary>The names in it that only a metric can have.</summary>
    public IEnumerable<string> MetricNames =>
        _expression.Names.Where(name => !_parameters.Contains(name) && !Fields.Contains(name)).Distinct(StringComparer.Ordinal);

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="search">The search whose trials it selects: it has the parameters.</param>
    /// <exception cref="FormatException">The text is no condition; the message names the column and what would be right.</exception>
    public static TrialFilter Parse(string text, Search search)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(search);
        var scales = search.Space.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var expression = WithWords(ExpressionReader.Read(text, asFilter: true), scales);
        try
        {
            if (expression.KindOf(name => scales.TryGetValue(name, out var parameter) ? Kinds.Of(parameter) : name is "state" or "origin"
                ? Kind.Word : Kind.Number, text) is Kind.Number or Kind.Word)
                throw new FormatException($"\"{text}\" is not true or false. A condition compares, such as learning_rate < 0.01.");
        }
        catch (ArgumentException unfit)
        {
            throw new FormatException(unfit.Message.Replace("the constraint", "the condition", StringComparison.Ordinal), unfit);
        }

        return new TrialFilter(text, expression, scales.Keys.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Refuses a name that is neither a parameter's nor a field's nor a metric's.</summary>
    /// <param name="metrics">The metrics that trials have.</param>
    /// <exception cref="FormatException">With the nearest right name.</exception>
    public void RequireMetrics(IReadOnlyCollection<string> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (MetricNames.FirstOrDefault(name => !metrics.Contains(name)) is not { } unknown)
            return;
        string[] known = [.. _parameters, .. metrics.Order(StringComparer.Ordinal), .. Fields];
        throw new FormatException($"There is no parameter, metric or field \"{unknown}\".{Nearest.Hint(unknown, known)} " +
            $"Known: {Nearest.List(known)}.");
    }

    /// <summary>Whether a trial meets the condition.</summary>
    public bool Matches(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Matches(name => ValueOf(trial, name));
    }

    /// <summary>Whether a trial meets the condition; each name in it is asked for.</summary>
    internal bool Matches(Func<string, ParameterValue?> valueOf) => Holds(_expression, valueOf);

    /// <summary>A state as <c>rank --json</c> spells it.</summary>
    internal static string WordOf(OutcomeState state) => state == OutcomeState.TimedOut ? "timed_out" : state.ToString().ToLowerInvariant();

    private static string WordOf(OriginKind kind) => kind.ToString().ToLowerInvariant();

    private ParameterValue? ValueOf(Trial trial, string name)
    {
        if (trial.Point.TryGetValue(name, out var setting))
            return setting;
        if (_parameters.Contains(name))
            return null;
        double? number = name switch
        {
            "trial" => trial.Number,
            "value" => trial.RankValue,
            "epochs" => trial.Epochs,
            "seconds" => trial.Seconds,
            _ => trial.Measured.Find(name),
        };
        return name switch
        {
            "state" => WordOf(trial.State),
            "origin" => WordOf(trial.Origin.Kind),
            _ => number is { } known && double.IsFinite(known) ? known : null,
        };
    }

    /// <summary>Unlike in a constraint, a comparison is false where a value is missing.</summary>
    private static bool Holds(Expression expression, Func<string, ParameterValue?> valueOf) => expression switch
    {
        Expression.Logic { Operation: "and" } all => Array.TrueForAll(all.Operands, operand => Holds(operand, valueOf)),
        Expression.Logic { Operation: "or" } any => Array.Exists(any.Operands, operand => Holds(operand, valueOf)),
        Expression.Logic not => !Holds(not.Operands[0], valueOf),
        _ => expression.Value(valueOf) == true,
    };

    /// <summary>A name that is compared with a word, and is none that is known, is a word itself.</summary>
    private static Expression WithWords(Expression expression, Dictionary<string, Parameter> parameters)
    {
        return expression switch
        {
            Expression.Logic logic => logic with { Operands = [.. logic.Operands.Select(operand => WithWords(operand, parameters))] },
            Expression.Comparison { Operation: "==" or "!=", Left: Expression.Name left, Right: Expression.Name right } comparison =>
                WordsOf(left.Of) is { } words ? comparison with { Right = Word(left.Of, right.Of, words) }
                : WordsOf(right.Of) is { } others ? comparison with { Left = Word(right.Of, left.Of, others) }
                : comparison,
            _ => expression,
        };

        IReadOnlyList<string>? WordsOf(string name) => parameters.TryGetValue(name, out var parameter)
            ? parameter.Scale is ChoiceScale choice ? [.. choice.Values.Select(value => value.ToString())]
                : parameter.IsFixed && parameter.Scale.At(0).IsWord ? [parameter.Scale.At(0).ToString()]
                : null
            : name switch
            {
                "state" => [.. Enum.GetValues<OutcomeState>().Select(WordOf)],
                "origin" => [.. Enum.GetValues<OriginKind>().Select(WordOf)],
                _ => null,
            };

        static Expression Word(string name, string word, IReadOnlyList<string> words) => words.Contains(word)
            ? new Expression.Constant(word)
            : throw new FormatException($"{name} is never \"{word}\".{Nearest.Hint(word, words)} It is one of {Nearest.List(words)}.");
    }
}
