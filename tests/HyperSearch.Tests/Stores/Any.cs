using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Stores;

/// <summary>Generators of whatever a store may be given.</summary>
internal static class Any
{
    private static readonly Gen<double> Number =
        Gen.OneOf(Gen.Double.Where(double.IsFinite), Gen.OneOf(0, -0.0, double.Epsilon, double.MaxValue, 0.1, 1e-7));
    private static readonly Gen<double> Measured =
        Gen.Frequency((9, Number), (1, Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity)));
    private static readonly Gen<string> Name =
        Gen.OneOf(Gen.OneOf("learning_rate", "epochs", "columns", "µ", "a \"b\"", "", "first"), Gen.String[0, 8].Where(IsWhole));

    private static readonly Gen<ParameterValue> Value = Gen.OneOf(
        Number.Select(number => new ParameterValue(number)),
        Name.Select(word => new ParameterValue(word)),
        Gen.Bool.Select(truth => new ParameterValue(truth)));

    private static readonly Gen<Point> Point = Gen.Dictionary(Name, Value)[0, 8].Select(values => new Point(values));

    private static readonly Gen<Origin> Origin = Gen.Select(
        Gen.Enum<OriginKind>(), Gen.Int[0, 99].Array[0, 4], Number.Nullable(), Number.Array[0, 3], Name.Null(),
        (kind, around, width, corner, note) => new Origin(kind)
        {
            Around = [.. around],
            Width = width,
            Zoom = -width,
            Low = [.. corner],
            High = [.. corner.Reverse()],
            LogExpectedImprovement = width / 3,
            Note = note,
            Change = note,
            Decision = note,
            Evidence = [.. around.Reverse()],
            Rung = around.Length > 0 ? around[0] : null,
        });

    private static readonly Gen<LearningCurve> Curve =
        Gen.Select(Gen.Int[1, 9], Gen.Bool, Gen.Dictionary(Name, Measured.Array[6])[0, 3], (first, gap, columns) => new LearningCurve(
            [first, first + 1, first + 2, first + 3, first + 4, first + (gap ? 7 : 5)],
            columns.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray(), StringComparer.Ordinal)));

    private static readonly Gen<RowErrors?> Rows = Gen.OneOf(
        Gen.Const((RowErrors?)null),
        Gen.Float[0, 1].Array[1, 40].Select(values => RowErrors.OfLosses(values)),
        Gen.Float[0, 1].Array[1, 40].Select(values => RowErrors.OfMistakes([.. values.Select(value => value < 0.2f ? 1f : 0f)])));

    private static readonly Gen<SignalNorms> Signals = Gen.Select(Gen.Int[1, 9], Measured.Array[2], Measured.Array[2],
        (epoch, activations, gradients) => new SignalNorms(epoch, [.. activations], [.. gradients]));

    /// <summary>Outcomes of job 0; give each a number of its own.</summary>
    public static Gen<Outcome> Outcome { get; } = Gen.Select(
        Gen.Select(Gen.Int[0, 99], Point, Origin, Gen.Enum<OutcomeState>(), Number.Nullable()),
        Gen.Select(Gen.Dictionary(Name, Number)[0, 4], Curve, Name.Null(), Gen.Int[1, 3], Rows, Signals.Null()),
        Gen.Select(Gen.Double[0, 1e5],
            Gen.DateTime[new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)],
            Gen.Int[0, 64]),
        (what, measured, run) => new Outcome
        {
            Job = 0,
            Trial = what.Item1,
            Point = what.Item2,
            Origin = what.Item3,
            State = what.Item4,
            Value = what.Item5,
            FromEpochs = what.Item1 % 3,
            ToEpochs = what.Item1 % 3 + 9,
            Epochs = what.Item1 % 3 + 4,
            Metrics = measured.Item1.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Curve = measured.Item2,
            Reason = measured.Item3,
            Attempts = measured.Item4,
            RowErrors = measured.Item5,
            FirstSignals = measured.Item6,
            LastSignals = measured.Item6 is { } signals && signals.Epoch % 2 == 0 ? signals with { Epoch = 10 } : null,
            Seconds = run.Item1,
            Started = new DateTimeOffset(DateTime.SpecifyKind(run.Item2, DateTimeKind.Utc)),
            Worker = run.Item3,
        });

    /// <summary>Jobs with every field, with and without a stop rule.</summary>
    public static Gen<Job> Job { get; } = Gen.Select(
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], Point, Origin),
        Gen.Select(Gen.Int[0, 99], Gen.Int[1, 99], Gen.ULong, Gen.Int[0, 3]),
        Gen.Select(Measured.Where(limit => !double.IsNaN(limit)).Array[0, 6], Name, Gen.Bool),
        (what, where, stop) => new Job(
            what.Item1, what.Item2, what.Item3, what.Item4, where.Item1, where.Item1 + where.Item2,
            stop.Item3 ? new StopRule([.. stop.Item1], stop.Item2) : null, where.Item3)
        {
            Repeat = where.Item4,
        });

    /// <summary>A plain outcome of a job.</summary>
    public static Outcome Plain(int job, double? value = 0.5, OutcomeState state = OutcomeState.Completed) => new()
    {
        Job = job,
        Trial = job,
        Point = new Point([new("learning_rate", 0.01 * (job + 1)), new("optimizer", "adam")]),
        Origin = new Origin(OriginKind.Global),
        FromEpochs = 0,
        ToEpochs = 1,
        Epochs = 1,
        State = state,
        Value = value,
        Started = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(job),
        Seconds = 0.25,
    };

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
                return false;
        }

        return true;
    }
}
