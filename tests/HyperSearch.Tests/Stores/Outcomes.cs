using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Stores;

/// <summary>Compares outcomes bit by bit: the record's own equality takes dictionaries by reference.</summary>
internal static class Outcomes
{
    /// <summary>Whether two outcomes say exactly the same.</summary>
    public static bool Same(Outcome a, Outcome b) =>
        (a.Job, a.Trial, a.Repeat, a.FromEpochs, a.ToEpochs, a.Epochs, a.State, a.Reason, a.Attempts, a.Worker, a.Started)
            == (b.Job, b.Trial, b.Repeat, b.FromEpochs, b.ToEpochs, b.Epochs, b.State, b.Reason, b.Attempts, b.Worker, b.Started)
        && Bits(a.Value) == Bits(b.Value) && Bits(a.Seconds) == Bits(b.Seconds)
        && a.Point.Select(Text).SequenceEqual(b.Point.Select(Text)) && a.Origin == b.Origin
        && a.Metrics.SequenceEqual(b.Metrics) && Same(a.Curve, b.Curve);

    /// <summary>Whether two lists say exactly the same.</summary>
    public static bool Same(IEnumerable<Outcome> a, IEnumerable<Outcome> b)
    {
        var (first, second) = (a.ToList(), b.ToList());
        return first.Count == second.Count && first.Zip(second).All(pair => Same(pair.First, pair.Second));
    }

    private static bool Same(LearningCurve a, LearningCurve b) =>
        a.Epochs.SequenceEqual(b.Epochs) && a.Columns.Keys.SequenceEqual(b.Columns.Keys)
        && a.Columns.Values.Zip(b.Columns.Values)
            .All(pair => pair.First.Select(value => Bits(value)).SequenceEqual(pair.Second.Select(value => Bits(value))));

    private static long? Bits(double? value) =>
        value is { } number ? double.IsNaN(number) ? -1 : BitConverter.DoubleToInt64Bits(number) : null;

    private static (string, string, bool) Text(KeyValuePair<string, ParameterValue> pair) =>
        (pair.Key, pair.Value.ToString(), pair.Value.IsWord);
}
