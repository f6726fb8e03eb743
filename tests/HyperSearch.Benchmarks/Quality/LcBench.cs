using System.Text.Json;
using HyperSearch.Numerics;
using HyperSearch.Spaces;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>
/// LCBench by its YAHPO Gym surrogate: 7 hyperparameters of a multi-layer perceptron, 1–52 epochs, one problem a data set. Value: −accuracy
/// in percent.
/// </summary>
/// <remarks>Pfisterer et al., YAHPO Gym (2022); Zimmer, Lindauer and Hutter, Auto-PyTorch (2021).</remarks>
internal sealed class LcBench : Problem
{
    private static readonly string[] Columns =
        ["batch_size", "learning_rate", "momentum", "weight_decay", "num_layers", "max_units", "max_dropout"];
    private readonly InferenceSession _model;
    private readonly int _task;
    private readonly double _best, _median, _noise;

    private LcBench(InferenceSession model, int task, double best, double median, double noise) =>
        (_model, _task, _best, _median, _noise) = (model, task, best, median, noise);

    public override string Family => "lcbench";

    /// <summary>The declared ranges and scales.</summary>
    public static Space Hyperparameters { get; } = new(
    [
        new Parameter("batch_size", new LogIntScale(16, 512)),
        new Parameter("learning_rate", new LogScale(1e-4, 0.1)),
        new Parameter("momentum", new UniformScale(0.1, 0.99)),
        new Parameter("weight_decay", new UniformScale(1e-5, 0.1)),
        new Parameter("num_layers", new IntScale(1, 5)),
        new Parameter("max_units", new LogIntScale(64, 1024)),
        new Parameter("max_dropout", new UniformScale(0, 1)),
    ]);

    /// <summary>The problems of a folder with model.onnx, encoding.json and reference.json.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="noise">The deviation of what a search sees from the value, as a share of the way from the median to the best.</param>
    public static IReadOnlyList<Problem> Load(string folder, double noise = 0)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        var model = new InferenceSession(Path.Combine(folder, "model.onnx"), options);
        using var encoding = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "encoding.json")));
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json")));
        var codes = encoding.RootElement.GetProperty("OpenML_task_id");
        return [.. reference.RootElement.EnumerateObject().Select(instance =>
            new LcBench(model, codes.GetProperty(instance.Name).GetInt32(), instance.Value.GetProperty("best").GetDouble(),
                instance.Value.GetProperty("median").GetDouble(), noise)
            {
                Name = instance.Name,
                Space = Hyperparameters,
                Epochs = 52,
            })];
    }

    public override double Regret(double value) => (_best + value) / (_best - _median);

    public override void Evaluate(IReadOnlyList<Request> requests)
    {
        const int Batch = 512, Inputs = 8, Outputs = 6;
        List<(Request Request, int Epoch)> rows = [.. from request in requests from epoch in request.Epochs select (request, epoch)];
        for (var start = 0; start < rows.Count; start += Batch)
        {
            var count = Math.Min(Batch, rows.Count - start);
            var tasks = new DenseTensor<int>([count, 1]);
            var inputs = new DenseTensor<float>([count, Inputs]);
            for (var i = 0; i < count; i++)
            {
                var (request, epoch) = rows[start + i];
                tasks[i, 0] = ((LcBench)request.Problem)._task;
                inputs[i, 0] = epoch;
                for (var c = 0; c < Columns.Length; c++)
                    inputs[i, c + 1] = (float)request.Point[Columns[c]].Number;
            }

            using var results =
                _model.Run([NamedOnnxValue.CreateFromTensor("x_cat", tasks), NamedOnnxValue.CreateFromTensor("x_cont", inputs)]);
            var output = results[0].AsEnumerable<float>().ToArray();
            for (var i = 0; i < count; i++)
            {
                var (request, epoch) = rows[start + i];
                double value = -output[i * Outputs + 1];
                request.Set(epoch, value, value + ((LcBench)request.Problem).ErrorOf(request, epoch));
            }
        }
    }

    private double ErrorOf(Request request, int epoch) =>
        _noise == 0 ? 0 : _noise * (_best - _median) * RandomStream.For(request.Seed, (ulong)epoch, "noise").NextNormal();
}
