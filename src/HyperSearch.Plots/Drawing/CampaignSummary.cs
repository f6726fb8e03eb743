using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Plots.Drawing;

/// <summary>The words that every picture says of its campaign.</summary>
internal sealed class CampaignSummary
{
    /// <summary>More marks hide each other, and take time and memory all the same.</summary>
    private const int MostMarks = 20_000;

    public CampaignSummary(CampaignSnapshot snapshot)
    {
        Snapshot = snapshot;
        Metric = snapshot.Search.Metric;
        Valued = [.. snapshot.Trials.Where(HasValue)];
        Best = Ranking.Best(snapshot);
        IsShare = Metrics.IsShare(Metric) && Valued.All(trial => trial.Value is >= 0 and <= 1);
        Planned = Math.Max(snapshot.Search.Trials, snapshot.Trials.Length);
    }

    public CampaignSnapshot Snapshot { get; }

    public string Metric { get; }

    public bool IsShare { get; }

    /// <summary>The trials that have a finite value.</summary>
    public IReadOnlyList<Trial> Valued { get; }

    public Trial? Best { get; }

    /// <summary>The trials with a value that are drawn one by one: of very many an even choice.</summary>
    public IEnumerable<Trial> Drawn => Some(Valued);

    /// <summary>What a subtitle says of that choice; empty where all are drawn.</summary>
    public string Choice => Stride(Valued.Count) is > 1 and var stride ? $" · one trial in {stride} is drawn" : "";

    /// <summary>The trials without a value; of very many an even choice, too.</summary>
    public IEnumerable<Trial> DrawnWithoutValue => Some([.. Snapshot.Trials.Where(trial => !HasValue(trial))]);

    public int Planned { get; }

    /// <summary>All, or of very many an even choice.</summary>
    public static IEnumerable<T> Some<T>(IReadOnlyCollection<T> all)
    {
        var stride = Stride(all.Count);
        return stride <= 1 ? all : all.Where((_, index) => index % stride == 0);
    }

    /// <summary>Whether a trial has a finite value.</summary>
    public static bool HasValue(Trial trial) => trial.Value is { } value && double.IsFinite(value);

    public int WithoutValue => Snapshot.Trials.Length - Valued.Count;

    public string Name => Snapshot.Name;

    public string Say(double value) => Figures.Of(value, IsShare);

    /// <summary><c>Best dev error 1.7 %, found by trial 87 of 120</c>; of a confirmed winner the mean, because the search's own score was
    /// selected for being good.</summary>
    public string Headline => Best is { Confirmed.Mean: var mean, Number: var winner }
        ? $"Best mean {Figures.Words(Metric)} {Say(mean)}, of trial {winner} of {Planned.ToString(CultureInfo.InvariantCulture)}"
        : Best is { Value: { } value } best
        ? $"Best {Figures.Words(Metric)} {Say(value)}, found by trial {best.Number} of {Planned.ToString(CultureInfo.InvariantCulture)}"
        : NothingYet;

    /// <summary>An axis for the metric's values.</summary>
    public ValueAxis Axis() => new(Valued.Select(trial => trial.Value!.Value), Metric, Snapshot.Search.Maximize);

    /// <summary>A picture that says why there is nothing in it; <c>null</c> when a trial has a value.</summary>
    public Picture? Nothing()
    {
        if (Valued.Count > 0)
            return null;
        if (Snapshot.Trials.IsEmpty)
            return new Picture { Title = NothingYet, Subtitle = Name, Message = "No trial has ended yet." };
        var states = Snapshot.Trials.GroupBy(trial => trial.State).OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {Say(group.Key)}");
        var reason = Snapshot.Trials.Select(trial => trial.Reason).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return new Picture
        {
            Title = NothingYet,
            Subtitle = Name,
            Message = (Snapshot.Trials.Length == 1 ? "The one trial has no value" : $"None of {Snapshot.Trials.Length} trials has a value")
                + $": {string.Join(", ", states)}."
                + (reason is null ? "" : $"\nFor instance: {reason.ReplaceLineEndings(" ")}"),
        };
    }

    public static string Say(OutcomeState state) => state switch
    {
        OutcomeState.TimedOut => "timed out",
        _ => state.ToString().ToLowerInvariant(),
    };

    public static string Say(OriginKind kind) => kind switch
    {
        OriginKind.Global => "global: anywhere",
        OriginKind.Hop => "hop: a step from a good trial",
        OriginKind.Box => "box: between the best trials",
        OriginKind.Model => "model: where a model expects most",
        OriginKind.Copy => "copy: on from a good trial's checkpoint",
        _ => "enqueued: given by you",
    };

    /// <summary>Legend entries for the origins that occur.</summary>
    public IEnumerable<LegendEntry> OriginLegend() => Valued.Select(trial => trial.Origin.Kind).Distinct().Order()
        .Select(kind => new LegendEntry(Say(kind), LegendMark.Dot, PlotColors.Of(kind)));

    private static int Stride(int count) => (count + MostMarks - 1) / MostMarks;

    private string NothingYet => $"No {Figures.Words(Metric)} yet";
}
