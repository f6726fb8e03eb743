using System.Buffers;
using System.Buffers.Binary;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <summary>The part of an outcome that ranking needs, read without parsing the rest: 48 bytes before the JSON.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Repeat">Which repeat of it, from 1; 0 for the search's own jobs.</param>
/// <param name="FromEpochs">Epochs trained before the job.</param>
/// <param name="ToEpochs">Epochs that the job was planned to end at.</param>
/// <param name="Epochs">Epochs trained in all when it ended.</param>
/// <param name="State">How it ended.</param>
/// <param name="Value">The metric that decides; <c>null</c> where there is none.</param>
/// <param name="Started">When the job started, UTC.</param>
/// <param name="Seconds">Wall time, in seconds.</param>
/// <param name="Worker">Which worker of its process ran the job; <c>null</c> in journals older than this field, and beyond 254.</param>
internal readonly record struct OutcomeHead(
    int Job, int Trial, int Repeat, int FromEpochs, int ToEpochs, int Epochs, OutcomeState State, double? Value,
    DateTimeOffset Started, double Seconds, int? Worker = null)
{
    /// <summary>Bytes of a head.</summary>
    public const int Size = 48;

    private const int MostWorker = byte.MaxValue - 1; // one byte holds the number + 1, 0 for none

    /// <summary>The key of its job, which no other job of the campaign has.</summary>
    public JobKey Key => JobKey.Of(Job, Trial, Repeat);

    /// <summary>Reads the head of an outcome's payload.</summary>
    public static OutcomeHead Read(ReadOnlySpan<byte> payload)
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(payload[24..]);
        return new OutcomeHead(
            BinaryPrimitives.ReadInt32LittleEndian(payload),
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadUInt16LittleEndian(payload[22..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[16..]),
            (OutcomeState)payload[20],
            double.IsNaN(value) ? null : value,
            new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(payload[32..]), TimeSpan.Zero),
            BinaryPrimitives.ReadDoubleLittleEndian(payload[40..]),
            payload[21] == 0 ? null : payload[21] - 1);
    }

    /// <summary>Writes it. A missing value is NaN.</summary>
    public void Write(IBufferWriter<byte> target)
    {
        var bytes = target.GetSpan(Size)[..Size];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Job);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Trial);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], FromEpochs);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], ToEpochs);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], Epochs);
        (bytes[20], bytes[21]) = ((byte)State, Worker is >= 0 and <= MostWorker and var worker ? (byte)(worker + 1) : (byte)0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[22..], checked((ushort)Repeat));
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], Value ?? double.NaN);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], Started.UtcTicks);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[40..], Seconds);
        target.Advance(Size);
    }
}
