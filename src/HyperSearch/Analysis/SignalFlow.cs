using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Vanishing and exploding signals: whether activations on their way forward and gradients on their way back shrink or grow from
/// hidden layer to hidden layer.</summary>
/// <remarks>Source: Andrew Ng, Improving Deep Neural Networks, week 1 (vanishing and exploding gradients; weight initialization).</remarks>
public static class SignalFlow
{
    /// <summary>A signal vanishes or explodes when it changes by more than this factor between the first and the last hidden layer:
    /// 30.</summary>
    public const double Limit = 30;

    /// <summary>How many trials must show it, so that it is no accident.</summary>
    private const int FewestTrials = 3;

    /// <summary>What happens to a trial's signals, the last epoch first; <c>null</c> where nothing does, or nothing is known.</summary>
    public static SignalTrend? Of(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        foreach (var signals in new[] { trial.LastSignals, trial.FirstSignals })
        {
            if (signals is not null && Of(signals) is { } trend)
                return trend;
        }

        return null;
    }

    /// <summary>What happens to the signals of an epoch; <c>null</c> where nothing does.</summary>
    public static SignalTrend? Of(SignalNorms signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        if (signals.Gradients.Concat(signals.Activations).Any(norm => !double.IsFinite(norm)))
            return new(Vanishes: false, OfGradients: true, null, signals.Epoch);
        if (signals.Gradients.Length > 1 && signals.Gradients.Concat(signals.Activations).Any(norm => norm == 0))
            return new(Vanishes: true, OfGradients: signals.Gradients.Contains(0), null, signals.Epoch);
        return Judge(signals.GradientFactor, ofGradients: true) ?? Judge(signals.ActivationFactor, ofGradients: false);

        SignalTrend? Judge(double? factor, bool ofGradients) =>
            factor is { } known && Math.Pow(known, signals.Gradients.Length - 1) is < 1 / Limit or > Limit
                ? new SignalTrend(factor < 1, ofGradients, factor, signals.Epoch)
                : null;
    }

    /// <summary>What is said of a trial; <c>null</c> where its signals are not known.</summary>
    public static string? Sentence(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.FirstSignals is null)
            return null;
        return Of(trial) is not { } trend
            ? "Between the first and the last hidden layer neither the activations nor the gradients change by more than a factor of 30: "
                + "nothing vanishes or explodes."
            : $"After epoch {trend.Epoch} {trend.Say()}. {trend.Way}.";
    }

    /// <summary>What many failed or bad trials have in common and good ones have not; none where that is not seen.</summary>
    /// <remarks>Bad are the trials that diverged and the worse half of those with a value; good is the better half.</remarks>
    public static ImmutableArray<SignalFinding> Find(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Trial[] ranked = [.. Ranking.Order(snapshot.Trials.Where(trial => trial.FirstSignals is not null), snapshot.Search.Maximize)];
        var valued = ranked.Count(trial => trial.Value is not null);
        Trial[] good = [.. ranked.Take((valued + 1) / 2)], bad = [.. ranked.Skip((valued + 1) / 2)];
        SignalFinding?[] findings =
            [Finding(vanishes: true, good, bad, snapshot.Search), Finding(vanishes: false, good, bad, snapshot.Search)];
        return [.. findings.OfType<SignalFinding>()];
    }

    private static SignalFinding? Finding(bool vanishes, Trial[] good, Trial[] bad, Search search)
    {
        Trial[] hit = [.. bad.Where(trial => Of(trial)?.Vanishes == vanishes)];
        var spared = good.Count(trial => Of(trial)?.Vanishes == vanishes);
        // at least one bad trial in ten, and twice as many as among the good ones
        if (hit.Length < FewestTrials || hit.Length < bad.Length / 10.0 || hit.Length < 2 * spared)
            return null;
        return new(vanishes, hit.Length, bad.Length, spared, good.Length, [.. Lines(vanishes, hit, search)]);
    }

    /// <summary>What the course advises, as lines of the search file: only what these trials do not do already.</summary>
    private static IEnumerable<string> Lines(bool vanishes, Trial[] hit, Search search)
    {
        if (!search.Objective.IsBuiltInTrainer)
            yield break;
        if (hit.Any(trial => Word(trial, "activation") is "sigmoid" or "tanh"))
            yield return "activation: relu";
        if (hit.Any(trial => Word(trial, "initialization") == "xavier" && Word(trial, "activation") is not ("sigmoid" or "tanh")))
            yield return "initialization: he";
        if (hit.Any(trial => Number(trial, "init_multiplier") is { } multiplier && (vanishes ? multiplier < 1 : multiplier > 1)))
            yield return "init_multiplier: 1";
        if (!hit.All(trial => trial.Point.TryGetValue("batch_norm", out var norm) && norm.IsBoolean && (bool)norm.Boxed))
            yield return "batch_norm: true";
        if (!vanishes && !hit.All(trial => Number(trial, "clip_norm") > 0))
            yield return "clip_norm: 1";
        var dead = hit.Count(trial => Of(trial) is { Vanishes: true, Factor: null });
        if (dead > 0 && hit.All(trial => Word(trial, "activation") is null or "relu"))
            yield return "activation: leaky_relu";
        if ((!vanishes || 2 * dead > hit.Length) && search.Space.Searched.FirstOrDefault(parameter => parameter.Name == "learning_rate") is
            { Scale: LogScale { Step: null } rate } parameter && rate.High / 10 > rate.Low
            && new LogScale(rate.Low, NiceNumbers.Digits(rate.High / 10, 3)) is var lower
            && SpaceText.Line(parameter with { Scale = lower, Default = null }) is { } line)
            yield return line;
    }

    private static string? Word(Trial trial, string name) =>
        trial.Point.TryGetValue(name, out var value) && value.IsWord ? (string)value.Boxed : null;

    private static double? Number(Trial trial, string name) =>
        trial.Point.TryGetValue(name, out var value) && value.IsNumber ? value.Number : null;
}

/// <summary>What happens to the signals of a trial from hidden layer to hidden layer.</summary>
/// <param name="Vanishes">Whether they shrink; otherwise they grow.</param>
/// <param name="OfGradients">Whether it is the gradients on their way back; otherwise the activations on their way forward.</param>
/// <param name="Factor">By which factor for each layer; <c>null</c> where some are 0 or no longer numbers.</param>
/// <param name="Epoch">In which epoch.</param>
public sealed record SignalTrend(bool Vanishes, bool OfGradients, double? Factor, int Epoch)
{
    internal string Way => Vanishes && Factor is null
        ? "Its units are dead: the course advises leaky_relu or a smaller learning rate"
        : Vanishes
        ? "The course advises relu with he initialization, or batch norm"
        : "The course advises a smaller learning rate, clip_norm or batch norm";

    internal string Say() => (OfGradients, Factor) switch
    {
        (true, null) => Vanishes ? "the gradients of a layer are 0: it cannot learn any more" : "the gradients are no longer numbers",
        (false, null) => "the activations of a layer are 0: it tells the next one nothing",
        (true, { } factor) => $"the gradients {Verb(factor)} for each layer on their way back",
        (false, { } factor) => $"the activations {Verb(factor)} for each layer on their way forward",
    };

    private static string Verb(double factor) => factor < 1
        ? $"shrink {Times(1 / factor)}"
        : $"grow {Times(factor)}";

    private static string Times(double factor) => string.Create(CultureInfo.InvariantCulture, $"by a factor of {Figures.Brief(factor, 2)}");
}

/// <summary>Signals vanish or explode in many bad trials of a campaign.</summary>
/// <param name="Vanishes">Whether they vanish; otherwise they explode.</param>
/// <param name="Bad">In how many of the diverged and the worse half of the others.</param>
/// <param name="OfBad">How many those are.</param>
/// <param name="Good">In how many of the better half.</param>
/// <param name="OfGood">How many those are.</param>
/// <param name="Lines">The lines of the search file that the course advises; empty where code trains.</param>
public sealed record SignalFinding(bool Vanishes, int Bad, int OfBad, int Good, int OfGood, ImmutableArray<string> Lines)
{
    /// <summary>The finding in a sentence or two.</summary>
    public string Sentence => (Vanishes
        ? $"Signals vanish in {Bad} of the {OfBad} worse or diverged trials, but in {Good} of the {OfGood} better ones: between the "
            + "first and the last hidden layer they shrink by more than a factor of 30, so that some layers hardly learn."
        : $"Signals explode in {Bad} of the {OfBad} worse or diverged trials, but in {Good} of the {OfGood} better ones: between the "
            + "first and the last hidden layer they grow by more than a factor of 30, or leave the numbers.")
        + (Lines.IsEmpty ? "" : " The course advises:");
}
