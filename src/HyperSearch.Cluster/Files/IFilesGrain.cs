namespace HyperSearch.Cluster.Files;

/// <summary>
/// Files between the host and its workers, in pieces of at most 1 MiB; apart from the campaign's grain, so that no transfer holds up a
/// lease. Workers speak to it through <see cref="HostFiles"/>.
/// </summary>
[Alias("hypersearch.IFilesGrain")]
internal interface IFilesGrain : IGrainWithStringKey
{
    /// <summary>A piece of one of the campaign's input files, by its content; <c>null</c> when the host has none of that content.</summary>
    [Alias("ReadInput")]
    Task<Piece?> ReadInput(string hash, long offset);

    /// <summary>The files of a trial's checkpoint at the host; none when there is no checkpoint.</summary>
    [Alias("FindCheckpoint")]
    Task<Manifest> FindCheckpoint(int trial, int repeat);

    /// <summary>A piece of a checkpoint's file; <c>null</c> when it is not there any more.</summary>
    [Alias("ReadCheckpoint")]
    Task<Piece?> ReadCheckpoint(int trial, int repeat, string path, long offset);

    /// <summary>Begins to send the checkpoint of a job, which runs or is over.</summary>
    [Alias("BeginUpload")]
    Task<UploadBegun> BeginUpload(int job, ulong identity, Manifest manifest, bool isOver);

    /// <summary>Sends a piece; <c>false</c> when the host does not know the upload and it has to begin anew.</summary>
    [Alias("PutPiece")]
    Task<bool> PutPiece(string upload, int file, long offset, Piece piece);

    /// <summary>Has all that was sent verified and put in place.</summary>
    [Alias("CommitUpload")]
    Task<UploadEnd> CommitUpload(string upload);

    /// <summary>Shows the end of a job's log, which has so many bytes in all.</summary>
    [Alias("PutLog")]
    Task<JobStanding> PutLog(int job, ulong identity, long length, Piece tail);
}

/// <summary>What the host says to the beginning of an upload.</summary>
/// <param name="Standing">Whether the job is open; nothing is taken for one that is not.</param>
/// <param name="Upload">The upload's name in what follows.</param>
/// <param name="Needed">The places in the manifest of the files to send; the host has the others.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.UploadBegun")]
internal sealed record UploadBegun(
    [property: Id(0)] JobStanding Standing, [property: Id(1)] string Upload, [property: Id(2)] int[] Needed);

/// <summary>What became of an upload.</summary>
internal enum UploadEnd
{
    /// <summary>It is the trial's checkpoint now.</summary>
    Kept,

    /// <summary>The job's outcome has come from elsewhere: nothing was kept.</summary>
    JobClosed,

    /// <summary>The job was not planned again yet since the host came back: nothing was kept, and it may be sent again.</summary>
    JobNotYet,

    /// <summary>The host does not know the upload: it was away.</summary>
    Unknown,

    /// <summary>What arrived is not what the manifest says: nothing was kept.</summary>
    Damaged,
}
