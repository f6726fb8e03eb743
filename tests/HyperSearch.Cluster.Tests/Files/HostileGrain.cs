using HyperSearch.Cluster.Files;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>A host that lists what it likes, and sends it.</summary>
internal sealed class HostileGrain(Manifest manifest) : IFilesGrain
{
    public Task<Piece?> ReadInput(string hash, long offset) => Task.FromResult<Piece?>(new Piece([1, 2, 3, 4]));

    public Task<Manifest> FindCheckpoint(int trial, int repeat) => Task.FromResult(manifest);

    public Task<Piece?> ReadCheckpoint(int trial, int repeat, string path, long offset) => ReadInput("", offset);

    public Task<UploadBegun> BeginUpload(int job, ulong identity, Manifest manifest, bool isOver) =>
        Task.FromResult(new UploadBegun(JobStanding.Open, "../../own", []));

    public Task<bool> PutPiece(string upload, int file, long offset, Piece piece) => Task.FromResult(true);

    public Task<UploadEnd> CommitUpload(string upload) => Task.FromResult(UploadEnd.Kept);

    public Task<JobStanding> PutLog(int job, ulong identity, long length, Piece tail) => Task.FromResult(JobStanding.Open);
}
