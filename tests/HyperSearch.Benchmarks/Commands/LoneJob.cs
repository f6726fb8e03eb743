using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Commands;

/// <summary>A job outside of any campaign.</summary>
internal sealed class LoneJob(string folder, Point point) : IJobContext
{
    public Job Job { get; } = new(7, 7, point, new Origin(OriginKind.Global), 0, 1, null, 1);

    public string Metric => "loss";

    public string CheckpointFolder => Directory.CreateDirectory(Path.Combine(folder, "checkpoint")).FullName;

    public bool HasCheckpointFolder => true;

    public string LogPath { get; } = Path.Combine(folder, "log");

    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics) => true;
}
