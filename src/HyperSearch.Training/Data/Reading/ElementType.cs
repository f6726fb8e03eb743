using System.Buffers.Binary;

namespace HyperSearch.Training.Data.Reading;

/// <summary>How one number of a binary array is stored.</summary>
/// <param name="Kind">f: floating point, i: signed, u: unsigned integer, b: truth value.</param>
/// <param name="Size">Bytes of a number.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct ElementType(char Kind, int Size, bool BigEndian)
{
    /// <summary>Whether <see cref="Decode"/> knows this type.</summary>
    public bool IsKnown => (Kind, Size) is ('f', 2 or 4 or 8) or ('i' or 'u', 1 or 2 or 4 or 8) or ('b', 1);

    /// <summary>Whether there are numbers that single precision cannot hold.</summary>
    public bool IsWide => (Kind, Size) is ('f', 8) or ('i' or 'u', 4 or 8);

    /// <summary>Decodes numbers that lie one after the other.</summary>
    /// <param name="source">As many bytes as the numbers take.</param>
    /// <param name="target">Every element is overwritten.</param>
    public void Decode(ReadOnlySpan<byte> source, Span<double> target)
    {
        Span<byte> cell = stackalloc byte[8];
        for (var i = 0; i < target.Length; i++)
        {
            cell.Clear();
            source.Slice(i * Size, Size).CopyTo(cell);
            if (BigEndian)
                cell[..Size].Reverse();
            target[i] = One(cell);
        }
    }

    private double One(ReadOnlySpan<byte> cell) => (Kind, Size) switch
    {
        ('f', 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(cell),
        ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(cell),
        ('f', _) => BinaryPrimitives.ReadDoubleLittleEndian(cell),
        ('i', 1) => (sbyte)cell[0],
        ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(cell),
        ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(cell),
        ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(cell),
        _ => BinaryPrimitives.ReadUInt64LittleEndian(cell),
    };
}
