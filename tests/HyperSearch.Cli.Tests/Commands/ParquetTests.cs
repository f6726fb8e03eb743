using HyperSearch.Cli.Output;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using Parquet;
using Parquet.Schema;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>Trials as a Parquet file.</summary>
public sealed class ParquetTests
{
    private static readonly Type Word = typeof(ReadOnlyMemory<char>);

    [Fact]
    public async Task File_HasTheColumnsOfTheTableInTheirOwnTypes()
    {
        var campaign = Samples.Campaign(
            Samples.Trial(0, 0.1), Samples.Trial(1, null, OutcomeState.Failed) with { Reason = "two\nlines" }, Samples.Trial(2, 0.2));
        using var stream = new MemoryStream();
        await ParquetTrials.WriteAsync(stream, campaign);
        stream.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        var types = reader.Schema.Fields.Cast<DataField>().Select(field => (field.Name, field.ClrType));
        Assert.Equal(
        [
            ("trial", typeof(int)), ("state", Word), ("value", typeof(double)), ("epochs", typeof(int)),
            ("seconds", typeof(double)), ("origin", Word), ("started", typeof(DateTime)), ("reason", Word),
            ("params_learning_rate", typeof(double)), ("params_hidden_units", typeof(long)), ("params_optimizer", Word),
            ("params_adam_epsilon", typeof(double)), ("metrics_dev_error", typeof(double)), ("metrics_train_error", typeof(double)),
        ], types);
        var started = Assert.IsType<DateTimeDataField>(reader.Schema.Fields[6]);
        Assert.Equal((true, DateTimeTimeUnit.Micros), (started.IsAdjustedToUTC, started.Unit));
        using var rows = reader.OpenRowGroupReader(0);
        Assert.Equal(3, rows.RowCount);
        var values = new double?[3];
        await rows.ReadAsync<double>((DataField)reader.Schema.Fields[2], values.AsMemory(),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([0.1, null, 0.2], values);
    }

    [Fact]
    public async Task File_HasWholeNumbersAndBooleansAsSuch()
    {
        Parameter[] parameters =
        [
            new("flag", new ChoiceScale(true, false)), new("whole", new ChoiceScale(1.0, 2.0)), new("half", new ChoiceScale(1.0, 2.5)),
            new("mixed", new ChoiceScale(1.0, "two")), new("power", new PowerOfTwoScale(16, 64)), new("share", new UniformScale(0, 4)),
        ];
        var point = new Point(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Scale.At(0))));
        var sample = Samples.Campaign(Samples.Trial(0, 0.1) with { Point = point }, Samples.Trial(1, 0.2) with { Point = new Point([]) });
        using var stream = new MemoryStream();
        await ParquetTrials.WriteAsync(stream, sample with { Search = sample.Search with { Space = new Space(parameters) } });
        stream.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([typeof(bool), typeof(long), typeof(double), typeof(double), typeof(long), typeof(double)],
            reader.Schema.Fields.Cast<DataField>().Where(field => field.Name.StartsWith("params_", StringComparison.Ordinal))
                .Select(field => field.ClrType));
        using var rows = reader.OpenRowGroupReader(0);
        var (flags, powers) = (new bool?[2], new long?[2]);
        await rows.ReadAsync<bool>(reader.Schema.FindDataField("params_flag"), flags.AsMemory(),
            cancellationToken: TestContext.Current.CancellationToken);
        await rows.ReadAsync<long>(reader.Schema.FindDataField("params_power"), powers.AsMemory(),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((true, null, 16L, null), (flags[0], flags[1], powers[0], powers[1]));
    }
}
