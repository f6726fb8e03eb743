using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Numerics;

/// <summary>Writes the transpose of a matrix kept in strips, in strips.</summary>
internal static unsafe class StripTranspose
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<L, T>(T* source, Strips from, T* target, Strips to)
        where L : struct, ILane<L, T>
        where T : unmanaged
    {
        for (nint column = 0; column < from.Columns; column += L.Width)
        {
            var width = from.Width(column);
            for (nint row = 0; row < from.Rows; row += L.Width)
                L.Transpose(source + from.At(row, column), width, target + to.At(column, row), to.Width(row));
        }
    }
}
