using System.Globalization;
using System.Text;
using HyperSearch.Training.Networks;

namespace HyperSearch.Training;

/// <content>
/// Saving and restoring between epochs. Everything else follows from the seed and the epoch: every random stream is derived anew each
/// epoch.
/// </content>
public sealed partial class Trainer
{
    /// <summary>
    /// Writes everything that going on needs into one file: weights, optimizer memory, batch-norm statistics, position, early stopping.
    /// </summary>
    /// <param name="path">Written beside itself and renamed, so that it is always whole.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        CheckpointFile.Write(path, ToBytes());
    }

    /// <summary>The bytes that <see cref="Save"/> writes.</summary>
    internal byte[] ToBytes()
    {
        using var use = _network.Graph.Use();
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Identity());
            writer.Write(Epoch);
            writer.Write(_step);
            writer.Write(_firstCost);
            writer.Write(Divergence ?? "");
            WriteBlock(
                writer, NetworkState.Length(_network.Graph), static (t, bytes) => NetworkState.Copy(t._network.Graph, bytes, write: false));
            WriteBlock(
                writer, NetworkState.MemoriesLength(_network.Graph), static (t, bytes) =>
                    NetworkState.CopyMemories(t._network.Graph, bytes, write: false));
            if (_stopping is not null)
            {
                writer.Write(_stopping.BestEpoch);
                writer.Write(_stopping.BestError);
                writer.Write(_stopping.BestCost);
                writer.Write(_stopping.IsOver);
                WriteBlock(writer, _stopping.Best.Length, static (t, bytes) => t._stopping!.Best.CopyTo(bytes));
            }
        }
        return payload.ToArray();
    }

    /// <summary>Continues exactly where <see cref="Save"/> stood, bit for bit.</summary>
    /// <param name="path">A file of the same data, options and seed.</param>
    /// <exception cref="CheckpointException">The file is damaged, cut short, or of another trial; the trainer is unchanged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Restore(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        FromBytes(CheckpointFile.Read(path), path);
    }

    /// <summary>Continues where <see cref="ToBytes"/> stood.</summary>
    /// <param name="payload">The bytes that it gave.</param>
    /// <param name="path">The file that held it, for messages.</param>
    internal void FromBytes(byte[] payload, string path)
    {
        using var use = _network.Graph.Use();
        try
        {
            using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
            var identity = reader.ReadString();
            if (identity != Identity())
                throw new CheckpointException(
                    $"The checkpoint {path} is of another trial: it holds {identity}; this trial is {Identity()}.");
            int epoch = reader.ReadInt32();
            long step = reader.ReadInt64();
            double firstCost = reader.ReadDouble();
            var divergence = reader.ReadString();
            var model = ReadBlock(reader, NetworkState.Length(_network.Graph));
            var memories = ReadBlock(reader, NetworkState.MemoriesLength(_network.Graph));
            if (_stopping is not null)
            {
                var (bestEpoch, bestError, bestCost, over) = (
                    reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean());
                ReadBlock(reader, _stopping.Best.Length).CopyTo(_stopping.Best);
                _stopping.Resume(bestEpoch, bestError, bestCost, over);
            }
            NetworkState.Copy(_network.Graph, model, write: true);
            NetworkState.CopyMemories(_network.Graph, memories, write: true);
            (Epoch, _step, _firstCost, Divergence) = (epoch, step, firstCost, divergence.Length == 0 ? null : divergence);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new CheckpointException($"The checkpoint {path} was written by another version; delete it to start its trial anew.", e);
        }
    }

    /// <summary>Whether a checkpoint is whole; only <see cref="Restore"/> can tell its trial.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its fault, in words; <c>null</c> when there is none.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? FaultOf(string path)
    {
        try
        {
            CheckpointFile.Read(path);
            return null;
        }
        catch (CheckpointException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>The facts that must be the same for a checkpoint to fit.</summary>
    private string Identity()
    {
        var layers = string.Join('-', Options.HiddenSizes.Prepend(_data.Inputs).Append(_data.Outputs));
        return string.Create(CultureInfo.InvariantCulture,
            $"network {layers}{(Options.BatchNorm ? " with batch norm" : "")}{_parts.Told}, {Options.Optimizer}, "
            + $"patience {Options.Patience}{(Options.Patience > 0 ? $" on {Options.PatienceMetric}" : "")}, seed " +
                $"{_seed}, data {_data.Fingerprint}");
    }

    private void WriteBlock(BinaryWriter writer, int length, Action<Trainer, Span<byte>> fill)
    {
        var block = new byte[length];
        fill(this, block);
        writer.Write(length);
        writer.Write(block);
    }

    private static byte[] ReadBlock(BinaryReader reader, int expected)
    {
        var length = reader.ReadInt32();
        return length == expected && reader.ReadBytes(length) is { } block && block.Length == expected
            ? block
            : throw new FormatException("A block of the checkpoint has the wrong length.");
    }
}
