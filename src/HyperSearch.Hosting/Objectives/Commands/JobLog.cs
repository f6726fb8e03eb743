using System.Buffers;
using System.Text;
using HyperSearch.Hosting.Stores;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// The log of one job's command, kept with the campaign: standard output as it is, standard error after <c>! </c>, our own notes after
/// <c># </c>. Attempts follow one another.
/// </summary>
/// <remarks>
/// An observer: when it cannot be written, that is logged once and the job goes on. Each attempt's part ends at <see cref="Limit"/>.
/// </remarks>
internal sealed class JobLog(string path, ILogger logger) : IDisposable
{
    /// <summary>The most that is kept of one attempt, in bytes: 16 MiB.</summary>
    public const long Limit = 16 << 20;

    private const int FlushAt = 64 << 10;
    private const int MostFollowing = 3; // the bytes of a letter in UTF-8 after its first
    private readonly ArrayBufferWriter<byte> _pending = new();
    private FileStream? _file;
    private long _size;
    private bool _broken;

    private static ReadOnlySpan<byte> Elsewhere => "# sent by a worker elsewhere, "u8;

    /// <summary>A log that a worker on another machine has sent, as it is kept: for people, because it may lack its beginning.</summary>
    /// <param name="log">What was sent.</param>
    /// <param name="amount">How much of the whole log that is.</param>
    /// <param name="isCut">Whether its beginning lacks, perhaps in the midst of a letter, whose rest is left out.</param>
    public static byte[] Sent(ReadOnlySpan<byte> log, string amount, bool isCut)
    {
        var begin = 0;
        while (isCut && begin < Math.Min(log.Length, MostFollowing) && (log[begin] & 0xC0) == 0x80)
            begin++;
        return [.. Elsewhere, .. Encoding.UTF8.GetBytes($"{amount}:\n"), .. log[begin..]];
    }

    /// <summary>Removes the log of a job that ran elsewhere: who runs it here does not go on from there, and keeps a log of its own.
    /// </summary>
    public static void RemoveSent(string path)
    {
        if (!File.Exists(path))
            return;
        Span<byte> first = stackalloc byte[Elsewhere.Length];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (first.SequenceEqual(Elsewhere))
            File.Delete(path);
    }

    /// <summary>Whether there is anything worth a file; until then lines wait in memory, and are dropped in the end.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether an earlier attempt at the job has left a log.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>The measurements that earlier attempts at the job printed, by epoch.</summary>
    /// <param name="metric">The metric of the search.</param>
    public SortedDictionary<int, Answer> ReadMeasurements(string metric)
    {
        var measurements = new SortedDictionary<int, Answer>();
        try
        {
            if (!Exists)
                return measurements;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var lines = new LineSplitter();
            var buffer = new byte[16 * 1024];
            while (file.Read(buffer) is var count and > 0)
                lines.Take(buffer.AsSpan(0, count), Add);
            lines.Finish(Add);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            logger.LogIsUnusable(path, problem.Message);
        }

        return measurements;

        void Add(ReadOnlySpan<byte> line, bool cut)
        {
            if (cut || line.StartsWith("! "u8) || line.StartsWith("# "u8))
                return;
            if ((AnswerReader.Read(line) ?? AnswerReader.ReadAfterPrefix(line, metric)) is { IsMeasurement: true, Epoch: { } epoch } answer)
                measurements[epoch] = answer;
        }
    }

    /// <summary>Writes a note of ours.</summary>
    public void Note(string text) => Write("# "u8, Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n# ")));

    /// <summary>Writes a line of standard output.</summary>
    public void Output(ReadOnlySpan<byte> line) => Write([], line);

    /// <summary>Writes a line of standard error.</summary>
    public void Error(ReadOnlySpan<byte> line) => Write("! "u8, line);

    /// <summary>Hands the lines written so far to the system, so that they outlive this process and others see them.</summary>
    public void Flush()
    {
        if (_pending.WrittenCount == 0 || _broken || !IsKept)
            return;
        try
        {
            _file ??= Open();
            _file.Write(_pending.WrittenSpan);
            _pending.ResetWrittenCount();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _broken = true;
            logger.LogIsUnusable(path, problem.Message);
        }
    }

    /// <summary>Writes the rest and closes the file.</summary>
    public void Dispose()
    {
        Flush();
        _file?.Dispose();
        _file = null;
    }

    private void Write(ReadOnlySpan<byte> mark, ReadOnlySpan<byte> line)
    {
        if (_broken || _size > Limit)
            return;
        _pending.Write(mark);
        _pending.Write(line);
        _pending.Write("\n"u8);
        _size += mark.Length + line.Length + 1;
        if (_size > Limit)
            _pending.Write("# the log ends here: it has reached 16 MiB\n"u8);
        if (_pending.WrittenCount >= FlushAt)
            Flush();
    }

    private FileStream Open()
    {
        if (CampaignFolder.IsLink(path))
            throw new IOException(CampaignFolder.RefusalOf(path));
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
                file.WriteByte((byte)'\n'); // an earlier attempt was killed while it wrote
        }

        return file;
    }
}
