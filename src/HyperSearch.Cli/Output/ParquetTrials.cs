using HyperSearch.Planning;
using HyperSearch.Spaces;
using Parquet;
using Parquet.Schema;

namespace HyperSearch.Cli.Output;

/// <summary>Every trial as a Parquet file: the columns of the CSV table, each in its own type; what a trial does not have is
/// null.</summary>
internal static class ParquetTrials
{
    /// <summary>Writes the file.</summary>
    /// <param name="output">The stream, which stays open.</param>
    /// <param name="campaign">The campaign.</param>
    public static async Task WriteAsync(Stream output, CampaignSnapshot campaign)
    {
        var trials = campaign.Trials;
        List<IColumn> columns =
        [
            new Numbers<int>("trial", [.. trials.Select(trial => (int?)trial.Number)]),
            new Words("state", [.. trials.Select(trial => Documents.Name(trial.State))]),
            new Numbers<double>("value", [.. trials.Select(trial => trial.Value)]),
            new Numbers<int>("epochs", [.. trials.Select(trial => (int?)trial.Epochs)]),
            new Numbers<double>("seconds", [.. trials.Select(trial => (double?)trial.Seconds)]),
            new Words("origin", [.. trials.Select(trial => Documents.Name(trial.Origin.Kind))]),
            new Numbers<DateTime>("started",
                [.. trials.Select(trial => trial.Jobs.IsEmpty ? (DateTime?)null : trial.Jobs[0].Started.UtcDateTime)]),
            new Words("reason", [.. trials.Select(trial => trial.Reason)]),
        ];
        if (campaign.Search.Confirm is not null || trials.Any(trial => trial.Confirmed is not null))
        {
            columns.Add(new Numbers<double>("confirmed_mean", [.. trials.Select(trial => trial.Confirmed?.Mean)]));
            columns.Add(new Numbers<double>("confirmed_standard_error", [.. trials.Select(trial => trial.Confirmed?.StandardError)]));
            columns.Add(new Numbers<int>("confirmed_runs", [.. trials.Select(trial => trial.Confirmed?.Values.Length)]));
        }

        columns.AddRange(campaign.Search.Space.Parameters.Select(parameter => Parameter(parameter.Name, trials)));
        columns.AddRange(NamedMetrics.NamesOf(trials).Order(StringComparer.Ordinal)
            .Select(name => new Numbers<double>("metrics_" + name,
                [.. trials.Select(trial => trial.Measured.Find(name))])));
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), output);
        using var rows = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.WriteAsync(rows);
    }

    /// <summary>Numbers where all values are numbers, else words.</summary>
    private static IColumn Parameter(string name, IReadOnlyCollection<Trial> trials)
    {
        var values = trials.Select(trial => trial.Point.TryGetValue(name, out var value) ? (ParameterValue?)value : null).ToArray();
        return Array.TrueForAll(values, value => value is null or { IsNumber: true })
            ? new Numbers<double>("params_" + name, [.. values.Select(value => value?.Number)])
            : new Words("params_" + name, [.. values.Select(value => value?.ToString())]);
    }

    private interface IColumn
    {
        DataField Field { get; }

        Task WriteAsync(ParquetRowGroupWriter rows);
    }

    private sealed record Numbers<T>(string Name, T?[] Values) : IColumn
        where T : struct
    {
        public DataField Field { get; } = new DataField<T?>(Name);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync<T>(Field, Values.AsMemory());
    }

    private sealed record Words(string Name, string?[] Values) : IColumn
    {
        public DataField Field { get; } = new DataField<string>(Name);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync(Field, Values!);
    }
}
