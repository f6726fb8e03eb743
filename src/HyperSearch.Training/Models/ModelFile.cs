using System.Buffers.Binary;
using System.Text;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Reading;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Scores;
using HyperSearch.Training.Storage;

namespace HyperSearch.Training.Models;

/// <summary>Models as files that are either whole or refused, and never run code.</summary>
/// <remarks>
/// A <see cref="SealedFile"/> of the kind <c>HSMODEL1</c>, little-endian: the schema as JSON, the number of layers, and for each its
/// inputs, outputs,
/// activation, leaky slope, weights [inputs, outputs] and biases; then the number of classes of the confusion matrix (0 when there is none)
/// and its counts,
/// row by row; then the number of marks of the rows that were learned from and the marks, which models of earlier versions lack. Texts have
/// their length before them. Several networks make the kind <c>HSMODEL2</c>: in the place of the layers stand the number of networks and
/// for each its
/// weight (double), means, 1/σ and layers.
/// </remarks>
internal static class ModelFile
{
    private static ReadOnlySpan<byte> OneNetwork => "HSMODEL1"u8;

    private static ReadOnlySpan<byte> SeveralNetworks => "HSMODEL2"u8;

    /// <summary>Writes beside the place, flushes to the disk, then renames.</summary>
    public static void Write(Model model, string path)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(model.Schema.ToJson());
            if (model.Networks.Count == 1)
                Write(writer, model.Networks[0].Layers);
            else
                Write(writer, model.Networks);
            writer.Write(model.Confusion?.Counts.Count ?? 0);
            foreach (var count in model.Confusion?.Counts.SelectMany(static row => row) ?? [])
                writer.Write(count);
            writer.Write(model.Learned.Sorted.Length);
            foreach (var mark in model.Learned.Sorted)
                writer.Write(mark);
        }
        SealedFile.Write(path, model.Networks.Count == 1 ? OneNetwork : SeveralNetworks, content.GetBuffer().AsSpan(0,
            (int)content.Length));
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
            try
            {
                var bytes = memory.ToArray();
                var several = bytes.AsSpan().StartsWith(SeveralNetworks);
                using var reader = new BinaryReader(new MemoryStream(SealedFile.Payload(bytes, several ? SeveralNetworks
                    : OneNetwork)), Encoding.UTF8);
                var schema = DataSchema.FromJson(reader.ReadString());
                var networks = several ? Networks(reader, schema) : [new ModelNetwork(1, schema.Normalization, Layers(reader))];
                return new Model(schema, networks) { Confusion = Confusion(reader, schema), Learned = Marks(reader) };
            }
            catch (InvalidDataException flaw)
            {
                throw new DataException($"{file.Name}: the model {flaw.Message}; write it again.", flaw);
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

    private static void Write(BinaryWriter writer, IReadOnlyList<ModelNetwork> networks)
    {
        writer.Write(networks.Count);
        foreach (var network in networks)
        {
            writer.Write(network.Weight);
            writer.Write(LittleEndian([.. network.Normalization.Means]));
            writer.Write(LittleEndian([.. network.Normalization.Scales]));
            Write(writer, network.Layers);
        }
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<ModelLayer> layers)
    {
        writer.Write(layers.Count);
        foreach (var layer in layers)
        {
            writer.Write(layer.Inputs);
            writer.Write(layer.Outputs);
            writer.Write(layer.Activation.ToString());
            writer.Write(layer.LeakySlope);
            writer.Write(LittleEndian(layer.Weights));
            writer.Write(LittleEndian(layer.Biases));
        }
    }

    private static ModelNetwork[] Networks(BinaryReader reader, DataSchema schema)
    {
        var networks = new ModelNetwork[reader.ReadInt32()];
        var inputs = schema.FeatureNames.Count;
        for (var i = 0; i < networks.Length; i++)
            networks[i] = new ModelNetwork(reader.ReadDouble(), new Normalization(Numbers(reader, inputs), Numbers(reader, inputs)),
                Layers(reader));
        return networks;
    }

    private static ModelLayer[] Layers(BinaryReader reader)
    {
        var layers = new ModelLayer[reader.ReadInt32()];
        for (var i = 0; i < layers.Length; i++)
            layers[i] = Layer(reader);
        return layers;
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

    /// <summary>The marks; none where a file of an earlier version ends.</summary>
    private static RowMarks Marks(BinaryReader reader)
    {
        if (reader.BaseStream.Position == reader.BaseStream.Length)
            return RowMarks.None;
        var marks = new uint[reader.ReadInt32()];
        for (var i = 0; i < marks.Length; i++)
            marks[i] = reader.ReadUInt32();
        return new RowMarks(marks);
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
