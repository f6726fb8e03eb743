using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests.Data;

/// <summary>IDX and NPY files and folders of pictures, made together with what they say.</summary>
internal static class ArrayCase
{
    private static readonly string[] Types = ["<f4", ">f4", "<f8", ">f8", "<i2", ">i2", "<i4", ">i4", "|u1", "|i1", "<i8", "<u2"];

    /// <summary>A pair of NPY files, some of them zipped or stored by column.</summary>
    public static DataCase Numpy(RandomStream random)
    {
        var (rows, columns, type, byColumn) = (20 + random.NextInt(40), 1 + random.NextInt(6), Types[random.NextInt(Types.Length)],
            random.Happens(0.3));
        var values = Enumerable.Range(0, rows * columns).Select(_ => (double)random.NextInt(100)).ToArray();
        var stored = byColumn ? [.. Enumerable.Range(0, values.Length).Select(i => values[(i % rows * columns) + (i / rows)])] : values;
        var labels = Enumerable.Range(0, rows).Select(row => (double)(row % 3)).ToArray();
        var zipped = random.Happens(0.3);
        var (x, y) = (Npy(type, [rows, columns], stored, byColumn), Npy("<i4", [rows], labels, false));
        var files = new Dictionary<string, byte[]> { ["x.npy"] = zipped ? TableCase.Gzip(x) : x, ["y.npy"] = y };
        return new DataCase(new DataSource { Images = "x.npy", Labels = "y.npy", Normalize = "none" }, files,
            _ => Lines(values, labels, rows, columns));
    }

    /// <summary>One NPY matrix whose last column is the label.</summary>
    public static DataCase Matrix(RandomStream random)
    {
        var (rows, columns) = (20 + random.NextInt(40), 2 + random.NextInt(5));
        var values = Enumerable.Range(0, rows * columns)
            .Select(i => i % columns == columns - 1 ? i / columns % 2 : Math.Round(random.NextNormal() * 50, 2)).ToArray();
        return new DataCase(new DataSource { Path = "m.npy", Normalize = "none" },
            new Dictionary<string, byte[]> { ["m.npy"] = Npy("<f8", [rows, columns], values, false) },
            _ => Enumerable.Range(0, rows).Select(row => string.Join('|', Enumerable.Range(0, columns)
                .Select(column => LoadedRows.Text((float)values[(row * columns) + column])))));
    }

    /// <summary>A pair of IDX files.</summary>
    public static DataCase Idx(RandomStream random)
    {
        var (rows, height, width) = (20 + random.NextInt(40), 1 + random.NextInt(5), 1 + random.NextInt(5));
        var values = Enumerable.Range(0, rows * height * width).Select(_ => (double)random.NextInt(256)).ToArray();
        var labels = Enumerable.Range(0, rows).Select(row => (double)(row % 3)).ToArray();
        var (images, marks) = (Idx([rows, height, width], values), Idx([rows], labels));
        var zipped = random.Happens(0.3);
        var files = new Dictionary<string, byte[]>
        {
            ["images"] = zipped ? TableCase.Gzip(images) : images,
            ["labels"] = zipped ? TableCase.Gzip(marks) : marks
        };
        return new DataCase(new DataSource { Images = "images", Labels = "labels", Normalize = "none" }, files,
            _ => Lines(values, labels, rows, height * width));
    }

    /// <summary>A folder of pictures, grey or in colour.</summary>
    public static DataCase PictureFolder(RandomStream random)
    {
        var (height, width) = (1 + random.NextInt(6), 1 + random.NextInt(6));
        var (channels, classes) = (random.Happens(0.5) ? 1 : 3, 2 + random.NextInt(2));
        var (files, lines) = (new Dictionary<string, byte[]>(), new List<string>());
        for (var picture = 0; picture < 24; picture++)
        {
            var name = "class " + (char)('a' + (picture % classes));
            var pixels = Enumerable.Range(0, height * width * channels).Select(_ => (byte)random.NextInt(256)).ToArray();
            files[$"pictures/{name}/{picture}.png"] = Pictures.Png(height, width, channels,
                (y, x, c) => pixels[(((y * width) + x) * channels) + c]);
            lines.Add(string.Join('|', pixels.Select(pixel => LoadedRows.Text(pixel)).Append(name)));
        }

        return new DataCase(new DataSource { Path = "pictures", Normalize = "none" }, files, _ => lines);
    }

    private static IEnumerable<string> Lines(double[] values, double[] labels, int rows, int columns) => Enumerable.Range(0, rows)
        .Select(row => string.Join('|', Enumerable.Range(0, columns).Select(column => values[(row * columns) + column]).Append(labels[row])
            .Select(value => LoadedRows.Text((float)value))));

    private static byte[] Idx(int[] shape, double[] values)
    {
        var header = new byte[4 + (4 * shape.Length)];
        (header[2], header[3]) = (8, (byte)shape.Length);
        for (var i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), shape[i]);
        return [.. header, .. values.Select(value => (byte)value)];
    }

    private static byte[] Npy(string type, int[] shape, double[] values, bool byColumn)
    {
        var sizes = string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture))) + (shape.Length == 1 ? "," : "");
        var text = $"{{'descr': '{type}', 'fortran_order': {(byColumn ? "True" : "False")}, 'shape': ({sizes}), }}";
        text = text.PadRight(((text.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.Latin1.GetBytes(text),
            .. values.SelectMany(value => Number(type, value))];
    }

    private static byte[] Number(string type, double value)
    {
        byte[] little = type[1..] switch
        {
            "f4" => BitConverter.GetBytes((float)value),
            "f8" => BitConverter.GetBytes(value),
            "i2" => BitConverter.GetBytes((short)value),
            "u2" => BitConverter.GetBytes((ushort)value),
            "i8" => BitConverter.GetBytes((long)value),
            "u1" or "i1" => [(byte)value],
            _ => BitConverter.GetBytes((int)value),
        };
        return type[0] == '>' ? [.. little.Reverse()] : little;
    }
}
