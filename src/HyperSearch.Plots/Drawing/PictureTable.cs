using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Plots.Drawing;

/// <summary>The figures of a picture as text, for those who cannot see it.</summary>
/// <param name="Columns">The headings.</param>
/// <param name="Rows">For each row a text per column.</param>
public sealed record PictureTable(ImmutableArray<string> Columns, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>A table has at most so many rows: a longer one is read by nobody.</summary>
    private const int Most = 200;

    /// <summary>A sentence where rows were left out; else <c>null</c>.</summary>
    public string? Note { get; init; }

    /// <summary>A table of its first rows.</summary>
    internal static PictureTable Of(IEnumerable<IEnumerable<string>> rows, params ReadOnlySpan<string> columns)
    {
        var (first, count) = (ImmutableArray.CreateBuilder<ImmutableArray<string>>(), 0);
        foreach (var row in rows)
        {
            if (count++ < Most)
                first.Add([.. row]);
        }

        return Of(first.ToImmutable(), count, columns);
    }

    /// <summary>The trials with a value, by rank: with their value and some of their parameters.</summary>
    internal static PictureTable OfTrials(CampaignSummary summary, IEnumerable<Parameter> parameters)
    {
        Parameter[] shown = [.. parameters];
        var ranked = Ranking.Order(summary.Valued, summary.Snapshot.Search);
        return Of(
            [.. ranked.Take(Most).Select((trial, place) => (ImmutableArray<string>)
            [
                Figures.Brief(place + 1), Figures.Brief(trial.Number), summary.Say(trial.Value!.Value),
                .. shown.Select(parameter => trial.Point.TryGetValue(parameter.Name, out var value) ? Figures.Brief(value) : ""),
            ])],
            ranked.Count,
            ["rank", "trial", Figures.Words(summary.Metric), .. shown.Select(parameter => parameter.Name)]);
    }

    private static PictureTable Of(ImmutableArray<ImmutableArray<string>> first, int count, ReadOnlySpan<string> columns) =>
        new([.. columns], first)
        {
            Note = count <= Most ? null : $"These are the first {Most} of {count} rows.",
        };
}
