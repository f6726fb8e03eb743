using Orleans.Concurrency;

namespace HyperSearch.Cluster.Files;

/// <summary>
/// The host's files as a grain: it only passes calls on to <see cref="FilesDoor"/>, off the scheduler of grains where they take long.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class FilesGrain(SessionFiles files) : Grain, IFilesGrain
{
    /// <inheritdoc/>
    public Task<Piece?> ReadInput(string hash, long offset) => files.Door.Inputs.ReadAsync(hash, offset);

    /// <inheritdoc/>
    public Task<Manifest> FindCheckpoint(int trial, int repeat) => Task.Run(() => files.Door.Checkpoints.Find(trial, repeat));

    /// <inheritdoc/>
    public Task<Piece?> ReadCheckpoint(int trial, int repeat, string path, long offset) =>
        files.Door.Checkpoints.ReadAsync(trial, repeat, path, offset);

    /// <inheritdoc/>
    public Task<UploadBegun> BeginUpload(int job, ulong identity, Manifest manifest, bool isOver) =>
        Task.Run(() => files.Door.Checkpoints.Begin(job, identity, manifest, isOver));

    /// <inheritdoc/>
    public Task<bool> PutPiece(string upload, int file, long offset, Piece piece) =>
        files.Door.Checkpoints.PutAsync(upload, file, offset, piece);

    /// <inheritdoc/>
    public Task<UploadEnd> CommitUpload(string upload) => Task.Run(() => files.Door.Checkpoints.Commit(upload));

    /// <inheritdoc/>
    public Task<JobStanding> PutLog(int job, ulong identity, long length, Piece tail) =>
        Task.Run(() => files.Door.Logs.Put(job, identity, length, tail));
}
