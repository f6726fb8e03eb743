using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>Transposes a small block one element at a time, where the instruction set has no shuffles for it.</summary>
internal static unsafe class ScalarTranspose
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* source, nint sourceStride, T* target, nint targetStride, int size)
        where T : unmanaged
    {
        for (nint i = 0; i < size; i++)
        {
            for (nint j = 0; j < size; j++)
                target[j * targetStride + i] = source[i * sourceStride + j];
        }
    }
}
