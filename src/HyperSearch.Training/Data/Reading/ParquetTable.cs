using System.Buffers;
using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;
using Encodings = Parquet.Meta.Encoding;
using PageType = Parquet.Meta.PageType;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Turns a Parquet file into the text of a CSV file with a header, so that whatever reads CSV reads Parquet too, by the same
/// rules.</summary>
/// <remarks>
/// A null is an empty cell. Numbers are the shortest digits that read back exactly; a moment is written as <c>2026-01-31 08:15:00</c>,
/// without
/// its time where that is midnight in the whole column; true and false are words. A column that pandas names for its index,
/// <c>__index_level_0__</c>, has no name. Lists, structures and raw bytes are refused. Only this class knows the library, so that it is
/// loaded for Parquet files alone.
/// </remarks>
internal static class ParquetTable
{
    /// <summary>More cells than this are refused: they would not fit into the memory of an array.</summary>
    private const long MostCells = int.MaxValue;

    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\n\r;\t|");

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>Whether the first bytes of a file are those of a Parquet file.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith(Magic);

    /// <summary>The file as CSV in UTF-8.</summary>
    /// <param name="stream">The file; read from its start.</param>
    /// <param name="file">The file as messages name it.</param>
    /// <exception cref="DataException">The file is damaged, or holds what is no table of numbers and words.</exception>
    public static byte[] ToCsv(Stream stream, string file)
    {
        try
        {
            return ToCsvAsync(stream, file).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (DataException or OutOfMemoryException))
        {
            throw new DataException($"{file}: this Parquet file is damaged, cut short or encrypted; write it again.", e);
        }
    }

    private static async Task<byte[]> ToCsvAsync(Stream stream, string file)
    {
        await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true);
        var fields = reader.Schema.Fields.Select(field => Plain(field, file)).ToArray();
        var columns = fields.Select(_ => new List<string>()).ToArray();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            if (rows.RowCount < 0 || (rows.RowCount + columns[0].Count) * (long)fields.Length > MostCells)
                throw new DataException($"{file}: {rows.RowCount} rows of {fields.Length} columns are too many to be read at once.");
            for (var column = 0; column < fields.Length; column++)
                columns[column].AddRange(await ReadNamedAsync(rows, fields[column], (int)rows.RowCount, file));
        }

        var text = new StringBuilder().AppendJoin(',', fields.Select(field => Quoted(NameOf(field)))).Append('\n');
        for (var column = 0; column < fields.Length; column++)
        {
            if (fields[column].ClrType == typeof(DateTime) && columns[column].TrueForAll(static cell => cell.Length == 0
                || cell.EndsWith(" 00:00:00", StringComparison.Ordinal)))
                columns[column] = columns[column].ConvertAll(static cell => cell.Length == 0 ? cell : cell[..10]);
        }

        var hasOne = fields.Length == 1; // a blank line would be passed over
        for (var row = 0; row < columns[0].Count; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                var cell = columns[column][row];
                text.Append(column == 0 ? "" : ",").Append(hasOne && cell.Length == 0 ? "\"\"" : Quoted(cell));
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static DataField Plain(Field field, string file)
    {
        if (field is not DataField { IsArray: false } plain || plain.MaxRepetitionLevel > 0)
            throw new DataException($"{file}: column \"{field.Name}\" holds lists or structures; a table needs one number or word in each "
                + "cell. Write it in columns of its own, or leave it out.");
        return plain.ClrType != typeof(byte[]) && plain.ClrType != typeof(ReadOnlyMemory<byte>)
            ? plain
            : throw new DataException($"{file}: column \"{field.Name}\" holds raw bytes. Write it as text or numbers, or leave it out.");
    }

    private static string NameOf(DataField field) =>
        field.Name.StartsWith("__index_level_", StringComparison.Ordinal) && field.Name.EndsWith("__", StringComparison.Ordinal)
            ? ""
            : field.Name;

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(Special) || cell.StartsWith(' ') || cell.EndsWith(' ')
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;

    private static async Task<IReadOnlyList<string>> ReadNamedAsync(ParquetRowGroupReader rows, DataField field, int count, string file)
    {
        try
        {
            if (field.ClrType == typeof(bool) && IsInRuns(rows, field))
            {
                throw new DataException($"{file}: column \"{field.Name}\" holds truth values in the encoding RLE of newer data pages, "
                    + "which cannot be read here. Write them as 0 and 1, or write the file with data pages of version 1 (pyarrow's "
                    + "data_page_version=\"1.0\", its default).");
            }

            return await ReadAsync(rows, field, count, file);
        }
        catch (Exception e) when (e is not (DataException or OutOfMemoryException))
        {
            throw new DataException($"{file}: column \"{field.Name}\" cannot be read: it is damaged, or written in an encoding that is not "
                + "known here. Write the file again, for instance by pandas' to_parquet, or as CSV.", e);
        }
    }

    /// <summary>Whether truth values are encoded in runs. The library takes their bits for those of another width, and gives wrong
    /// ones.</summary>
    private static bool IsInRuns(ParquetRowGroupReader rows, DataField field) => rows.GetMetadata(field)?.MetaData is { } chunk
        && (chunk.EncodingStats is { Count: > 0 } pages
            ? pages.Exists(static page => page is { Encoding: Encodings.RLE, PageType: not PageType.DICTIONARY_PAGE })
            : !chunk.Encodings.Contains(Encodings.PLAIN));

    private static async Task<IReadOnlyList<string>> ReadAsync(ParquetRowGroupReader rows, DataField field, int count, string file)
    {
        static string Number<T>(T value)
            where T : struct, IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
        if (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>))
        {
            var words = new string?[count];
            await rows.ReadAsync(field, words.AsMemory()!);
            return [.. words.Select(static word => word ?? "")];
        }

        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Boolean => await ReadAsync<bool>(rows, field, count, static value => value ? "true" : "false"),
            TypeCode.Byte => await ReadAsync<byte>(rows, field, count, Number),
            TypeCode.SByte => await ReadAsync<sbyte>(rows, field, count, Number),
            TypeCode.Int16 => await ReadAsync<short>(rows, field, count, Number),
            TypeCode.UInt16 => await ReadAsync<ushort>(rows, field, count, Number),
            TypeCode.Int32 => await ReadAsync<int>(rows, field, count, Number),
            TypeCode.UInt32 => await ReadAsync<uint>(rows, field, count, Number),
            TypeCode.Int64 => await ReadAsync<long>(rows, field, count, Number),
            TypeCode.UInt64 => await ReadAsync<ulong>(rows, field, count, Number),
            TypeCode.Single => await ReadAsync<float>(rows, field, count, Number),
            TypeCode.Double => await ReadAsync<double>(rows, field, count, Number),
            TypeCode.Decimal => await ReadAsync<decimal>(rows, field, count, Number),
            TypeCode.DateTime => await ReadAsync<DateTime>(rows, field, count,
                static value => value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            _ when field.ClrType == typeof(DateOnly) => await ReadAsync<DateOnly>(rows, field, count,
                static value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ when field.ClrType == typeof(TimeSpan) => await ReadAsync<TimeSpan>(rows, field, count,
                static value => Number(value.TotalSeconds)),
            _ when field.ClrType == typeof(TimeOnly) => await ReadAsync<TimeOnly>(rows, field, count,
                static value => Number(value.ToTimeSpan().TotalSeconds)),
            _ when field.ClrType == typeof(Guid) => await ReadAsync<Guid>(rows, field, count, static value => value.ToString()),
            _ => throw new DataException($"{file}: column \"{field.Name}\" holds {field.ClrType.Name}, which is neither a number nor a "
                + "word. Write it as one of them, or leave it out."),
        };
    }

    private static async Task<IReadOnlyList<string>> ReadAsync<T>(
        ParquetRowGroupReader rows, DataField field, int count, Func<T, string> text)
        where T : struct
    {
        if (!field.IsNullable)
        {
            var all = new T[count];
            await rows.ReadAsync(field, all.AsMemory());
            return [.. all.Select(text)];
        }

        var some = new T?[count];
        await rows.ReadAsync(field, some.AsMemory());
        return [.. some.Select(value => value is { } known ? text(known) : "")];
    }
}
