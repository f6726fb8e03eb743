using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HyperSearch.Training.Data.Reading;

/// <summary>The header of an IDX or NPY file, as it stands before the numbers.</summary>
/// <param name="Shape">Sizes, the number of examples first.</param>
/// <param name="Type">How a number is stored.</param>
/// <remarks>
/// IDX: two zero bytes, the type, the number of dimensions, then each dimension as a big-endian 32-bit integer (Y. LeCun's MNIST page).
/// NPY: byte 0x93, "NUMPY", version, length of the header, a Python dictionary (NumPy Enhancement Proposal 1).
/// </remarks>
internal sealed partial record ArrayHeader(int[] Shape, ElementType Type)
{
    /// <summary>Whether the first dimension changes fastest, as Fortran stores arrays.</summary>
    public bool ByColumn { get; private init; }

    private const int MostDimensions = 4;
    private const int LongestText = 1 << 16;

    /// <summary>Reads the header of either format.</summary>
    /// <exception cref="DataException">The file begins as neither does, or its header makes no sense.</exception>
    public static ArrayHeader Read(Stream stream, string file)
    {
        Span<byte> magic = stackalloc byte[4];
        stream.ReadExactly(magic);
        if (magic is [0x93, (byte)'N', (byte)'U', (byte)'M'])
            return Numpy(stream, file);
        if (magic[0] == 0 && magic[1] == 0)
            return Idx(stream, magic[2], magic[3], file);
        throw new DataException($"{file}: this is neither an IDX nor an NPY file; its first bytes are {Convert.ToHexString(magic)}, "
            + $"not 0000 or 934E554D.");
    }

    private static ArrayHeader Idx(Stream stream, byte type, byte dimensions, string file)
    {
        var element = type switch
        {
            0x08 => new ElementType('u', 1, true),
            0x09 => new ElementType('i', 1, true),
            0x0B => new ElementType('i', 2, true),
            0x0C => new ElementType('i', 4, true),
            0x0D => new ElementType('f', 4, true),
            0x0E => new ElementType('f', 8, true),
            _ => throw new DataException($"{file}: the IDX type 0x{type:X2} is unknown; types are 0x08, 0x09 and 0x0B to 0x0E. The "
                + $"file is damaged or not IDX."),
        };
        if (dimensions is 0 or > MostDimensions)
            throw new DataException($"{file}: the IDX header says {dimensions} dimensions; 1 (labels) to {MostDimensions} are possible.");
        var shape = new int[dimensions];
        Span<byte> size = stackalloc byte[4];
        for (var i = 0; i < dimensions; i++)
        {
            stream.ReadExactly(size);
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(size);
        }
        return new ArrayHeader(shape, element);
    }

    private static ArrayHeader Numpy(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[4];
        stream.ReadExactly(start);
        if (start is not [(byte)'P', (byte)'Y', 1 or 2 or 3, 0])
            throw new DataException($"{file}: this NPY version is unknown; versions 1.0 to 3.0 are.");
        Span<byte> length = stackalloc byte[4];
        length.Clear();
        stream.ReadExactly(length[..(start[2] == 1 ? 2 : 4)]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (count > LongestText)
            throw new DataException($"{file}: the NPY header claims {count} bytes; the file is damaged.");
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        var text = Encoding.Latin1.GetString(bytes);
        var (type, order, shape) = (TypePattern().Match(text), OrderPattern().Match(text), ShapePattern().Match(text));
        if (!type.Success || !order.Success || !shape.Success)
            throw new DataException($"{file}: the NPY header does not say type, order and shape of one plain array; records and text "
                + $"are not data to learn from.");
        var element = new ElementType(type.Groups[2].Value[0], int.Parse(type.Groups[3].Value, CultureInfo.InvariantCulture),
            type.Groups[1].Value == ">");
        if (!element.IsKnown)
            throw new DataException($"{file}: numbers of the NPY type {type.Groups[2].Value}{type.Groups[3].Value} cannot be read; "
                + $"save them as float32.");
        var sizes = shape.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(s => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                ? n
                : throw new DataException($"{file}: the NPY header says {s} for a dimension; it is damaged, or the array larger than "
                + $"{int.MaxValue}.")).ToArray();
        return sizes.Length is > 0 and <= MostDimensions
            ? new ArrayHeader(sizes, element) { ByColumn = order.Groups[1].Value == "True" }
            : throw new DataException($"{file}: the array has {sizes.Length} dimensions; 1 (labels) to {MostDimensions} are possible.");
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([<>|=])([a-zA-Z])(\d{1,3})'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape'\s*:\s*\(([\d\s,]*)\)")]
    private static partial Regex ShapePattern();
}

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
