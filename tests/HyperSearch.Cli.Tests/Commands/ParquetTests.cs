using HyperSearch.Cli.Output;
using HyperSearch.Planning;
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
            ("params_learning_rate", typeof(double)), ("params_hidden_units", typeof(double)), ("params_optimizer", Word),
            ("params_adam_epsilon", typeof(double)), ("metrics_dev_error", typeof(double)), ("metrics_train_error", typeof(double)),
        ], types);
        using var rows = reader.OpenRowGroupReader(0);
        Assert.Equal(3, rows.RowCount);
        var values = new double?[3];
        await rows.ReadAsync<double>((DataField)reader.Schema.Fields[2], values.AsMemory(),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([0.1, null, 0.2], values);
    }
}
