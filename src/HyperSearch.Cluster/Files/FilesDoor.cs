namespace HyperSearch.Cluster.Files;

/// <summary>
/// All that a campaign's host gives to its workers and takes from them in files.
/// </summary>
/// <param name="inputs">The files that the campaign's objective reads.</param>
/// <param name="checkpoints">The checkpoints of its trials.</param>
/// <param name="logs">The logs of its jobs.</param>
internal sealed class FilesDoor(InputFiles inputs, CheckpointDoor checkpoints, LogDoor logs)
{
    /// <summary>The files that the campaign's objective reads.</summary>
    public InputFiles Inputs => inputs;

    /// <summary>The checkpoints of its trials.</summary>
    public CheckpointDoor Checkpoints => checkpoints;

    /// <summary>The logs of its jobs.</summary>
    public LogDoor Logs => logs;
}

/// <summary>The files of the session that is open at this moment: a singleton of the host's services, which <see cref="FilesGrain"/>
/// asks.</summary>
internal sealed class SessionFiles
{
    private volatile FilesDoor? _door;

    /// <summary>The door to them.</summary>
    /// <exception cref="NoCampaignException">No session is open.</exception>
    public FilesDoor Door => _door ?? throw new NoCampaignException();

    /// <summary>Opens the door of a session.</summary>
    public void Open(FilesDoor door) => _door = door;
}
