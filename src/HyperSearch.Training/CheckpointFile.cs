using HyperSearch.Training.Storage;

namespace HyperSearch.Training;

/// <summary>Checkpoints as files that are either whole or refused.</summary>
internal static class CheckpointFile
{
    private static ReadOnlySpan<byte> Kind => "HSCKPT01"u8;

    public static void Write(string path, ReadOnlySpan<byte> payload) => SealedFile.Write(path, Kind, payload);

    public static byte[] Read(string path)
    {
        try
        {
            return SealedFile.Payload(File.ReadAllBytes(path), Kind);
        }
        catch (InvalidDataException flaw)
        {
            throw new CheckpointException($"The checkpoint {path} {flaw.Message}. Delete it to start its trial anew.", flaw);
        }
    }
}
