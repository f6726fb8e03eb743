using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Reading;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Models;

/// <summary>Models as files that are either whole or refused, and never run code.</summary>
/// <remarks>
/// Layout, little-endian: 8 bytes <c>HSMODEL1</c>, 8 bytes payload length, payload, 8 bytes XxHash3 of all before. Payload: the schema as JSON, the number
/// of layers, and for each its inputs, outputs, activation, leaky slope, weights [inputs, outputs] and biases; then the number of classes of the
/// confusion matrix (0 when there is none) and its counts, row by row. Texts have their length before them.
/// </remarks>
internal static class ModelFile
{
    private const int HeaderLength = 16, HashLength = 8;

    private static ReadOnlySpan<byte> Magic => "HSMODEL1"u8;

    /// <summary>Writes beside the place, flushes to the disk, then renames.</summary>
    public static void Write(Model model, string path)
    {
        using var content = new MemoryStream();
        content.Write(Magic);
        content.Write(stackalloc byte[8]);
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(model.Schema.ToJson());
            writer.Write(model.Layers.Count);
            foreach (var layer in model.Layers)
            {
                writer.Write(layer.Inputs);
                writer.Write(layer.Outputs);
                writer.Write(layer.Activation.ToString());
                writer.Write(layer.LeakySlope);
                writer.Write(LittleEndian(layer.Weights));
                writer.Write(LittleEndian(layer.Biases));
            }
            writer.Write(model.Confusion?.Counts.Count ?? 0);
            foreach (var count in model.Confusion?.Counts.SelectMany(static row => row) ?? [])
                writer.Write(count);
        }
        var bytes = content.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), bytes.Length - HeaderLength);
        var hash = new byte[HashLength];
        BinaryPrimitives.WriteUInt64LittleEndian(hash, XxHash3.HashToUInt64(bytes));
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            file.Write(bytes);
            file.Write(hash);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a whole model or none.</summary>
    /// <exception cref="DataException">The file is missing, damaged or no model.</exception>
    public static Model Read(string path)
    {
        var file = new DataFile(null, path);
        return file.Read(stream =>
        {
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var bytes = memory.ToArray();
            RequireWhole(bytes, file.Name);
            try
            {
                using var reader = new BinaryReader(new MemoryStream(bytes, HeaderLength, bytes.Length - HeaderLength - HashLength), Encoding.UTF8);
                var schema = DataSchema.FromJson(reader.ReadString());
                var layers = new ModelLayer[reader.ReadInt32()];
                for (var i = 0; i < layers.Length; i++)
                    layers[i] = Layer(reader);
                return new Model(schema, layers) { Confusion = Confusion(reader, schema) };
            }
            catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException)
            {
                throw new DataException($"{file.Name}: the model was written by another version of this program.", e);
            }
        });
    }

    /// <summary>Numbers as bytes, least significant first, whatever the machine.</summary>
    public static byte[] LittleEndian(ReadOnlySpan<float> numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(float)];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), numbers[i]);
        return bytes;
    }

    private static void RequireWhole(byte[] bytes, string file)
    {
        if (bytes.Length < HeaderLength + HashLength || !bytes.AsSpan(0, 8).SequenceEqual(Magic))
            throw new DataException($"{file} is not a model file.");
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)) != bytes.Length - HeaderLength - HashLength)
            throw new DataException($"{file}: the model is cut short or has something behind it; write it again.");
        if (XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - HashLength)) != BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - HashLength)))
            throw new DataException($"{file}: the model is damaged, its checksum does not match; write it again.");
    }

    private static ModelLayer Layer(BinaryReader reader)
    {
        int inputs = reader.ReadInt32(), outputs = reader.ReadInt32();
        var activation = Enum.Parse<Activation>(reader.ReadString());
        var slope = reader.ReadSingle();
        return new ModelLayer(inputs, outputs, Numbers(reader, checked(inputs * outputs)), Numbers(reader, outputs), activation, slope);
    }

    private static ConfusionMatrix? Confusion(BinaryReader reader, DataSchema schema)
    {
        var counts = new int[reader.ReadInt32()][];
        for (var actual = 0; actual < counts.Length; actual++)
        {
            counts[actual] = new int[counts.Length];
            for (var predicted = 0; predicted < counts.Length; predicted++)
                counts[actual][predicted] = reader.ReadInt32();
        }
        return counts.Length == 0 ? null : new ConfusionMatrix(schema.Classes, counts);
    }

    private static float[] Numbers(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(checked(count * sizeof(float)));
        if (bytes.Length != count * sizeof(float))
            throw new EndOfStreamException();
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return numbers;
    }
}
