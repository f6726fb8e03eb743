using System.Collections.Immutable;

namespace HyperSearch.Plots.Report;

/// <summary>The content of a report beyond the campaign itself; everything is optional and escaped.</summary>
public sealed record ReportContext
{
    /// <summary>The search file as kept in the campaign's folder.</summary>
    public string? SearchFile { get; init; }

    /// <summary>The environment it ran in: versions, processor, cores.</summary>
    public ImmutableArray<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>The commands that remake the campaign, one a line.</summary>
    public string? Reproduce { get; init; }

    /// <summary>The error of the best possible. <c>null</c>, the default, for the search file's.</summary>
    public double? BaseError { get; init; }

    /// <summary>When the page is written; <c>null</c> leaves it out, so that the same campaign gives the same page.</summary>
    public DateTimeOffset? Written { get; init; }
}
