using HyperSearch.Planning;
using HyperSearch.Spaces;
using Parquet;
using Parquet.Schema;

namespace HyperSearch.Cli.Output;

/// <summary>Every trial as a Parquet file: the columns of the CSV table, each in its own type; what a trial does not have is
/// null.</summary>
internal static class ParquetTrials
{
    /// <summary>From here on not every whole number has a double of its own.</summary>
    private const double Exact = 1L << 53;

    /// <summary>At how many positions a scale is asked whether it has whole numbers only.</summary>
    private const int Looks = 101;

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
            new Moments("started", [.. trials.Select(trial => trial.Jobs.IsEmpty ? (DateTime?)null : trial.Jobs[0].Started.UtcDateTime)]),
            new Words("reason", [.. trials.Select(trial => trial.Reason)]),
        ];
        if (campaign.Search.Confirm is not null || trials.Any(trial => trial.Confirmed is not null))
        {
            columns.Add(new Numbers<double>("confirmed_mean", [.. trials.Select(trial => trial.Confirmed?.Mean)]));
            columns.Add(new Numbers<double>("confirmed_standard_error", [.. trials.Select(trial => trial.Confirmed?.StandardError)]));
            columns.Add(new Numbers<int>("confirmed_runs", [.. trials.Select(trial => trial.Confirmed?.Values.Length)]));
        }

        columns.AddRange(campaign.Search.Space.Parameters.Select(parameter => Parameter(parameter, trials)));
        columns.AddRange(NamedMetrics.NamesOf(trials).Order(StringComparer.Ordinal)
            .Select(name => new Numbers<double>("metrics_" + name,
                [.. trials.Select(trial => trial.Measured.Find(name))])));
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), output);
        using var rows = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.WriteAsync(rows);
    }

    /// <summary>Numbers, whole ones where the scale has no others, or booleans, where all values are such; else words.</summary>
    private static IColumn Parameter(Parameter parameter, IReadOnlyCollection<Trial> trials)
    {
        var name = "params_" + parameter.Name;
        var values = trials
            .Select(trial => trial.Point.TryGetValue(parameter.Name, out var value) ? (ParameterValue?)value : null).ToArray();
        if (values.All(value => value is null or { IsNumber: true }))
        {
            return HasWholeNumbersOnly(parameter.Scale) && values.All(value => value is null || IsWhole(value.Value))
                ? new Numbers<long>(name, [.. values.Select(value => (long?)value?.Number)])
                : new Numbers<double>(name, [.. values.Select(value => value?.Number)]);
        }

        return values.All(value => value is null or { IsBoolean: true })
            ? new Numbers<bool>(name, [.. values.Select(value => (bool?)value?.Boxed)])
            : new Words(name, [.. values.Select(value => value?.ToString())]);
    }

    private static bool HasWholeNumbersOnly(Scale scale) =>
        Enumerable.Range(0, Looks).All(look => IsWhole(scale.At((double)look / (Looks - 1))));

    private static bool IsWhole(ParameterValue value) =>
        value.IsNumber && Math.Abs(value.Number) < Exact && double.IsInteger(value.Number);

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

    private sealed record Moments(string Name, DateTime?[] Values) : IColumn
    {
        public DataField Field { get; } = new DateTimeDataField(
            Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync<DateTime>(Field, Values.AsMemory());
    }

    private sealed record Words(string Name, string?[] Values) : IColumn
    {
        public DataField Field { get; } = new DataField<string>(Name);

        public async Task WriteAsync(ParquetRowGroupWriter rows) => await rows.WriteAsync(Field, Values!);
    }
}
