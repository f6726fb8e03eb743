using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives.Training;

/// <summary>The winner's last training as a job: nobody listens, nothing stops it early.</summary>
internal sealed class LastTraining(Job job, string folder) : IJobContext
{
    public Job Job => job;

    public string Metric => "dev_error";

    public string CheckpointFolder => Directory.CreateDirectory(folder).FullName;

    public bool HasCheckpointFolder => Directory.Exists(folder);

    public string LogPath => Path.Combine(CheckpointFolder, "job.log");

    public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics) => true;
}
