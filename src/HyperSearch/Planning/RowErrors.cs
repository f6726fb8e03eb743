using System.Buffers.Binary;
using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>What each dev row adds to a trial's metric, so that two trials can be compared row by row.</summary>
/// <remarks>
/// The metric falls and rises with the mean over the rows. Where it is a share of rows, a row is wrong or right and takes a bit; a loss
/// takes
/// two bytes (IEEE 754 half precision, a relative error below 0.1 %). Kept of the leaders only. Immutable; equal when every row is.
/// </remarks>
public sealed class RowErrors : IEquatable<RowErrors>
{
    /// <summary>Of how many trials they are kept: of every trial that is among so many best ones when it ends.</summary>
    public const int Leaders = 25;

    /// <summary>More losses than this are not kept, because they would take more than the rest of the trial: 20,000 rows.</summary>
    public const int MostLosses = 20_000;

    /// <summary>More marks than this are not kept: 1,000,000 rows.</summary>
    public const int MostMarks = 1_000_000;

    /// <summary>Takes bytes as they are kept.</summary>
    /// <param name="rows">How many dev rows there are, at least 1.</param>
    /// <param name="isShare">Whether a row is a bit: wrong or right.</param>
    /// <param name="bytes">One bit a row, the lowest first, or one half-precision number a row, little-endian.</param>
    /// <exception cref="ArgumentException">The bytes are fewer or more than so many rows take.</exception>
    public RowErrors(int rows, bool isShare, ImmutableArray<byte> bytes)
    {
        var taken = isShare ? (rows + 7L) / 8 : 2L * rows;
        if (rows < 1 || bytes.IsDefault || bytes.Length != taken)
            throw new ArgumentException($"{rows} rows take {taken} bytes, not {(bytes.IsDefault ? 0 : bytes.Length)}.", nameof(bytes));
        (Rows, IsShare, Bytes) = (rows, isShare, bytes);
    }

    /// <summary>How many dev rows there are.</summary>
    public int Rows { get; }

    /// <summary>Whether a row is wrong (1) or right (0); otherwise it has a loss.</summary>
    public bool IsShare { get; }

    /// <summary>As they are kept.</summary>
    public ImmutableArray<byte> Bytes { get; }

    /// <summary>What a row adds: 0 or 1, or its loss.</summary>
    /// <param name="row">From 0.</param>
    public double this[int row] => IsShare
        ? (Bytes[row / 8] >> (row % 8)) & 1
        : (double)BinaryPrimitives.ReadHalfLittleEndian(Bytes.AsSpan().Slice(2 * row, 2));

    /// <summary>Keeps which rows are wrong.</summary>
    /// <param name="mistakes">Not 0 where a row is wrong.</param>
    /// <returns><c>null</c> where there are no rows, or too many.</returns>
    public static RowErrors? OfMistakes(ReadOnlySpan<float> mistakes)
    {
        if (mistakes.Length is < 1 or > MostMarks)
            return null;
        var bytes = new byte[(mistakes.Length + 7) / 8];
        for (var row = 0; row < mistakes.Length; row++)
            bytes[row / 8] |= (byte)(mistakes[row] != 0 ? 1 << (row % 8) : 0);
        return new(mistakes.Length, isShare: true, ImmutableArray.Create(bytes));
    }

    /// <summary>Keeps the losses of the rows.</summary>
    /// <param name="losses">One for each row.</param>
    /// <returns><c>null</c> where there are no rows or too many, or where a loss is NaN.</returns>
    public static RowErrors? OfLosses(ReadOnlySpan<float> losses)
    {
        if (losses.Length is < 1 or > MostLosses)
            return null;
        var bytes = new byte[2 * losses.Length];
        for (var row = 0; row < losses.Length; row++)
        {
            if (float.IsNaN(losses[row]))
                return null;
            var (most, least) = ((float)Half.MaxValue, (float)Half.MinValue);
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * row), (Half)Math.Clamp(losses[row], least, most));
        }

        return new(losses.Length, isShare: false, ImmutableArray.Create(bytes));
    }

    /// <inheritdoc/>
    public bool Equals(RowErrors? other) =>
        other is not null && Rows == other.Rows && IsShare == other.IsShare && Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RowErrors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rows, IsShare, Bytes[0], Bytes[^1]);
}
