using System.Buffers;
using System.IO.Hashing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Leases;

/// <summary>Jobs and outcomes as bytes between host and worker: the journal's forms, in which every number reads back exactly.</summary>
internal static class JobForm
{
    /// <summary>Writes a job.</summary>
    public static byte[] Write(Job job)
    {
        using var encoder = new JobEncoder();
        var buffer = new ArrayBufferWriter<byte>();
        encoder.Write(job, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes an outcome.</summary>
    public static byte[] Write(Outcome outcome)
    {
        using var encoder = new JobEncoder();
        var buffer = new ArrayBufferWriter<byte>();
        encoder.Write(outcome, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What tells a job from every other one, of whatever session: number, trial, epochs, seed, point and stop rule.</summary>
    public static ulong IdentityOf(ReadOnlySpan<byte> job) => XxHash3.HashToUInt64(job);

    /// <summary>Reads a job.</summary>
    /// <exception cref="FormatException">The bytes are no job.</exception>
    public static Job ReadJob(ReadOnlySpan<byte> form) => new JobDecoder().ReadJob(form);

    /// <summary>Reads an outcome of a job. The job stays as the host planned it: a worker cannot change what was asked.</summary>
    /// <exception cref="FormatException">The bytes are no outcome.</exception>
    public static Outcome ReadOutcome(byte[] form, Job job)
    {
        try
        {
            return new JobDecoder().Read(new JournalRecord(0, RecordKind.Outcome, JobEncoder.Version, form)).For(job);
        }
        catch (StoreException error)
        {
            throw new FormatException($"The bytes are no outcome: {error.InnerException?.Message ?? error.Message}", error);
        }
    }
}
