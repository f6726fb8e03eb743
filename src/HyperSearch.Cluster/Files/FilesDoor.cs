namespace HyperSearch.Cluster.Files;

/// <summary>
/// All that a host gives to its workers and takes from them in files. A singleton of the host's services, which <see cref="FilesGrain"/>
/// asks.
/// </summary>
/// <param name="inputs">The files that the campaign's objective reads.</param>
/// <param name="checkpoints">The checkpoints of its trials.</param>
internal sealed class FilesDoor(InputFiles inputs, CheckpointDoor checkpoints)
{
    /// <summary>The files that the campaign's objective reads.</summary>
    public InputFiles Inputs => inputs;

    /// <summary>The checkpoints of its trials.</summary>
    public CheckpointDoor Checkpoints => checkpoints;
}
