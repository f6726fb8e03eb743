using System.Buffers.Binary;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;

namespace HyperSearch.Training.Networks;

/// <summary>
/// Everything that a network has learned, as bytes in one fixed order: parameters, then batch norm's running statistics; and apart from it
/// the optimizer's memories.
/// </summary>
/// <remarks>
/// The layout in memory is the same at every lane width, so bytes written by one machine are read by any other of the same byte order.
/// </remarks>
internal static unsafe class NetworkState
{
    /// <summary>Bytes of <see cref="Copy"/>.</summary>
    public static int Length(ComputationGraph graph)
    {
        long elements = 0;
        foreach (var parameter in graph.Parameters)
            elements += parameter.Length;
        foreach (var statistics in graph.Statistics)
            elements += 2 * (long)Padding.To16(statistics.Columns);
        return checked((int)(elements * graph.Lane.ElementBytes + 8L * graph.Statistics.Count));
    }

    /// <summary>Copies the learned numbers into <paramref name="bytes"/>, or out of it when <paramref name="write"/> is set.</summary>
    public static void Copy(ComputationGraph graph, Span<byte> bytes, bool write)
    {
        foreach (var parameter in graph.Parameters)
            bytes = Move(parameter.Values, parameter.Length, graph, bytes, write);
        foreach (var statistics in graph.Statistics)
        {
            var length = Padding.To16(statistics.Columns);
            bytes = Move(statistics.Mean, length, graph, bytes, write);
            bytes = Move(statistics.Variance, length, graph, bytes, write);
            if (write)
                statistics.Steps = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            else
                BinaryPrimitives.WriteInt64LittleEndian(bytes, statistics.Steps);
            bytes = bytes[8..];
        }
    }

    /// <summary>Bytes of <see cref="CopyMemories"/>.</summary>
    public static int MemoriesLength(ComputationGraph graph)
    {
        long elements = 0;
        foreach (var parameter in graph.Parameters)
            elements += parameter.Length * ((parameter.First is null ? 0 : 1) + (parameter.Second is null ? 0 : 1));
        return checked((int)(elements * graph.Lane.ElementBytes));
    }

    /// <summary>Copies the optimizer's memories into <paramref name="bytes"/>, or out of it.</summary>
    public static void CopyMemories(ComputationGraph graph, Span<byte> bytes, bool write)
    {
        foreach (var parameter in graph.Parameters)
        {
            if (parameter.First is not null)
                bytes = Move(parameter.First, parameter.Length, graph, bytes, write);
            if (parameter.Second is not null)
                bytes = Move(parameter.Second, parameter.Length, graph, bytes, write);
        }
    }

    private static Span<byte> Move(void* values, long length, ComputationGraph graph, Span<byte> bytes, bool write)
    {
        var size = checked((int)(length * graph.Lane.ElementBytes));
        var memory = new Span<byte>(values, size);
        if (write)
            bytes[..size].CopyTo(memory);
        else
            memory.CopyTo(bytes);
        return bytes[size..];
    }
}
