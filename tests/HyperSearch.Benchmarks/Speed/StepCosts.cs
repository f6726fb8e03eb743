using System.Globalization;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Benchmarks.Speed;

/// <summary>What each part of a training step costs, in nanoseconds of CPU, when it is repeated alone.</summary>
/// <remarks>
/// A part that runs alone finds its data in the nearest cache, so the parts of a large network add up to less than the whole step. The
/// share is of the FMA peak that is measured beside each part, and counts the multiplications needed, not those of padding.
/// </remarks>
internal static class StepCosts
{
    private const double Slice = 0.1;

    public static void Print(Workload workload)
    {
        using var ours = new Contestant(workload);
        ours.Step(); // so that there are gradients
        Console.WriteLine($"{workload.Name + " " + workload.Title,-48}{"ns/step",10}{"of peak",9}");
        var sum = Parts(ours, workload.Batch).Sum(Measure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  the parts together",-48}{sum,10:n0}"));
        Measure(new("whole step, rows in order", ours.Step, workload.Batch * workload.FlopsPerSample));
        Measure(new("gathering a shuffled mini-batch, besides", ours.Gather));
    }

    private static double Measure(Part part)
    {
        var peak = Stopclock.Rate(static () => FmaPeak.Run(), FmaPeak.Flops, 0.02);
        var rate = Stopclock.Rate(part.Run, 1, Slice);
        var share = part.Flops > 0 ? string.Create(CultureInfo.InvariantCulture, $"{part.Flops * rate / peak,9:p1}") : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  " + part.Name,-48}{1e9 / rate,10:n0}{share}"));
        return 1e9 / rate;
    }

    private static IEnumerable<Part> Parts(Contestant ours, int rows)
    {
        var graph = ours.Network.Graph;
        foreach (var (index, operation) in graph.Operations.Skip(1).Index()) // the first is the input
        {
            var kind = operation.GetType().Name;
            var name = $"{kind[..kind.IndexOf("Operation", StringComparison.Ordinal)]} {operation.Output.Columns}:";
            var sink = new NotingSink(graph.Sink!);
            Pass learning = new(rows, Training: true, sink), only = learning with { Sink = new NotingSink(null) };
            operation.Backward(learning);
            var product = sink.Parts.Sum(static part => part.Flops);
            yield return new($"{name} forward", () => operation.Forward(only), product);
            // The data need no gradient.
            yield return new($"{name} gradient of its input", () => operation.Backward(only), index == 0 ? 0 : product);
            foreach (var part in sink.Parts)
                yield return part with { Name = $"{name} {part.Name}" };
        }
        yield return new("begin and end of the updates", () =>
        {
            graph.Sink!.Begin(0, 1);
            graph.Sink.End(graph.Parameters);
        });
    }

    private sealed record Part(string Name, Action Run, double Flops = 0);

    /// <summary>Notes what a sink is handed, so that it can be handed on again and again; the rate is 0, so weights stay.</summary>
    private sealed unsafe class NotingSink(GradientSink? sink) : GradientSink
    {
        public List<Part> Parts { get; } = [];

        public override void Attach(TrainedParameter parameter, Arena arena) => throw new NotSupportedException();

        public override void Begin(double learningRate, long step) => throw new NotSupportedException();

        public override void TakeProduct(TrainedParameter parameter, void* x, nint xStride, void* dz, nint dzStride, int rows)
        {
            nint inputs = (nint)x, gradient = (nint)dz;
            Note("gradient and update of its weights", 2.0 * rows * parameter.Rows * parameter.Columns,
                to => to.TakeProduct(parameter, (void*)inputs, xStride, (void*)gradient, dzStride, rows));
        }

        public override void TakeColumnSums(TrainedParameter parameter, void* dz, nint stride, int rows)
        {
            var gradient = (nint)dz;
            Note("gradient and update of its bias", 0, to => to.TakeColumnSums(parameter, (void*)gradient, stride, rows));
        }

        public override void TakeStored(TrainedParameter parameter, void* gradient)
        {
            var stored = (nint)gradient;
            Note($"update of {parameter.Name.Split('.')[^1]}", 0, to => to.TakeStored(parameter, (void*)stored));
        }

        public override void End(IReadOnlyList<TrainedParameter> parameters) => throw new NotSupportedException();

        private void Note(string name, double flops, Action<GradientSink> hand)
        {
            if (sink is null)
                return;
            sink.Begin(0, 1);
            Parts.Add(new(name, () => hand(sink), flops));
        }
    }
}
