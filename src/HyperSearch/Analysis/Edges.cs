using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Finds parameters whose optimum may lie beyond the range searched.</summary>
public static class Edges
{
    /// <summary>Within this share of the range of its end lies the winner,</summary>
    private const double OfTheWinner = 0.1;

    /// <summary>and within this one most leaders: of random trials few fall closer.</summary>
    private const double OfTheLeaders = 0.15;


    /// <summary>The parameters of which the winner lies within a tenth of the range of one end, and at least 60 % of the leaders (the best tenth, at least five, of whom four) within 15 %.</summary>
    /// <param name="snapshot">With fewer than 15 trials that have a value nothing is said.</param>
    public static ImmutableArray<EdgeFinding> Find(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (Leaders.Of(snapshot) is not { } leaders)
            return [];
        var findings = ImmutableArray.CreateBuilder<EdgeFinding>();
        foreach (var parameter in snapshot.Search.Space.Searched)
        {
            var shape = new ScaleShape(parameter.Scale);
            if (shape.Kind == ScaleKind.Categories || parameter.Scale.Count is <= 3)
                continue;
            var positions = leaders.Positions(parameter);
            if (positions.Length == 0)
                continue;
            foreach (var high in new[] { false, true })
            {
                var crowd = positions.Count(position => high ? position >= 1 - OfTheLeaders : position <= OfTheLeaders);
                var winnerIsThere = high ? positions[0] >= 1 - OfTheWinner : positions[0] <= OfTheWinner;
                if (winnerIsThere && crowd >= Math.Max(4, 0.6 * positions.Length))
                    findings.Add(new EdgeFinding(parameter.Name, high, crowd, positions.Length, Widened(parameter, shape, high)));
            }
        }

        return findings.ToImmutable();
    }

    /// <summary>The range continued by half its length on its own scale, at least a decade where it is logarithmic, but never past a natural end.</summary>
    private static string? Widened(Parameter parameter, ScaleShape shape, bool high)
    {
        var (low, top) = (shape.Low, shape.High);
        switch (shape.Kind)
        {
            case ScaleKind.Log when shape.IsWhole:
                (low, top) = high ? (low, Pretty(top * 4)) : (Math.Max(1, Math.Floor(low / 4)), top);
                break;
            case ScaleKind.Log:
                var factor = Math.Max(10, Math.Pow(top / low, 0.5));
                (low, top) = high ? (low, Pretty(top * factor)) : (Pretty(low / factor), top);
                break;
            case ScaleKind.OneMinusLog:
                (low, top) = high ? (low, 1 - Pretty((1 - top) / 10)) : (Math.Max(0, 1 - Pretty((1 - low) * 5)), top);
                break;
            default:
                var step = shape.IsWhole ? Math.Max(1, Math.Ceiling((top - low) / 2)) : (top - low) / 2;
                (low, top) = high ? (low, top + step) : (shape.Low >= 0 ? Math.Max(shape.IsWhole && shape.Low >= 1 ? 1 : 0, low - step) : low - step, top);
                if (shape.Low is >= 0 and <= 1 && shape.High <= 1)
                    top = Math.Min(top, 1); // a share such as keep_prob
                break;
        }

        if (low == shape.Low && top == shape.High)
            return null;
        var key = parameter.Scale is PowerOfTwoScale ? "power_of_two" : Key(shape);
        return $"{parameter.Name}: {{{key}: [{Figures.Plain(low)}, {Figures.Plain(top)}]}}";
    }

    private static string Key(ScaleShape shape) => (shape.Kind, shape.IsWhole) switch
    {
        (ScaleKind.Log, true) => "log_int",
        (ScaleKind.Log, false) => "log",
        (ScaleKind.OneMinusLog, _) => "one_minus_log",
        (_, true) => "int",
        _ => "uniform",
    };

    /// <summary>One significant digit where that changes little, else two.</summary>
    private static double Pretty(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        var one = Math.Round(value / unit);
        return double.Parse((Math.Abs(one * unit / value - 1) < 0.05 ? one * unit : value).ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
