using System.Buffers.Binary;
using Google.Protobuf;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models.Onnx;
using static HyperSearch.Training.Models.Onnx.AttributeProto.Types;

namespace HyperSearch.Training.Models;

/// <summary>Writes a model in the ONNX format, so that any runtime of it can answer.</summary>
/// <remarks>
/// Input <c>inputs</c>: raw rows, float32 [rows, inputs] in the order of the metadata's <c>feature_names</c>; normalization is part of the
/// model. They are
/// float64 where a column has numbers that single precision cannot tell apart, such as time stamps.
/// Output <c>probabilities</c>: float32 [rows, classes] in the order of the metadata's <c>classes</c>; or <c>prediction</c>: float32 [rows,
/// 1] in the
/// target's unit. Operator set 13 and IR version 7 (2020), which runtimes of the last years all read. The metadata's
/// <c>hypersearch.schema</c> is the
/// whole schema. Format: <see href="https://onnx.ai/onnx/repo-docs/IR.html">Open Neural Network Exchange intermediate representation</see>.
/// </remarks>
public static class OnnxModel
{
    private const int FloatType = 1;
    private const int DoubleType = 11;
    private const int IrVersion = 7;
    private const int OperatorSet = 13;

    /// <summary>Writes the model beside its place and renames it.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Model model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        var beside = path + ".new";
        using (var file = File.Create(beside))
        {
            Proto(model).WriteTo(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    private static ModelProto Proto(Model model)
    {
        var schema = model.Schema;
        var graph = new Builder(schema);
        var output = schema.Task == LearningTask.Regression ? "prediction" : "probabilities";
        if (model.Networks.Count == 1)
            graph.Answer(model.Networks[0], "", output);
        else
            graph.Average(model, output);
        var proto = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "HyperSearch",
            DocString = $"Predicts {schema.Label}.",
            Graph = graph.Finish(output, model.Answers),
        };
        proto.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSet });
        proto.MetadataProps.Add(Entry("feature_names", string.Join('\n', schema.FeatureNames)));
        proto.MetadataProps.Add(Entry("classes", string.Join('\n', schema.Classes)));
        proto.MetadataProps.Add(Entry("hypersearch.schema", schema.ToJson()));
        return proto;
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    private static AttributeProto Attribute(string name, long value) => new() { Name = name, I = value, Type = AttributeType.Int };

    private static AttributeProto Attribute(string name, float value) => new() { Name = name, F = value, Type = AttributeType.Float };

    /// <summary>Collects nodes and constants; each node's output has the name of the node.</summary>
    private sealed class Builder(DataSchema schema)
    {
        private readonly GraphProto _graph = new() { Name = "network" };
        private string? _inputs;

        public string Tensor(string name, float[] values, params int[] shape)
        {
            var tensor = new TensorProto
            {
                Name = name,
                DataType = FloatType,
                RawData = ByteString.CopyFrom(ModelFile.LittleEndian(values))
            };
            tensor.Dims.AddRange((shape.Length == 0 ? [values.Length] : shape).Select(static size => (long)size));
            _graph.Initializer.Add(tensor);
            return name;
        }

        public string Add(string operation, string name, IEnumerable<string> from, params AttributeProto[] attributes)
        {
            var node = new NodeProto { OpType = operation, Name = name };
            node.Input.AddRange(from);
            node.Output.Add(name);
            node.Attribute.AddRange(attributes);
            _graph.Node.Add(node);
            return name;
        }

        /// <summary>One network from raw inputs to its answer; the names of its nodes begin with <paramref name="prefix"/>.</summary>
        public string Answer(ModelNetwork network, string prefix, string output)
        {
            var x = Add("Sub", $"{prefix}centred", [Inputs(), Tensor($"{prefix}means", [.. network.Normalization.Means])]);
            x = Add("Mul", $"{prefix}normalized", [x, Tensor($"{prefix}scales", [.. network.Normalization.Scales])]);
            for (var i = 0; i < network.Layers.Count; i++)
                x = Dense(network.Layers[i], prefix + (i == network.Layers.Count - 1 ? "output" : $"hidden{i + 1}"), x);
            switch (schema.Task)
            {
                case LearningTask.MultiClass:
                    return Add("Softmax", output, [x], Attribute("axis", 1));
                case LearningTask.Binary:
                    var second = Add("Sigmoid", $"{prefix}second", [x]);
                    return Add("Concat", output, [Add("Sub", $"{prefix}first", [Tensor($"{prefix}one", [1]), second]), second],
                        Attribute("axis", 1));
                default:
                    var scaled = Add("Mul", $"{prefix}scaled", [x, Tensor($"{prefix}target_deviation",
                        [(float)schema.Targets!.Deviation])]);
                    return Add("Add", output, [scaled, Tensor($"{prefix}target_mean", [(float)schema.Targets!.Mean])]);
            }
        }

        /// <summary>The mean answer of a model's networks by their weights.</summary>
        public void Average(Model model, string output)
        {
            var all = model.Networks.Sum(static network => network.Weight);
            var parts = model.Networks.Select((network, i) =>
            {
                var answer = Answer(network, $"network{i + 1}.", $"network{i + 1}.answer");
                return Add("Mul", $"network{i + 1}.share", [answer, Tensor($"network{i + 1}.weight", [(float)(network.Weight / all)])]);
            });
            Add("Sum", output, [.. parts]);
        }

        public string Dense(ModelLayer layer, string name, string x)
        {
            var z = Add("Gemm", $"{name}.z", [x, Tensor($"{name}.weights", layer.Weights, layer.Inputs, layer.Outputs),
                Tensor($"{name}.biases", layer.Biases)]);
            return layer.Activation switch
            {
                Activation.Relu => Add("Relu", name, [z]),
                Activation.LeakyRelu => Add("LeakyRelu", name, [z], Attribute("alpha", layer.LeakySlope)),
                Activation.Tanh => Add("Tanh", name, [z]),
                Activation.Sigmoid => Add("Sigmoid", name, [z]),
                _ => z,
            };
        }

        public GraphProto Finish(string output, int answers)
        {
            _graph.Input.Add(Value("inputs", schema.FeatureNames.Count, HasOrigins ? DoubleType : FloatType));
            _graph.Output.Add(Value(output, answers, FloatType));
            return _graph;
        }

        /// <summary>
        /// The inputs in single precision. Where columns have origins, the inputs come in double precision and the origins are taken off
        /// first.
        /// </summary>
        private string Inputs()
        {
            if (_inputs is not null || !HasOrigins)
                return _inputs ??= "inputs";
            double[] origins = [.. schema.Columns.SelectMany(static column => Enumerable.Repeat(column.Origin ?? 0, column.Width))];
            var bytes = new byte[origins.Length * sizeof(double)];
            for (var i = 0; i < origins.Length; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), origins[i]);
            var tensor = new TensorProto { Name = "origins", DataType = DoubleType, RawData = ByteString.CopyFrom(bytes) };
            tensor.Dims.Add(origins.Length);
            _graph.Initializer.Add(tensor);
            return _inputs = Add("Cast", "rounded", [Add("Sub", "distances", ["inputs", "origins"])], Attribute("to", FloatType));
        }

        private bool HasOrigins => schema.Columns.Any(static column => column.Origin is not null);

        private static ValueInfoProto Value(string name, int columns, int type)
        {
            var shape = new TensorShapeProto();
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "rows" });
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = columns });
            return new ValueInfoProto
            {
                Name = name,
                Type = new TypeProto
                {
                    TensorType = new TypeProto.Types.Tensor
                    {
                        ElemType = type,
                        Shape = shape
                    }
                }
            };
        }
    }
}
