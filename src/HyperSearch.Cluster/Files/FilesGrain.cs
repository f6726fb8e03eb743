using Orleans.Concurrency;

namespace HyperSearch.Cluster.Files;

/// <summary>
/// The host's files as a grain: it only passes calls on to <see cref="FilesDoor"/>, off the scheduler of grains where they take long.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class FilesGrain(FilesDoor door) : Grain, IFilesGrain
{
    /// <inheritdoc/>
    public Task<Piece?> ReadInput(string hash, long offset) => door.Inputs.ReadAsync(hash, offset);

    /// <inheritdoc/>
    public Task<Manifest> FindCheckpoint(int trial, int repeat) => Task.Run(() => door.Checkpoints.Find(trial, repeat));

    /// <inheritdoc/>
    public Task<Piece?> ReadCheckpoint(int trial, int repeat, string path, long offset) =>
        door.Checkpoints.ReadAsync(trial, repeat, path, offset);

    /// <inheritdoc/>
    public Task<UploadBegun> BeginUpload(int job, ulong identity, Manifest manifest) =>
        Task.Run(() => door.Checkpoints.Begin(job, identity, manifest));

    /// <inheritdoc/>
    public Task<bool> PutPiece(string upload, int file, long offset, Piece piece) => door.Checkpoints.PutAsync(upload, file, offset, piece);

    /// <inheritdoc/>
    public Task<UploadEnd> CommitUpload(string upload) => Task.Run(() => door.Checkpoints.Commit(upload));
}
