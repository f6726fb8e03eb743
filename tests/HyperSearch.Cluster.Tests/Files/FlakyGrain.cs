using HyperSearch.Cluster.Files;

namespace HyperSearch.Cluster.Tests.Files;

/// <summary>A host's door without a network, or with a bad one.</summary>
internal sealed class FlakyGrain(Func<FilesDoor> door) : IFilesGrain, IDisposable
{
    private readonly SemaphoreSlim _one = new(1); // a host that is replaced is dead, and ends no call that another began
    private int _calls;

    /// <summary>How many calls were made.</summary>
    public int Calls => _calls;

    /// <summary>How many pieces arrived.</summary>
    public int Pieces { get; private set; }

    /// <summary>Is asked before each call, by its number from 0; throws where it does not get through.</summary>
    public Action<int> Before { get; set; } = static _ => { };

    /// <summary>What becomes of a piece on its way.</summary>
    public Func<Piece, Piece> OnTheWay { get; set; } = static piece => piece;

    public Task<Piece?> ReadInput(string hash, long offset) => Call(async () => Through(await door().Inputs.ReadAsync(hash, offset)));

    public Task<Manifest> FindCheckpoint(int trial, int repeat) => Call(() => Task.FromResult(door().Checkpoints.Find(trial, repeat)));

    public Task<Piece?> ReadCheckpoint(int trial, int repeat, string path, long offset) =>
        Call(async () => Through(await door().Checkpoints.ReadAsync(trial, repeat, path, offset)));

    public Task<UploadBegun> BeginUpload(int job, ulong identity, Manifest manifest, bool isOver) =>
        Call(() => Task.FromResult(door().Checkpoints.Begin(job, identity, manifest, isOver)));

    public Task<bool> PutPiece(string upload, int file, long offset, Piece piece) => Call(() =>
    {
        Pieces++;
        return door().Checkpoints.PutAsync(upload, file, offset, OnTheWay(piece));
    });

    public Task<UploadEnd> CommitUpload(string upload) => Call(() => Task.FromResult(door().Checkpoints.Commit(upload)));

    public Task<JobStanding> PutLog(int job, ulong identity, long length, Piece tail) =>
        Call(() => Task.FromResult(door().Logs.Put(job, identity, length, OnTheWay(tail))));

    public void Dispose() => _one.Dispose();

    private Piece? Through(Piece? piece) => piece is null ? null : OnTheWay(piece);

    private async Task<T> Call<T>(Func<Task<T>> call)
    {
        await _one.WaitAsync();
        try
        {
            Before(_calls++);
            return await call();
        }
        finally
        {
            _one.Release();
        }
    }
}
